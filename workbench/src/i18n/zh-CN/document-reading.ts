// 文档读不了的原因（errors），以及读了但要留意的地方（documentProblems）。Values come from the reader's problems.

export const documentErrors = {
  "document/empty": "这个文件是空的。",
  "document/too-large": "文件太大。请拆成几个 30 MB 以内的文件，或先压缩里面的图片。",
  "document/encrypted": "这个文件加了密码。请去掉密码后再上传。",
  "document/broken": "这个文件已损坏，打不开。请重新导出或重新下载一份。",
  "document/no-text": "没有读到文字。如果是扫描件或图片，请先做文字识别（OCR），再上传带文字的文件。",
  "document/type-refused": "读不了这种文件。请用 PDF、Word、Excel、CSV、Markdown、网页或纯文本。",
  "document/old-format": "这是旧格式。请在 Word、Excel 或 WPS 里另存为 .docx 或 .xlsx，再上传。",
  "document/unpacks-too-large": "这个文件解压后大得不正常，没有打开。请另存一份，或拆成几个文件。",
  "document/too-slow": "读这个文件用的时间太长，已停止。请拆成几个小文件。",
  "document/too-heavy": "读这个文件需要的内存太多，已停止。请拆成几个小文件。",
};

export const documentProblems = {
  "characters-replaced": "有 {{count}} 个字符认不出来（按 {{encoding}} 读取）。如有乱码，请另存为 UTF-8。",
  "nul-removed": "去掉了 {{count}} 个看不见的控制字符。",
  "text-left-out": "内容太多，只读了前 {{sections}} 段。请把文件拆开。",
  "page-without-text": "第 {{page}} 页没有文字，可能是图片。需要先做文字识别（OCR）。",
  "pages-without-text": "有 {{count}} 页没有文字，可能是图片。需要先做文字识别（OCR）。",
  "page-broken": "第 {{page}} 页读不出来，已跳过。",
  "pages-left-out": "页数太多，只读了前 {{mostPages}} 页。请把文件拆开。",
  "sheet-empty": "工作表“{{sheet}}”是空的。",
  "sheet-hidden": "工作表“{{sheet}}”是隐藏的，没有读取。",
  "rows-left-out": "行数太多，只读了前 {{mostRows}} 行。请把表格拆开。",
  "columns-left-out": "列数太多，只读了前 {{mostColumns}} 列。",
  "cell-cut": "有 {{count}} 个单元格太长，只读了前 {{mostCharacters}} 个字。",
  "formula-as-text": "有 {{count}} 个单元格以 =、+、- 或 @ 开头，按文字读取，不会运行。",
  "merged-filled": "有 {{count}} 处合并单元格，已把内容填到每一格。",
  "no-header": "“{{sheet}}”没有标题行，机器人不知道每一列是什么。请在第一行写上列名。",
  "pictures-left-out": "有 {{count}} 张图片没有读取。",
  "numbers-masked": "聊天记录里的 {{count}} 处电话、单号或邮箱已打码，机器人不会说出来。",
  "lines-left-out": "有 {{count}} 行不像聊天记录，没有读取。",
};
