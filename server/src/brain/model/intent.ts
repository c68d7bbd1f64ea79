// What a turn is about, for the count of what models cost: the flow that is open, or the FAQ that is nearest. Pure.

import type { Turn } from "../turn.ts";

/** The engine puts some share on every question it knows. */
const leastConfidence = 0.18;

/** A flow's or an FAQ's name; null for neither. */
export function intentOf({ input: { flowState }, candidates }: Turn): string | null {
  if (flowState?.kind === "flow") return flowState.flow;
  const [best] = candidates;
  return best !== undefined && best.confidence >= leastConfidence ? best.faq : null;
}
