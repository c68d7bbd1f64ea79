// The table that owners know: which columns a spreadsheet of FAQs has, what they are called in both languages, and how
// lists stand in one cell. Pure; used by reading and writing alike, so that what is exported can be imported again.

export const columnKeys = [
  "slug",
  "question",
  "answer",
  "questionEn",
  "answerEn",
  "category",
  "tags",
  "phrasings",
  "negatives",
  "unborrowed",
  "isOn",
  "owner",
  "expiresOn",
  "related",
  "offersRelated",
  "spoken",
  "spokenEn",
  "contents",
  "variants",
] as const;
export type ColumnKey = (typeof columnKeys)[number];

/** What is written in the first row. */
export const columnTitles: Record<ColumnKey, string> = {
  slug: "编号 slug",
  question: "问题 question",
  answer: "答案 answer",
  questionEn: "英文问题 question_en",
  answerEn: "英文答案 answer_en",
  category: "分类 category",
  tags: "标签 tags",
  phrasings: "相似问法 phrasings",
  negatives: "反例 negatives",
  unborrowed: "不借用 unborrowed",
  isOn: "启用 on",
  owner: "负责人 owner",
  expiresOn: "过期日 expires_on",
  related: "相关问题 related",
  offersRelated: "推荐相关问题 offers_related",
  spoken: "口播答案 spoken",
  spokenEn: "英文口播答案 spoken_en",
  contents: "更多内容 contents (JSON)",
  variants: "分场景答案 variants (JSON)",
};

/** What else people call them; compared without case, spaces and punctuation. */
const otherNames: Record<ColumnKey, string[]> = {
  slug: ["slug", "编号", "标识", "id", "代码"],
  question: ["question", "问题", "标准问", "标准问题", "提问", "q", "问"],
  answer: ["answer", "答案", "回答", "标准答案", "回复", "a", "答"],
  questionEn: ["questionen", "英文问题", "englishquestion", "question英文"],
  answerEn: ["answeren", "英文答案", "英文回答", "englishanswer", "answer英文"],
  category: ["category", "分类", "类别", "类目", "目录"],
  tags: ["tags", "tag", "标签"],
  phrasings: [
    "phrasings",
    "phrasing",
    "相似问法",
    "相似问",
    "相似问题",
    "扩展问",
    "扩展问法",
    "问法",
    "similarquestions",
  ],
  negatives: ["negatives", "negative", "反例", "否定问法", "不是这个"],
  unborrowed: ["unborrowed", "不借用", "不借用的说法", "取消借用"],
  isOn: ["ison", "on", "启用", "是否启用", "状态", "enabled"],
  owner: ["owner", "负责人", "维护人"],
  expiresOn: ["expireson", "expires", "过期日", "过期日期", "有效期至", "失效日期"],
  related: ["related", "相关问题", "关联问题"],
  offersRelated: ["offersrelated", "推荐相关问题"],
  spoken: ["spoken", "口播答案", "语音答案"],
  spokenEn: ["spokenen", "英文口播答案"],
  contents: ["contents", "更多内容"],
  variants: ["variants", "分场景答案"],
};

const names = new Map<string, ColumnKey>();
for (const key of columnKeys) {
  names.set(plain(columnTitles[key]), key);
  for (const name of otherNames[key]) names.set(plain(name), key);
}

function plain(title: string): string {
  return title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{P}\p{S}]+/gu, "");
}

/** The column a title means, or null. */
export function columnOf(title: string): ColumnKey | null {
  return names.get(plain(title)) ?? null;
}

/** One entry a line; a bar also parts entries, since many people cannot type a line break into a cell. */
export function splitList(cell: string): string[] {
  return cell
    .split(/\r?\n|\|/u)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
}

export function joinList(entries: readonly string[]): string {
  return entries.join("\n");
}

/** Yes unless the cell says no. */
export function readSwitch(cell: string): boolean {
  return !/^(?:0|no|n|false|off|否|关|停用|禁用|不启用)$/iu.test(cell.trim());
}
