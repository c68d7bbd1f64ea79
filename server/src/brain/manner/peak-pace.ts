// While many wait for a person the bot dares more, asks back with more, and keeps its own sentences short. Step of decide.ts.

import type { TurnInput } from "@yingda/contract";
import type { Tracer } from "../turn.ts";

/** Still surer than the bold setting's limit: a wrong answer makes the queue longer, not shorter. */
const leastAnswer = 0.6;
const answerLowerBy = 0.1;
const askBackShare = 0.7;

export function atPeakPace(input: TurnInput, tracer: Tracer): TurnInput {
  const { behaviour, thresholds, queue } = input;
  if (behaviour?.isPeak !== true) return input;
  const ahead = Math.max(0, (queue.place ?? 1) - 1);
  const minutes = Math.round((queue.expectedWaitSeconds ?? 0) / 60);
  tracer.note("peak", String(ahead), "on", { code: "peak", values: { ahead, minutes } });
  const answer = Math.max(Math.min(thresholds.answer, leastAnswer), thresholds.answer - answerLowerBy);
  return {
    ...input,
    thresholds: { answer, askBack: thresholds.askBack * askBackShare },
    behaviour: { ...behaviour, persona: { ...behaviour.persona, tone: "plain", emoji: false } },
  };
}
