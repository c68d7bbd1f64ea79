// What the large model did in a turn: sentences of the trace, beside those of trace.because.

export const modelBecause = {
  "no-model": "没有采用大模型的回答",
  "model-answered": "大模型 {{model}} 按 {{sources}} 条资料作答，逐句核对过（{{ms}} 毫秒）",
  "model-answered-kept":
    "用大模型（{{model}}）此前对同一问题的回答，来自缓存，这次没有调用（{{sources}} 条资料，重新核对过）",
  translated: "译成{{language}}：“{{text}}”（{{ms}} 毫秒），数字与原文一致",
  "translated-changed": "译成{{language}}时改动了内容（{{what}}），没有采用：“{{text}}”",
  "translated-nothing": "译文在店里没有确定的答案，转给人",
  "translated-answer":
    "客户说的是{{language}}：译成店里的语言，由内置引擎按资料回答，再译回去，两次都核对过数字",
  "model-rewrote": "把追问补全为“{{question}}”再查（{{ms}} 毫秒）",
  "model-no-sources": "没有相关资料，不问大模型",
  "model-source-left-out": "有 {{count}} 条资料在对机器下指令，没有给大模型",
  "model-tools-refused": "大模型想调用没有给它的工具（{{tools}}），已拒绝",
  "model-removed": "删去了 {{count}} 句没有出处的话",
  "model-no-answer": "大模型认为资料不足以回答（{{ms}} 毫秒），由内置引擎接手",
  "model-uncited": "大模型没有注明出处，没有采用",
  "model-ungrounded": "大模型写的内容不在资料里，没有采用",
  "model-unsupported": "大模型写的数字或承诺查无出处，没有采用",
  "model-again": "大模型只是重复了上一条回答，没有采用",
  "model-leaked": "大模型的回复带出了内部提示词，没有采用",
  "model-slow": "大模型太慢（等了 {{ms}} 毫秒），由内置引擎接手",
  "model-paused": "大模型连续出错，暂停使用中",
  "model-key": "大模型服务不接受密钥，由内置引擎接手",
  "model-balance": "大模型账户余额用完，由内置引擎接手",
  "model-busy": "大模型服务要求稍等，由内置引擎接手",
  "model-unreachable": "连不上大模型服务，由内置引擎接手",
  "model-shape": "大模型的回复不完整或看不懂，由内置引擎接手",
  "model-budget": "大模型的预算已用完，由内置引擎接手",
  "model-off": "这项工作没有选用大模型",
  "model-failed": "大模型出错（{{code}}），由内置引擎接手",
};
