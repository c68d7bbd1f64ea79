// What the bot asks its colleagues: the list in the inbox, the setting, the trace, errors.
export const colleague = {
  title: "机器人的提问",
  open_other: "机器人有 {{count}} 个问题要问",
  kept_other: "{{count}} 条答复可以存成知识",
  lead: "回一句话就行：机器人会转告客户，客户离开了也会告诉他。谁先答复算谁的。",
  empty: "机器人没有要问的",
  emptyText: "缺少资料时它会在这里问，您的答复由它告诉客户。",
  forMe: "问您",
  left: "还剩 {{span}}",
  overdue: "正在转人工",
  missing: {
    blank: "缺少：{{blanks}}",
    blankUnnamed: "答案里有一处还没填",
    cell: "表格里的这一格是空的",
    source: "知识库里没有",
  },
  dialogue: "前面的对话",
  who: { contact: "客户", bot: "机器人", agent: "同事" },
  replyLabel: "答复“{{question}}”",
  replyHint: "回车发送，Shift+回车换行",
  placeholder: "一句话，客户会原样看到",
  send: "答复",
  sent: "已答复，由机器人告诉客户。",
  dontKnow: "我也不清楚，转人工",
  handedOver: "已转人工，客户在排队。",
  take: "我来接待",
  see: "看会话",
  late: "有答复没赶上",
  tooLate: "机器人已经不等这个答复了，您写的话还在这里。",
  discard: "不要了",
  look: "去看看",
  sendAsMe: "作为我的消息发送",
  sentAsMe: "已作为您的消息发送，会话由您接待。",
  answered: "已答复，要存成知识吗？",
  answeredBy: "{{name}} 答复：",
  answeredBySomebody: "同事答复：",
  saveFaq: "存为问答",
  savedFaq: "已保存，下一位客户马上能得到答案。",
  savedDraft: "已存为草稿，等待审核。",
  fillBlank: "填上空白",
  filled: "已填好，下一位客户马上能得到答案。",
  keepNothing: "不用存",
  keptNothing: "好的，不存。",
  edit: "先改一下文字",
  question: "问题",
  answer: "答案",
};

export const colleagueSetting = {
  title: "问同事",
  label: "缺少资料时问同事",
  hint: "答案里的空没填、表格里的格子空着，或问得清楚但知识库里没有时，问题会出现在“会话”页；同事回一句话，由机器人告诉客户。",
  minutes: "多久没人答复就转人工",
  unit: "分钟",
};

export const colleagueBecause = {
  "no-colleague": "表格里没有空着的格子要问同事",
  "colleague-blank": "答案里还有没填的内容：{{blanks}}，问同事",
  "colleague-cell": "表格里的这一格是空的，问同事",
  "colleague-source": "知识库里没有，问同事",
  "colleague-pending": "已经问了同事，还没有答复，再告诉客户一次",
  "colleague-replied": "同事（{{name}}）的答复",
  "colleague-expired": "到时间没有同事答复，转人工",
  "colleague-withdrawn": "同事也不清楚，转人工",
};

export const colleagueErrors = {
  "colleague-question/not-found": "这个提问已经不在了，可能随会话一起删除了。",
  "colleague-question/answered": "已经有同事先答复了。",
  "colleague-question/expired": "时间到了，会话已经转给人工。",
  "colleague-question/withdrawn": "会话已经有人接待，或已转人工。",
  "colleague-question/word-refused": "答复里有机器人不能说的词，请换个说法。",
  "colleague-question/promise-refused": "答复里有店里不许承诺的内容，请换个说法。",
  "colleague-question/not-answered": "这个提问还没有人答复。",
  "colleague-question/kept": "这条答复已经有人处理过了。",
};

export const colleagueAudit = {
  "colleague-question-answered": "答复了机器人的提问",
  "colleague-question-handed-over": "把机器人的提问转人工",
  "colleague-question-kept": "决定答复是否存成知识",
};
