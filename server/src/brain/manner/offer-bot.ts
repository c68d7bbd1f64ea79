// Who speaks first, and what happens at peak: the contact is asked whether the bot may try before a person does. Their "1" or
// the button's words are taken as the question they had asked before. Steps of decide.ts.

import { type FlowState, type TurnInput, textOf } from "@yingda/contract";
import { likelyOnes } from "@yingda/language";
import { pickOffered } from "../flows/asked-back.ts";
import { isUpset, type Turn, toPerson, type Verdict } from "../turn.ts";
import { awayBecause, words } from "../words.ts";

const asHuman: Record<"zh-CN" | "en", string> = { "zh-CN": "转人工", en: "talk to a human" };

/** Whoever took the bot up on its offer is answered what they had asked; whoever picked the person gets one. */
export function takeUpOffer(input: TurnInput): TurnInput {
  const { flowState } = input;
  const [only, ...others] = input.utterances;
  if (flowState?.kind !== "offered-bot" || only === undefined || others.length > 0) return input;
  const { botChoice, humanChoice } = words[input.locale];
  const offered = [
    ...(flowState.said === "" ? [] : [{ slug: "bot", question: botChoice }]),
    { slug: "human", question: humanChoice },
  ];
  const picked = pickOffered(offered, textOf(only.content));
  if (picked.kind !== "one") return input;
  const text = picked.slug === "bot" ? flowState.said : asHuman[input.locale];
  return { ...input, utterances: [{ ...only, content: { kind: "text", text } }] };
}

/** The first turn of a conversation: straight to a person, or the contact chooses, as the inbox wants it. */
export function opening(turn: Turn): Verdict | null {
  const { input, heard } = turn;
  const { behaviour } = input;
  const isFirst = behaviour?.isFirst === true && input.history.every(({ author }) => author === "contact");
  if (behaviour === undefined || behaviour.opening === "bot" || !isFirst) return null;
  if (awayBecause(input.handoffAvailability) !== null || input.flowState !== null) return null;
  if (behaviour.opening === "person") return toPerson(turn, "person-first", { code: "person-first" });
  if (heard.text === "") return null;
  return offer(turn, turn.say.openingOffer, "opening", heard.text.slice(0, 500), { code: "asked-who" });
}

/**
 * A wish for a person while many wait: once, the bot offers what it can do meanwhile. Null: the wish is granted at once, as it
 * is for anybody who is upset, says it again, or waits for a colleague's word.
 */
export function atPeak(turn: Turn): Verdict | null {
  const { input, candidates } = turn;
  if (input.behaviour?.isPeak !== true || isUpset(turn) || input.flowState?.kind === "offered-bot")
    return null;
  if (awayBecause(input.handoffAvailability) !== null || hasOffered(turn)) return null;
  const { place, expectedWaitSeconds } = input.queue;
  const minutes = expectedWaitSeconds === null ? null : Math.max(1, Math.round(expectedWaitSeconds / 60));
  const because = {
    code: "peak-offer",
    values: { ahead: Math.max(0, (place ?? 1) - 1), minutes: minutes ?? 0 },
  };
  const text = turn.say.peakOffer(Math.max(0, (place ?? 1) - 1), minutes);
  const likely = likelyOnes(candidates, input.thresholds.askBack);
  if (likely.length === 0) return offer(turn, text, "peak", "", because);
  const choices = likely.map(({ faq, question }) => ({
    id: faq.slice(0, 100),
    label: question.slice(0, 200),
    action: "say" as const,
  }));
  const verdict = offer(turn, text, "peak", "", because);
  return {
    ...verdict,
    actions: [{ kind: "ask-back", text, choices: [...choices, human(turn)], candidates: likely }],
    state: { kind: "asked-back", candidates: likely.map(({ faq, question }) => ({ slug: faq, question })) },
  };
}

function hasOffered({ input, say }: Turn): boolean {
  return input.history.some(({ author, text }) => author === "bot" && text.includes(say.peakAsk));
}

function offer(
  turn: Turn,
  text: string,
  why: Extract<FlowState, { kind: "offered-bot" }>["why"],
  said: string,
  because: Verdict["because"],
): Verdict {
  const bot = { id: "bot", label: turn.say.botChoice, action: "say" as const };
  return {
    outcome: "ask-back",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [
      { kind: "ask-back", text, choices: [...(said === "" ? [] : [bot]), human(turn)], candidates: [] },
    ],
    because,
    state: { kind: "offered-bot", said, why },
  };
}

function human({ say }: Turn) {
  return { id: "human", label: say.humanChoice, action: "human" as const };
}
