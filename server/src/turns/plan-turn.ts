// Turns the brain's actions into what will be written: messages in order, at most one hand-over, the next memory.
// Pure, so that every action's effect is tested without a database; apply-decision.ts writes the plan.
import type {
  Action,
  ChannelCapabilities,
  Choice,
  Citation,
  Content,
  HandoffReason,
  TurnDecision,
} from "@yingda/contract";
import { type Locale, texts } from "./texts.ts";
import type { TurnMemory } from "./turn-input.ts";

export type TurnPlan = {
  /** Bubbles of the bot, in order. */
  contents: Content[];
  /** Into the queue, after the bubbles. */
  handoff: { reason: HandoffReason; summary: string; queue?: string; skills?: readonly string[] } | null;
  /** A form to leave a message was offered because no person could be promised. */
  offeredForm: boolean;
  /** What the customer has confirmed, to be done after the commit. */
  deeds: Extract<Action, { kind: "do-tool" }>[];
  /** A question to the colleagues, written down with the bubbles. */
  asks: AskedColleague | null;
  /** The contact hears once more that a colleague has been asked. */
  tellsPending: boolean;
  memory: TurnMemory;
};

export type AskedColleague = Omit<Extract<Action, { kind: "ask-colleague" }>, "kind" | "text">;

/** Outcomes that brought the contact no nearer to an answer. */
const fallbacks: ReadonlySet<TurnDecision["outcome"]> = new Set(["ask-back", "leave-message"]);

export function planTurn(
  decision: TurnDecision,
  before: TurnMemory,
  channel: Pick<ChannelCapabilities, "contentKinds" | "mergeReplies">,
  locale: Locale,
): TurnPlan {
  const canChoose = channel.contentKinds.includes("choices");
  const plan: TurnPlan = {
    contents: [],
    handoff: null,
    offeredForm: false,
    deeds: [],
    asks: null,
    tellsPending: false,
    memory: {
      flowState: null,
      withoutProgress: isFallback(decision) ? before.withoutProgress + 1 : 0,
    },
  };
  for (const action of decision.actions) add(plan, action, channel.contentKinds, locale);
  // not below a flow's question, which comes after the answer to another one
  const isInFlow = plan.memory.flowState?.kind === "flow";
  if (decision.outcome === "answer" && canChoose && plan.handoff === null && !isInFlow)
    askWhetherSolved(plan, locale);
  if (channel.mergeReplies) plan.contents = mergeTexts(plan.contents);
  return plan;
}

/** Asking who should answer is no failure to answer. */
function isFallback({ outcome, actions }: TurnDecision): boolean {
  const isOffer = actions.some(
    (action) => action.kind === "set-flow-state" && action.state?.kind === "offered-bot",
  );
  return fallbacks.has(outcome) && !isOffer;
}

function add(plan: TurnPlan, action: Action, kinds: readonly string[], locale: Locale): void {
  const canChoose = kinds.includes("choices");
  switch (action.kind) {
    case "reply":
      plan.contents.push(...inKinds(withCitations(action.content, action.citations), kinds));
      return;
    case "ask-back":
      plan.contents.push(choicesOrText(action.text, action.choices, canChoose));
      return;
    case "handoff":
    case "hold":
      plan.contents.push({ kind: "text", text: action.text });
      plan.handoff ??= {
        reason: action.kind === "hold" ? "held" : action.reason,
        summary: action.summary,
        ...(action.queue === undefined ? {} : { queue: action.queue }),
        ...(action.skills === undefined ? {} : { skills: action.skills }),
      };
      return;
    case "ask-colleague": {
      const { kind: _, text, ...asked } = action;
      plan.contents.push({ kind: "text", text });
      plan.asks ??= asked;
      return;
    }
    case "colleague-pending":
      plan.contents.push({ kind: "text", text: action.text });
      plan.tellsPending = true;
      return;
    case "offer-leave-message": {
      const form: Choice = {
        id: "leave-message",
        label: texts[locale].choices.leaveMessage,
        action: "leave-message",
        ...(action.fields === undefined ? {} : { fields: action.fields }),
      };
      plan.contents.push(choicesOrText(action.text, [form], canChoose));
      plan.offeredForm = true;
      return;
    }
    case "set-flow-state":
      plan.memory.flowState = action.state;
      return;
    case "request-ticket":
      // until tickets exist a person takes it; the number stays in the summary
      plan.handoff ??= { reason: "no-answer", summary: `${action.number}\n${action.summary}` };
      return;
    case "do-tool":
      plan.deeds.push(action);
      return;
    default:
      action satisfies never;
  }
}

function withCitations(content: Content, citations: readonly Citation[]): Content {
  if (citations.length === 0 || (content.kind !== "text" && content.kind !== "choices")) return content;
  return { ...content, citations: content.citations ?? [...citations] };
}

/** Where a channel has no buttons the labels are numbered lines, and "2" or the words themselves pick one. */
function choicesOrText(text: string, choices: readonly Choice[], canChoose: boolean): Content {
  if (canChoose && choices.length > 0) return { kind: "choices", text, choices: [...choices] };
  const lines = choices.map(({ label }, index) => `${index + 1}. ${label}`);
  return { kind: "text", text: [text, ...lines].join("\n") };
}

/** As the channel can show it: a card as lines, choices as numbered ones; a file that it cannot carry is left out. */
function inKinds(content: Content, kinds: readonly string[]): Content[] {
  if (kinds.includes(content.kind)) return [content];
  switch (content.kind) {
    case "choices":
      return [choicesOrText(content.text, content.choices, false)];
    case "card":
      return [{ kind: "text", text: [content.title, content.text, content.url].filter(Boolean).join("\n") }];
    case "text":
      return [content];
    default:
      return [];
  }
}

/** Two buttons at the last bubble of an answer, below those that it has; a picture gets a bubble of its own for them. */
function askWhetherSolved(plan: TurnPlan, locale: Locale): void {
  const last = plan.contents.at(-1);
  if (last === undefined) return;
  const { solved, notSolved } = texts[locale].choices;
  const asked: Choice[] = [
    { id: "solved", label: solved, action: "solved" },
    { id: "not-solved", label: notSolved, action: "not-solved" },
  ];
  if (last.kind === "text") {
    const { kind: _, ...rest } = last;
    plan.contents[plan.contents.length - 1] = { ...rest, kind: "choices", choices: asked };
  } else if (last.kind === "choices") {
    if (last.choices.some(({ action }) => action !== "say")) return;
    plan.contents[plan.contents.length - 1] = { ...last, choices: [...last.choices, ...asked] };
  } else plan.contents.push({ kind: "choices", text: texts[locale].didItHelp, choices: asked });
}

function mergeTexts(contents: readonly Content[]): Content[] {
  const merged: Content[] = [];
  for (const content of contents) {
    const last = merged.at(-1);
    if (last?.kind === "text" && (content.kind === "text" || content.kind === "choices")) {
      const citations = [...(last.citations ?? []), ...(content.citations ?? [])].slice(0, 5);
      merged[merged.length - 1] = {
        ...content,
        text: `${last.text}\n\n${content.text}`,
        ...(citations.length > 0 ? { citations } : {}),
      };
    } else {
      merged.push(content);
    }
  }
  return merged;
}
