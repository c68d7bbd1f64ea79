// The trace in plain words, for the CLI and logs of the lab; the workbench has the same codes in its language files.
// Every code that decide.ts can give has a sentence here, which explain.rules.test.ts proves.

import type { TraceEntry, TurnDecision } from "@yingda/contract";
import { modelSentences } from "./explain-model.ts";
import type { Locale } from "./knowledge/knowledge.ts";

type Sentence = Record<Locale, string>;

/** Wording per code; {name} is a value of the entry. */
export const becauseSentences: Record<string, Sentence> = {
  ...modelSentences,
  heard: { "zh-CN": "收到 {lines} 句话，情绪：{mood}", en: "{lines} line(s) heard, mood: {mood}" },
  "faq-expired": {
    "zh-CN": "{faqs} 已过期，不再回答",
    en: "{faqs} has expired and is not said any more",
  },
  "no-safety": { "zh-CN": "没有危险、威胁或投诉升级的字眼", en: "no word of danger or threat" },
  "no-words": { "zh-CN": "没有需要转人工的敏感词", en: "no sensitive word that needs a person" },
  "sensitive-word": {
    "zh-CN": "客户说了敏感词“{word}”，马上转人工",
    en: "the customer said the sensitive word “{word}”: a person at once",
  },
  "word-noted": { "zh-CN": "客户说了敏感词“{word}”，只记录", en: "sensitive word “{word}”: noted only" },
  "word-withheld": {
    "zh-CN": "回复里有机器人不能说的“{word}”，没有发出，转人工",
    en: "the reply held “{word}”, which the bot never says: not sent, a person takes over",
  },
  "promise-withheld": {
    "zh-CN": "回复里有店里不许承诺的“{word}”，没有发出，转人工",
    en: "the reply promised “{word}”, which the shop forbids: not sent, a person takes over",
  },
  "weighed-after": {
    "zh-CN": "和客户的上一句一起看：把握从 {alone} 变为 {now}",
    en: "weighed with the customer's line before: confidence from {alone} to {now}",
  },
  synonym: { "zh-CN": "按同义词换成店里的说法：{words}", en: "read with the shop's own words: {words}" },
  "no-person": { "zh-CN": "没有要求人工", en: "no wish for a person" },
  "no-language": { "zh-CN": "客户说的是中文或英文", en: "the contact writes Chinese or English" },
  "other-language": {
    "zh-CN": "客户说的是{language}，用这种语言告知会有人回复，由人处理",
    en: "the contact writes {language}: told in it that a person will answer",
  },
  "no-anger": { "zh-CN": "没有愤怒", en: "no anger" },
  anger: {
    "zh-CN": "客户很生气（{words}），先安抚，由人优先处理",
    en: "angry ({words}): soothed once, and a person first",
  },
  incident: { "zh-CN": "正在公告“{title}”，先告诉客户", en: "“{title}” is pinned: told first" },
  "no-opening": { "zh-CN": "不需要先问由谁接待", en: "nobody needs to ask who should answer" },
  "person-first": { "zh-CN": "这个接入点由人工先接待", en: "in this inbox a person speaks first" },
  "asked-who": {
    "zh-CN": "先请客户选择智能助手或人工",
    en: "asked whether the bot or a person should answer",
  },
  peak: {
    "zh-CN": "高峰模式：排队 {ahead} 位，预计 {minutes} 分钟，机器人多承担一些",
    en: "peak: {ahead} waiting, about {minutes} min; the bot takes on more",
  },
  "peak-offer": {
    "zh-CN": "高峰：前面 {ahead} 位（约 {minutes} 分钟），先问能否由机器人帮忙",
    en: "peak: {ahead} before them (about {minutes} min); offered to help first",
  },
  "no-flow": {
    "zh-CN": "没有等待回答的反问或流程，或客户另起话题",
    en: "no question or flow is open, or the contact moved on",
  },
  "no-content": { "zh-CN": "有文字可读", en: "there is text to read" },
  "no-small-talk": { "zh-CN": "不是寒暄", en: "not small talk" },
  "picture-product": {
    "zh-CN": "图片里的码是产品“{product}”的",
    en: "the code in the picture is of the product “{product}”",
  },
  "picture-number": {
    "zh-CN": "图片里读到号码 {number}，先问要办什么",
    en: "the picture shows the number {number}: ask what for",
  },
  "picture-unread": {
    "zh-CN": "图片里没有读到码，问客户上面写着什么",
    en: "no code in the picture: ask what is written on it",
  },
  "picture-shown": {
    "zh-CN": "图片看过了，没有对应的答案：告诉客户是哪一类图片，问要办什么",
    en: "the picture was looked at, nothing answers it: say what kind it is and ask what for",
  },
  "no-picture": {
    "zh-CN": "图片里看到的没有对应的答案",
    en: "nothing answers what is seen in the picture",
  },
  "no-product": { "zh-CN": "没有问到产品或故障码", en: "no product or fault code was asked about" },
  "fault-code": {
    "zh-CN": "查到“{product}”的故障码 {code}",
    en: "fault code {code} of “{product}” was found",
  },
  "fault-next-step": {
    "zh-CN": "上一步没解决，故障码 {code} 的第 {step} 步",
    en: "the step before did not help: step {step} of fault code {code}",
  },
  "fault-at-once": {
    "zh-CN": "故障码 {code} 要马上交给人处理",
    en: "fault code {code} needs a person at once",
  },
  "fault-not-solved": {
    "zh-CN": "故障码 {code} 的 {steps} 个步骤都没解决",
    en: "none of the {steps} steps of fault code {code} helped",
  },
  "fault-solved": {
    "zh-CN": "客户说故障码 {code} 在第 {step} 步解决了",
    en: "the contact says that step {step} of fault code {code} helped",
  },
  "unknown-fault": {
    "zh-CN": "产品资料里没有故障码 {code}，如实告诉客户",
    en: "no product has fault code {code}: said honestly",
  },
  "unknown-product": {
    "zh-CN": "没有查到客户说的型号“{said}”",
    en: "the model that the contact names (“{said}”) was not found",
  },
  "which-product": {
    "zh-CN": "有 {offered} 款产品都可能，先问清楚",
    en: "{offered} products may be meant: ask which",
  },
  "asked-fault-code": {
    "zh-CN": "“{product}”报错，先问屏幕上的代码",
    en: "“{product}” shows a fault: ask for the code",
  },
  "product-warranty": { "zh-CN": "说了“{product}”的保修", en: "told the warranty of “{product}”" },
  "product-manual": { "zh-CN": "给了“{product}”的说明书", en: "gave the manual of “{product}”" },
  "product-video": { "zh-CN": "给了“{product}”的视频", en: "gave the video of “{product}”" },
  "product-fault": { "zh-CN": "问“{product}”的故障", en: "asked about a fault of “{product}”" },
  "product-named": {
    "zh-CN": "客户只说了产品“{product}”，先问要办什么",
    en: "only the product “{product}” was named: ask what for",
  },
  "no-table": { "zh-CN": "表格里没有确定的答案", en: "the tables have no certain answer" },
  "table-cell": {
    "zh-CN": "查到表格“{table}”里“{row}”的“{column}”",
    en: "found in table “{table}”, row “{row}”, column “{column}”",
  },
  "picked-cell": {
    "zh-CN": "客户从选项里选了表格“{table}”里的“{row}”",
    en: "the contact picked “{row}” of table “{table}”",
  },
  "which-row": {
    "zh-CN": "表格里有几行都可能（{offered} 个选项），先问清楚",
    en: "several rows of a table may be meant ({offered} offered): ask which",
  },
  "no-policy": { "zh-CN": "没有哪条政策能算出结果", en: "no policy decides this" },
  "policy-decided": {
    "zh-CN": "按政策“{policy}”算出结果：{outcome}",
    en: "computed by the policy “{policy}”: {outcome}",
  },
  "policy-asks": {
    "zh-CN": "政策“{policy}”还缺“{input}”，先问清楚",
    en: "the policy “{policy}” needs “{input}”: ask for it",
  },
  "no-document": {
    "zh-CN": "文档里没有足够把握的原文",
    en: "the documents hold nothing sure enough to quote",
  },
  "document-quote": {
    "zh-CN": "原文引自文档“{document}” {heading}（把握 {sure}）",
    en: "quoted from document “{document}” {heading} (sure: {sure})",
  },
  "documents-differ": {
    "zh-CN": "文档“{first}”和“{second}”说法不一样，两个都说",
    en: "documents “{first}” and “{second}” contradict each other: both are said",
  },
  "no-knowledge": { "zh-CN": "没有哪个答案达到自动回答的把握", en: "no answer is sure enough" },
  "no-ask-back": {
    "zh-CN": "可能的问题太少或太没把握，反问没有意义",
    en: "no likely questions worth asking back",
  },
  despair: {
    "zh-CN": "提到轻生（{words}），必须由人处理",
    en: "talk of suicide ({words}): a person must take it",
  },
  danger: {
    "zh-CN": "提到人身危险（{words}），必须由人处理",
    en: "danger to people ({words}): a person must take it",
  },
  improper: {
    "zh-CN": "要虚假材料或别人的信息，不答",
    en: "asks for false papers or for another person's data: declined",
  },
  threat: {
    "zh-CN": "提到投诉或法律途径（{words}），优先转人工",
    en: "threat to complain or sue ({words}): a person first",
  },
  complaint: { "zh-CN": "客户在投诉，且没有把握的答案", en: "a complaint without a sure answer" },
  "asked-for-human": { "zh-CN": "客户要求人工（“{words}”）", en: "asked for a person (“{words}”)" },
  unreadable: { "zh-CN": "发来的内容机器人看不懂：{kinds}", en: "content the bot cannot read: {kinds}" },
  "small-talk": { "zh-CN": "寒暄：{kind}", en: "small talk: {kind}" },
  "sure-enough": {
    "zh-CN": "把握 {confidence}，达到自动回答线 {threshold}",
    en: "confidence {confidence} reaches the answer line {threshold}",
  },
  picked: { "zh-CN": "客户从反问中选了 {faq}", en: "the contact picked {faq} from the list" },
  "no-colleague": { "zh-CN": "表格里没有空着的格子要问同事", en: "no empty cell to ask a colleague about" },
  "colleague-blank": {
    "zh-CN": "答案 {faq} 里的空还没填：{blanks}，问同事",
    en: "answer {faq} has unfilled blanks: {blanks}; a colleague is asked",
  },
  "colleague-cell": {
    "zh-CN": "表格里的这一格是空的，问同事",
    en: "the cell is empty; a colleague is asked",
  },
  "colleague-source": { "zh-CN": "没有资料能回答，问同事", en: "no source says it; a colleague is asked" },
  "colleague-pending": {
    "zh-CN": "已经问了同事，还没有答复，再告诉客户一次",
    en: "a colleague has been asked already; said once more",
  },
  "unfilled-blank": {
    "zh-CN": "答案 {faq} 里的空还没填：{blanks}，不能说",
    en: "answer {faq} has unfilled blanks: {blanks}; it must not be spoken",
  },
  "same-answer-again": {
    "zh-CN": "同一个答案 {faq} 已经说过两遍，没有解决",
    en: "answer {faq} was given twice already",
  },
  "not-sure": {
    "zh-CN": "有 {offered} 个可能的问题，合计把握 {likely}，先问清楚",
    en: "{offered} likely questions, together {likely}: ask which",
  },
  "asked-enough": {
    "zh-CN": "已经反问过 {times} 次，转人工",
    en: "asked back {times} times already: a person",
  },
  "none-of-these": { "zh-CN": "客户说都不是", en: "the contact says none of these" },
  "nothing-fits": {
    "zh-CN": "没有合适的问题（最高把握 {best}），请客户换个说法",
    en: "nothing fits (best {best}): asked to put it another way",
  },
  "second-miss": {
    "zh-CN": "连续 {misses} 次没听懂，转人工",
    en: "missed {misses} times in a row: a person",
  },
  "tool-answered": { "zh-CN": "工具 {tool} 有结果", en: "the tool {tool} answered" },
  "tool-failed": { "zh-CN": "工具 {tool} 没有结果（{why}）", en: "the tool {tool} gave no result ({why})" },
  "flow-started": { "zh-CN": "开始流程 {flow}，在步骤 {step}", en: "flow {flow} begun, at step {step}" },
  "flow-went-on": { "zh-CN": "继续流程 {flow}，在步骤 {step}", en: "flow {flow} goes on, at step {step}" },
  "flow-ended": { "zh-CN": "流程 {flow} 结束（{outcome}）", en: "flow {flow} has ended ({outcome})" },
  "flow-handed-over": {
    "zh-CN": "流程 {flow} 转人工（{reason}）",
    en: "flow {flow} goes to a person ({reason})",
  },
  "flow-confirmed": {
    "zh-CN": "客户确认了流程 {flow} 的办理，请人来做（{tool}）",
    en: "the contact confirmed what flow {flow} would do; a person does it ({tool})",
  },
  "flow-does": {
    "zh-CN": "客户确认了流程 {flow} 的办理，交给工具 {tool} 执行一次",
    en: "the contact confirmed what flow {flow} does; the tool {tool} does it once",
  },
  "flow-unknown": {
    "zh-CN": "工具 {tool} 没有告知是否办成，请人核实",
    en: "the tool {tool} did not say whether it was done; a person checks",
  },
  "flow-gone": {
    "zh-CN": "工具 {tool} 有了结果，但流程已经改动或关闭，交给同事",
    en: "the tool {tool} has answered, but the flow was changed or switched off; a person takes over",
  },
  "proof-asked": {
    "zh-CN": "流程 {flow} 要查个人信息，先请客户验证身份",
    en: "flow {flow} reads something personal: the contact proves who they are first",
  },
  "proof-sent": {
    "zh-CN": "流程 {flow}：验证码已发出",
    en: "flow {flow}: a code was sent",
  },
  "proof-wrong": {
    "zh-CN": "流程 {flow}：还没有验证成功",
    en: "flow {flow}: not proved yet",
  },
  "proof-failed": {
    "zh-CN": "流程 {flow}：没能验证身份，请同事处理",
    en: "flow {flow}: identity not proved; a person takes over",
  },
  "proof-sign-in": {
    "zh-CN": "流程 {flow} 要求客户先在网站登录",
    en: "flow {flow} wants the contact to sign in on the site",
  },
  "flow-interrupted": {
    "zh-CN": "先回答别的问题，流程 {flow} 稍后继续",
    en: "another question came first; flow {flow} goes on after it",
  },
  "flow-left": {
    "zh-CN": "流程 {flow} 到此为止，已问到的内容交给同事",
    en: "flow {flow} ends here; the person reads what it has gathered",
  },
  "flow-over": {
    "zh-CN": "流程 {flow} 已经结束：太久没有回复，或已关闭",
    en: "flow {flow} is over: silent for too long, or switched off",
  },
};

/** One sentence for a trace entry's reason; an unknown code is shown as it is. */
export function sayBecause({ code, values }: TraceEntry["because"], locale: Locale): string {
  const sentence = becauseSentences[code]?.[locale];
  if (sentence === undefined) return code;
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The whole trace, one line a step, as a person reads it. */
export function explainTrace(trace: TurnDecision["trace"], locale: Locale): string {
  return trace
    .map(({ step, saw, decided, because, tookMs }) => {
      const seen = saw === "" ? "" : ` [${saw.replace(/\s+/gu, " ")}]`;
      return `${step.padEnd(10)} → ${decided}${seen}: ${sayBecause(because, locale)} (${tookMs.toFixed(2)} ms)`;
    })
    .join("\n");
}
