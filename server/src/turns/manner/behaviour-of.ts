// What a turn is told of how its inbox's bot behaves, at this moment.
import type { TurnBehaviour } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import type { Situation } from "../turn-situation.ts";
import { isPeak } from "./peak.ts";

export function behaviourOf(ctx: Ctx, { inbox, availability, isFirst, colleague }: Situation): TurnBehaviour {
  const { persona, opening, patience, peak, repliesInTheirLanguage } = inbox.behaviour;
  const isAtPeak = isPeak(ctx.db, inbox.id, availability, peak);
  return { persona, opening, patience, isFirst, isPeak: isAtPeak, repliesInTheirLanguage, colleague };
}
