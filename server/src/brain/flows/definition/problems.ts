// What can be wrong with a flow, and the sentence that tells its owner: what, where, what to do. Shown in the editor
// beside the step and by the command line.

export type FlowProblem = { step: string | null } & (
  | { kind: "unreadable"; line: number | null; detail: string }
  | { kind: "bad-shape"; path: string; detail: string }
  | { kind: "duplicate-id"; id: string }
  | { kind: "wrong-id"; id: string }
  | { kind: "unreachable-step" }
  | { kind: "missing-branch"; branch: string }
  | { kind: "unknown-step"; branch: string; to: string }
  | { kind: "unknown-slot"; slot: string }
  | { kind: "unknown-tool"; tool: string }
  | { kind: "unknown-queue"; queue: string }
  | { kind: "unknown-skill"; skill: string }
  | { kind: "unknown-blank"; blank: string; slot?: string }
  | { kind: "used-before-asked"; blank: string }
  | { kind: "wrong-tool"; tool: string }
  | { kind: "wrong-input"; tool: string; field: string }
  | { kind: "no-choices"; slot: string }
  | { kind: "loop-without-turn"; steps: string[] }
  | { kind: "no-confirmation" }
  | { kind: "missing-language"; language: "zh" | "en"; place: string }
);

type Sentences = { zh: string; en: string };

/** One sentence per language; `step` names the place where there is one. */
export function explainProblem(problem: FlowProblem): Sentences {
  const { zh, en } = sentencesOf(problem);
  if (problem.step === null) return { zh, en };
  return { zh: `步骤“${problem.step}”：${zh}`, en: `Step “${problem.step}”: ${en}` };
}

function sentencesOf(problem: FlowProblem): Sentences {
  switch (problem.kind) {
    case "unreadable": {
      const { line, detail } = problem;
      return {
        zh: `${line === null ? "" : `第 ${line} 行：`}不是有效的 YAML（${detail}）。请检查缩进和引号。`,
        en: `${line === null ? "" : `Line ${line}: `}this is not valid YAML (${detail}). Check indents and quotes.`,
      };
    }
    case "bad-shape":
      return {
        zh: `“${problem.path}”的内容不对（${problem.detail}）。请按流程格式修改。`,
        en: `“${problem.path}” is not what it should be (${problem.detail}). Correct it.`,
      };
    case "duplicate-id":
      return {
        zh: `名称“${problem.id}”用了两次。请改掉一个。`,
        en: `the name “${problem.id}” is used twice. Rename one.`,
      };
    case "wrong-id":
      return {
        zh: `开头的 id 必须是“${problem.id}”。请改回来。`,
        en: `its id has to be “${problem.id}”. Put it back.`,
      };
    case "unreachable-step":
      return {
        zh: "没有任何步骤会走到这里。请把它接上，或者删掉。",
        en: "no step leads here. Connect it or remove it.",
      };
    case "missing-branch":
      return {
        zh: `“${problem.branch}”之后没有下一步。请接上一个步骤。`,
        en: `nothing follows “${problem.branch}”. Connect a step.`,
      };
    case "unknown-step":
      return {
        zh: `“${problem.branch}”指向的步骤“${problem.to}”不存在。请选一个已有的步骤。`,
        en: `“${problem.branch}” leads to “${problem.to}”, which does not exist. Choose an existing step.`,
      };
    case "unknown-slot":
      return {
        zh: `词槽“${problem.slot}”不存在。请先添加这个词槽。`,
        en: `there is no slot “${problem.slot}”. Add it first.`,
      };
    case "unknown-tool":
      return {
        zh: `工具“${problem.tool}”不存在。请先连接它，或换一个。`,
        en: `there is no tool “${problem.tool}”. Connect it or choose another.`,
      };
    case "unknown-queue":
      return {
        zh: `队列“${problem.queue}”不存在。请先在“成员 · 队列与技能”里添加，或换一个。`,
        en: `there is no queue “${problem.queue}”. Add it under Members, Queues and skills, or choose another.`,
      };
    case "unknown-skill":
      return {
        zh: `还没有成员会“${problem.skill}”，会派给任何有空的人。`,
        en: `no member has the skill “${problem.skill}”: anybody who is free will be asked.`,
      };
    case "unknown-blank":
      return {
        zh: `空白“{{${problem.blank}}}”没有来源。请用已有的词槽，或查询结果里的字段。`,
        en: `nothing fills “{{${problem.blank}}}”. Use a slot, or a field of a lookup's result.`,
      };
    case "used-before-asked":
      return {
        zh: `用到了“{{${problem.blank}}}”，但走到这里时可能还没有问到、也没有查到它。请在前面加上提问或查询。`,
        en: `“{{${problem.blank}}}” is used, but it may not have been asked or looked up on the way here. Ask or look it up first.`,
      };
    case "wrong-tool":
      return {
        zh: `“${problem.tool}”不适合这种步骤：只读的工具用“查询”，会改变数据的用“办理”。`,
        en: `“${problem.tool}” does not fit: tools that only read belong to “lookup”, those that change to “do”.`,
      };
    case "wrong-input":
      return {
        zh: `工具“${problem.tool}”的输入“${problem.field}”缺失或不存在。请核对。`,
        en: `the input “${problem.field}” of “${problem.tool}” is missing or unknown. Check it.`,
      };
    case "no-choices":
      return {
        zh: `选择项词槽“${problem.slot}”没有可选的内容。请添加选项。`,
        en: `the choice slot “${problem.slot}” has nothing to choose. Add choices.`,
      };
    case "loop-without-turn": {
      const steps = problem.steps.join(" → ");
      return {
        zh: `这些步骤会一直循环而不等客户说话：${steps}。请在其中加一个提问。`,
        en: `these steps go round without a turn of the customer: ${steps}. Put a question among them.`,
      };
    }
    case "no-confirmation":
      return {
        zh: "办理之前没有请客户确认。请写上确认的话。",
        en: "the customer is not asked before this is done. Write the confirmation.",
      };
    case "missing-language": {
      const { language, place } = problem;
      return {
        zh: `“${place}”缺少${language === "zh" ? "中文" : "英文"}。请补上。`,
        en: `“${place}” has no ${language === "zh" ? "Chinese" : "English"} text. Add it.`,
      };
    }
  }
}
