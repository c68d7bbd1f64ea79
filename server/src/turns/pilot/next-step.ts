// What an owner is told to do next with a trial: widen it, look at what went wrong first, or wait for more. Pure. From drafts
// at the desk to answers off hours, then to a share that grows, then to everybody.
import { type BotBehaviour, type PilotNext, type PilotReport, pilotBounds } from "@yingda/contract";

type Pilot = BotBehaviour["pilot"];
type Facts = Pick<PilotReport, "sides" | "drafts">;
type To = NonNullable<PilotNext["to"]>;

const shares = [10, 30, 60] as const;
const firstShare = shares[0];

/** Null while the bot is switched off for good: there is no trial to go on with. */
export function nextStep(pilot: Pilot, isBotOn: boolean, facts: Facts): PilotNext | null {
  if (!isBotOn) return null;
  switch (pilot.mode) {
    case "off":
      return step("widen", "begin", { mode: "suggest", percent: pilot.percent }, 0, 0, null);
    case "suggest":
    case "named":
      return afterDrafts(pilot, facts);
    case "off-hours":
    case "share":
      return afterAnswers(pilot, facts);
    case "all":
      return step("done", "everybody", null, facts.sides.bot.ended, pilotBounds.conversations, null);
    default:
      return pilot.mode satisfies never;
  }
}

function afterDrafts(pilot: Pilot, { drafts }: Facts): PilotNext {
  const { judged, unchanged, edited, wrongAnswers, wrongRoutes, routed } = drafts;
  const enough = pilotBounds.drafts;
  if (judged < enough) return step("wait", "drafts", null, judged, enough, percentOf(unchanged, judged));
  if (wrongAnswers > judged * pilotBounds.wrong)
    return step("mend", "wrong-answers", null, judged, enough, percentOf(wrongAnswers, judged));
  if (wrongRoutes > routed * pilotBounds.wrong)
    return step("mend", "wrong-routes", null, routed, enough, percentOf(wrongRoutes, routed));
  // a greeting before it is no other answer: what was sent with changes counts half
  const isGood = unchanged + edited / 2 >= judged * pilotBounds.unchanged;
  const percent = percentOf(unchanged, judged);
  if (!isGood) return step("mend", "drafts", null, judged, enough, percent);
  return step("widen", "drafts", { mode: "off-hours", percent: pilot.percent }, judged, enough, percent);
}

function afterAnswers(pilot: Pilot, { sides: { bot } }: Facts): PilotNext {
  const enough = pilotBounds.conversations;
  const percent = percentOf(bot.solvedByBot, bot.ended);
  if (bot.ended < enough) return step("wait", "answers", null, bot.ended, enough, percent);
  if (bot.disliked > bot.ended * pilotBounds.disliked)
    return step("mend", "disliked", null, bot.ended, enough, percentOf(bot.disliked, bot.ended));
  if (bot.solvedByBot < bot.ended * pilotBounds.solved)
    return step("mend", "answers", null, bot.ended, enough, percent);
  return step("widen", "answers", wider(pilot), bot.ended, enough, percent);
}

function wider({ mode, percent }: Pilot): To {
  if (mode !== "share") return { mode: "share", percent: firstShare };
  const next = shares.find((share) => share > percent);
  return next === undefined ? { mode: "all", percent } : { mode: "share", percent: next };
}

function percentOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 100);
}

function step(
  kind: PilotNext["kind"],
  because: PilotNext["because"],
  to: PilotNext["to"],
  count: number,
  enough: number,
  percent: number | null,
): PilotNext {
  return { kind, because, to, count, enough, percent };
}
