// The shop's own words in a turn: a customer's sensitive word brings a person (step of decide.ts); whatever the bot is about
// to say is looked through once more before it leaves the brain.

import { type Action, textOf } from "@yingda/contract";
import { summarise } from "./summary.ts";
import { type Because, type Tracer, type Turn, toPerson, type Verdict } from "./turn.ts";
import { awayBecause, words } from "./words.ts";

/** A person at once where the shop says so; otherwise it is only written down. */
export function heedSensitive(turn: Turn, tracer: Tracer): Verdict | null {
  const found = turn.knowledge.words.sensitiveIn(turn.heard.text);
  const alert = found.find(({ does }) => does === "alert");
  if (alert !== undefined) {
    const because = { code: "sensitive-word", values: { word: alert.word } };
    const noted = words[turn.input.locale].summary.sensitive + alert.word;
    return toPerson(turn, "urgent", because, "", true, noted);
  }
  for (const { word } of found) tracer.note("words", word, "pass", { code: "word-noted", values: { word } });
  return null;
}

/**
 * Holds the whole turn for a person when anything in it says what the bot never says, or promises what the shop forbids
 * outside its own FAQs. Nothing of it is sent or done then; the person reads it in the summary. A turn that goes to a
 * person anyway still does, with a plain sentence.
 */
export function withholdWords(turn: Turn, verdict: Verdict, tracer: Tracer): Verdict {
  const because = verdict.actions.map((action) => reasonIn(turn, action)).find((found) => found !== null);
  if (because == null) return verdict;
  tracer.note("reply-words", String(because.values?.word ?? ""), "held", because);
  const { input, heard, candidates, say } = turn;
  const text = awayBecause(input.handoffAvailability) === null ? say.held : say.heldAway;
  if (verdict.actions.some(isToPerson))
    return {
      ...verdict,
      actions: verdict.actions
        .filter((action) => isToPerson(action) || reasonIn(turn, action) === null)
        .map((action) =>
          isToPerson(action) && reasonIn(turn, action) !== null ? { ...action, text } : action,
        ),
    };
  const unsent = verdict.actions.flatMap(textsOf).join(" / ").slice(0, longestUnsent);
  const summary = summarise(heard, input, candidates, words[input.locale].summary.withheld + unsent);
  const actions: Action[] = [{ kind: "hold", reason: "held", summary, text, faq: verdict.faq }];
  if (input.flowState !== null) actions.push({ kind: "set-flow-state", state: null });
  const { faq, confidence } = verdict;
  return { outcome: "held", isSendable: false, faq, confidence, actions, because };
}

/** Whether a reply of these words, which is no FAQ's, would be held. */
export function isWithheld(turn: Turn, text: string): boolean {
  return (
    reasonIn(turn, { kind: "reply", content: { kind: "text", text }, faq: null, citations: [] }) !== null
  );
}

const longestUnsent = 300;
type ToPerson = Extract<Action, { kind: "handoff" | "hold" | "offer-leave-message" }>;

function isToPerson(action: Action): action is ToPerson {
  return action.kind === "handoff" || action.kind === "hold" || action.kind === "offer-leave-message";
}

function reasonIn({ knowledge }: Turn, action: Action): Because | null {
  const text = textsOf(action).join("\n");
  if (text === "") return null;
  const word = knowledge.words.neverSaidIn(text);
  if (word !== null) return { code: "word-withheld", values: { word } };
  const isOwnFaq = action.kind === "reply" && action.faq !== null;
  const promise = isOwnFaq ? null : knowledge.words.promisedIn(text);
  return promise === null ? null : { code: "promise-withheld", values: { word: promise } };
}

/** What a customer would read of it. */
function textsOf(action: Action): string[] {
  switch (action.kind) {
    case "reply": {
      const { content } = action;
      const labels = content.kind === "choices" ? content.choices.map(({ label }) => label) : [];
      return [textOf(content), ...labels];
    }
    case "ask-back":
      return [action.text, ...action.choices.map(({ label }) => label)];
    case "handoff":
    case "hold":
    case "offer-leave-message":
    case "ask-colleague":
    case "colleague-pending":
      return [action.text];
    default:
      return [];
  }
}
