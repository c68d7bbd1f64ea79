// The launch plan: eight weeks from a new shop to a bot for everybody, each line ticked by facts. Pure.
import {
  type Blank,
  type Inbox,
  type PilotReport,
  pilotBounds,
  type RehearsalCase,
  type RehearsalRun,
  type ResolutionReport,
} from "@yingda/contract";

export type PlanFacts = {
  hasFaqs: boolean;
  hasHours: boolean;
  blanks: readonly Blank[];
  inboxes: readonly Pick<Inbox, "bot" | "behaviour">[];
  runs: readonly RehearsalRun[];
  cases: readonly RehearsalCase[];
  gaps: { open: number; decided: number };
  resolution: ResolutionReport;
  /** Of all inboxes together. */
  pilot: Pick<PilotReport, "sides" | "drafts">;
};

/** Ended conversations that show what the bot does, and the share of them it should have solved. */
export const enough = {
  trial: pilotBounds.conversations,
  drafts: pilotBounds.drafts,
  wrong: pilotBounds.wrong,
  everyone: 100,
  share: 0.5,
  guards: 5,
} as const;

export const planLines = [
  { phase: "week1", name: "pack", to: "/knowledge" },
  { phase: "week1", name: "blanks", to: "/knowledge" },
  { phase: "week1", name: "bot", to: "/bot" },
  { phase: "week1", name: "routing", to: "/hours" },
  { phase: "week1", name: "rehearsed", to: "/rehearsal" },
  { phase: "weeks2to4", name: "trial", to: "/bot" },
  { phase: "weeks2to4", name: "drafts", to: "/bot/pilot" },
  { phase: "weeks2to4", name: "right", to: "/bot/pilot" },
  { phase: "weeks2to4", name: "seen", to: "/bot/pilot" },
  { phase: "weeks2to4", name: "gaps", to: "/knowledge/gaps" },
  { phase: "weeks5to8", name: "everyone", to: "/bot" },
  { phase: "weeks5to8", name: "solved", to: "/usage" },
  { phase: "weeks5to8", name: "guards", to: "/rehearsal" },
  { phase: "weeks5to8", name: "weekly", to: "/knowledge/gaps" },
] as const;
export type PlanLine = (typeof planLines)[number]["name"];
export const phases = ["week1", "weeks2to4", "weeks5to8"] as const;

export function planDone(facts: PlanFacts): Record<PlanLine, boolean> {
  const withBot = facts.inboxes.filter(({ bot }) => bot.isOn);
  const ended = Object.values(facts.resolution.counts).reduce((sum, count) => sum + count, 0);
  const { solvedShare } = facts.resolution;
  const { drafts, sides } = facts.pilot;
  const isForAll = withBot.length > 0 && withBot.every(({ behaviour }) => behaviour.pilot.mode === "all");
  return {
    pack: facts.hasFaqs,
    blanks: facts.blanks.every(({ value, usedBy }) => usedBy === 0 || (value ?? "").trim() !== ""),
    bot: withBot.length > 0,
    routing: facts.hasHours,
    rehearsed: facts.runs.some(({ state }) => state === "done"),
    // whoever began with everybody has had the trial when enough conversations have ended
    trial: withBot.some(({ behaviour }) => tries(behaviour.pilot.mode)) || ended >= enough.trial,
    drafts: drafts.judged >= enough.drafts || sides.bot.ended >= enough.trial,
    right: isRightInDrafts(drafts) || isLiked(sides.bot),
    seen: ended >= enough.trial,
    gaps: facts.gaps.decided > 0,
    everyone: isForAll && ended >= enough.everyone,
    solved: ended >= enough.everyone && solvedShare !== null && solvedShare >= enough.share,
    guards: facts.cases.filter(({ isGate }) => isGate).length >= enough.guards,
    weekly: facts.gaps.decided > 0 && facts.gaps.open === 0,
  };
}

/** Switched off for the time being is no trial. */
function tries(mode: Inbox["behaviour"]["pilot"]["mode"]): boolean {
  return mode !== "all" && mode !== "off";
}

/** Answers and ways: few enough are wrong, of enough drafts. */
function isRightInDrafts({ judged, wrongAnswers, routed, wrongRoutes }: PilotReport["drafts"]): boolean {
  if (judged < enough.drafts) return false;
  return wrongAnswers <= judged * enough.wrong && wrongRoutes <= routed * enough.wrong;
}

function isLiked({ ended, disliked }: PilotReport["sides"]["bot"]): boolean {
  return ended >= enough.trial && disliked <= ended * enough.wrong;
}
