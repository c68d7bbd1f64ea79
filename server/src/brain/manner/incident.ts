// What the owner has pinned comes first: whoever asks about it hears the statement before anything else, once. The answer
// that is due anyway follows, unless it would only be "I did not understand". Used by decide.ts after the steps.

import type { Action } from "@yingda/contract";
import { unifyCharacters } from "@yingda/language";
import { isOn, type KnownIncident } from "../knowledge/incidents/load-incidents.ts";
import { textOfIncident } from "../knowledge/incidents/tell.ts";
import type { Tracer, Turn, Verdict } from "../turn.ts";

/** Sure enough that the turn is about one of the named questions, though not to answer it. */
const leastLikely = 0.45;

export interface Pinned {
  verdict: Verdict;
  /** The one that was told now; undefined where none was. */
  incident: string | undefined;
}

export function pinFirst(turn: Turn, verdict: Verdict, tracer: Tracer): Pinned {
  const found = incidentMeant(turn);
  if (found === null) return { verdict, incident: undefined };
  const text = textOfIncident(found, turn.heard.locale);
  if (isTold(turn, text)) return { verdict, incident: undefined };
  tracer.note("incident", found.title, "told", { code: "incident", values: { title: found.title } });
  const first: Action = { kind: "reply", content: { kind: "text", text }, faq: null, citations: [] };
  if (!isMiss(verdict))
    return { verdict: { ...verdict, actions: [first, ...verdict.actions] }, incident: found.id };
  const because = { code: "incident", values: { title: found.title } };
  const told: Verdict = {
    outcome: "answer",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [first],
    because,
  };
  return { verdict: told, incident: found.id };
}

function incidentMeant({ input, heard, knowledge, candidates }: Turn): KnownIncident | null {
  const atMs = input.utterances.at(-1)?.at.getTime() ?? 0;
  const on = knowledge.incidents.filter((one) => isOn(one, atMs));
  if (on.length === 0 || heard.text === "" || heard.mood.alarm !== null) return null;
  const said = unifyCharacters(heard.text);
  const [best] = candidates;
  const about = best !== undefined && best.confidence >= leastLikely ? best.faq : null;
  return (
    on.find(
      ({ words, faqs }) =>
        words.some((word) => said.includes(word)) || (about !== null && faqs.includes(about)),
    ) ?? null
  );
}

function isTold({ input }: Turn, text: string): boolean {
  return input.history.some((line) => line.author === "bot" && line.text.includes(text));
}

/** Nothing better than "please say it again" stands behind the statement. */
function isMiss({ outcome, because }: Verdict): boolean {
  if (outcome === "held") return because.code === "colleague-source" || because.code === "colleague-pending";
  return outcome === "ask-back" && because.code === "nothing-fits";
}
