// Goes on with a flow when its time has come and nobody has written: a wait is over, or the customer is reminded and, after
// as long again, let go. Called by turns. As decide.ts: values in, a value out, no writes.

import type { TurnDecision, TurnInput } from "@yingda/contract";
import type { DecideDeps } from "./decide.ts";
import { openRun } from "./flows/turn/open-run.ts";
import { askInTime } from "./flows/turn/shop-flows.ts";
import { afterTime } from "./flows/turn/take-turn.ts";
import { withholdWords } from "./heed-words.ts";
import { wordsFor } from "./manner/persona.ts";
import { Tracer, type Turn } from "./turn.ts";
import { listen } from "./understanding/understand.ts";

/**
 * In:  the conversation as a turn without lines, its open run in `flowState`.
 * Out: what to say and to remember; null when there is no run any more (the flow was switched off, the silence was too long).
 * @throws the signal's reason when aborted while a lookup runs.
 */
export async function decideAfterTime(
  deps: DecideDeps,
  input: TurnInput,
  signal: AbortSignal,
): Promise<TurnDecision | null> {
  const { knowledge, flows = null, tools, elapsedMs = () => 0 } = deps;
  const tracer = new Tracer(elapsedMs);
  const locale = input.flowState?.kind === "flow" && input.flowState.run.locale === "en" ? "en" : "zh-CN";
  const heard = { ...listen(input), language: locale, locale } as const;
  const say = wordsFor(locale, input.behaviour?.persona);
  const turn: Turn = { input, heard, knowledge, candidates: [], say, flows };
  const open = flows === null ? null : openRun(turn);
  if (open === null) return null;
  const work = afterTime(turn, open, tracer);
  let step = work.next();
  while (step.done !== true) step = work.next(await askInTime(tools, step.value, signal));
  if (step.value === null) return null;
  const verdict = withholdWords(turn, step.value, tracer);
  tracer.note("decide", open.run.step, verdict.outcome, verdict.because);
  return {
    outcome: verdict.outcome,
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: verdict.actions,
    understanding: {
      language: locale,
      sentiment: "neutral",
      urgency: "normal",
      wantsHuman: false,
      candidates: [],
    },
    trace: tracer.entries,
  };
}
