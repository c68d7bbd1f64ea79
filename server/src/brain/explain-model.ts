// What the large model did in a turn, in plain words: the sentences of explain.ts for answer-model.ts.

import type { Locale } from "./knowledge/knowledge.ts";

export const modelSentences: Record<string, Record<Locale, string>> = {
  "no-model": { "zh-CN": "没有采用大模型的回答", en: "no answer of the large model was used" },
  "model-answered": {
    "zh-CN": "大模型 {model} 按 {sources} 条资料作答，逐句核对过（{ms} 毫秒）",
    en: "the large model {model} answered from {sources} source(s), each sentence checked ({ms} ms)",
  },
  "model-answered-kept": {
    "zh-CN":
      "用大模型（{model}）此前对同一问题的回答，来自缓存，这次没有调用（{sources} 条资料，重新核对过）",
    en: "the answer that {model} gave to the same question before, from the cache: no call was made ({sources} source(s), checked again)",
  },
  translated: {
    "zh-CN": "译成{language}：“{text}”（{ms} 毫秒），数字与原文一致",
    en: "put into {language}: “{text}” ({ms} ms), the same numbers",
  },
  "translated-changed": {
    "zh-CN": "译成{language}时改动了内容（{what}），没有采用：“{text}”",
    en: "the translation into {language} changed something ({what}) and was not used: “{text}”",
  },
  "translated-nothing": {
    "zh-CN": "译文在店里没有确定的答案，转给人",
    en: "the shop has no sure answer to the translation; a person answers",
  },
  "translated-answer": {
    "zh-CN": "客户说的是{language}：译成店里的语言，由内置引擎按资料回答，再译回去，两次都核对过数字",
    en: "the contact writes {language}: translated, answered by the engine from what the shop knows, and translated back, numbers compared both ways",
  },
  "no-extract": {
    "zh-CN": "没有让大模型读流程要的信息",
    en: "no detail of a flow was read by the large model",
  },
  "model-extracted": {
    "zh-CN": "内置引擎没读出来，大模型从客户原话里找到了“{slot}”（{model}，{ms} 毫秒）",
    en: "the engine could not read it; the large model {model} found “{slot}” in the customer's own words ({ms} ms)",
  },
  "model-extracted-nothing": {
    "zh-CN": "大模型没有在客户原话里找到“{slot}”，照常再问",
    en: "the large model found no “{slot}” in the customer's words; it is asked for again",
  },
  "model-tool-called": {
    "zh-CN": "大模型用店主允许的工具“{tool}”查了一次",
    en: "the large model looked something up with the tool “{tool}”, which the owner allows it",
  },
  "model-tools-enough": {
    "zh-CN": "大模型这一轮已经查了三次，不再调用（{tools}）",
    en: "the large model has called three tools in this turn; no more ({tools})",
  },
  "model-rewrote": {
    "zh-CN": "把追问补全为“{question}”再查（{ms} 毫秒）",
    en: "the follow-up was made whole: “{question}” ({ms} ms)",
  },
  "model-no-sources": {
    "zh-CN": "没有相关资料，不问大模型",
    en: "no text of the shop is near: the model is not asked",
  },
  "model-source-left-out": {
    "zh-CN": "有 {count} 条资料在对机器下指令，没有给大模型",
    en: "{count} text(s) give orders to machines and were kept from the model",
  },
  "model-tools-refused": {
    "zh-CN": "大模型想调用没有给它的工具（{tools}），已拒绝",
    en: "the model wanted tools it was not given ({tools}): refused",
  },
  "model-removed": {
    "zh-CN": "删去了 {count} 句没有出处的话",
    en: "{count} sentence(s) without a source were removed",
  },
  "model-no-answer": {
    "zh-CN": "大模型认为资料不足以回答（{ms} 毫秒），由内置引擎接手",
    en: "the model says the sources do not hold the answer ({ms} ms); the engine goes on",
  },
  "model-uncited": {
    "zh-CN": "大模型没有注明出处，没有采用",
    en: "the model named no source; its answer was not used",
  },
  "model-ungrounded": {
    "zh-CN": "大模型写的内容不在资料里，没有采用",
    en: "what the model wrote is not in the sources; it was not used",
  },
  "model-unsupported": {
    "zh-CN": "大模型写的数字或承诺查无出处，没有采用",
    en: "numbers or promises of the model have no source; its answer was not used",
  },
  "model-again": {
    "zh-CN": "大模型只是重复了上一条回答，没有采用",
    en: "the model only repeated the last answer; it was not used",
  },
  "model-leaked": {
    "zh-CN": "大模型的回复带出了内部提示词，没有采用",
    en: "the model gave away its instructions; its answer was not used",
  },
  "model-slow": {
    "zh-CN": "大模型太慢（等了 {ms} 毫秒），由内置引擎接手",
    en: "the model was too slow ({ms} ms waited); the engine goes on",
  },
  "model-paused": {
    "zh-CN": "大模型连续出错，暂停使用中",
    en: "the model failed repeatedly and is left alone for a while",
  },
  "model-key": {
    "zh-CN": "大模型服务不接受密钥，由内置引擎接手",
    en: "the model's service refused the key; the engine goes on",
  },
  "model-balance": {
    "zh-CN": "大模型账户余额用完，由内置引擎接手",
    en: "the model account's balance is used up; the engine goes on",
  },
  "model-busy": {
    "zh-CN": "大模型服务要求稍等，由内置引擎接手",
    en: "the model's service asked to wait; the engine goes on",
  },
  "model-unreachable": {
    "zh-CN": "连不上大模型服务，由内置引擎接手",
    en: "the model's service cannot be reached; the engine goes on",
  },
  "model-shape": {
    "zh-CN": "大模型的回复不完整或看不懂，由内置引擎接手",
    en: "the model's reply was broken; the engine goes on",
  },
  "model-budget": {
    "zh-CN": "大模型的预算已用完，由内置引擎接手",
    en: "the budget for the model is used up; the engine goes on",
  },
  "picture-seen": {
    "zh-CN": "大模型 {model} 看了图片（{kind}，{ms} 毫秒）；看到的只当作资料",
    en: "the model {model} looked at the picture ({kind}, {ms} ms); what it saw is data only",
  },
  "picture-orders": {
    "zh-CN": "图片上有 {count} 行字在对机器下指令，没有采用",
    en: "{count} line(s) on the picture gave orders to machines and were left out",
  },
  "picture-too-large": {
    "zh-CN": "图片太大，没有交给大模型看",
    en: "the picture is too large and was shown to no model",
  },
  "model-off": { "zh-CN": "这项工作没有选用大模型", en: "no model does this task" },
  "model-failed": {
    "zh-CN": "大模型出错（{code}），由内置引擎接手",
    en: "the model failed ({code}); the engine goes on",
  },
};
