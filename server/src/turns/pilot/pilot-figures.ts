// Figures of a trial out of what is known of each conversation and each draft. Pure; the words are told to owners in
// docs/bot.md.
import type {
  DraftFigures,
  DraftMark,
  DraftResult,
  DraftRoute,
  PilotSide,
  SideFigures,
} from "@yingda/contract";
import type { servedConversations } from "../../conversations/index.ts";

export type ServedConversation = Awaited<ReturnType<typeof servedConversations>>[number];

/** What turns knows of a conversation. */
export interface BotPart {
  /** The bot answered, asked back, or talked. */
  hasSpoken: boolean;
  /** It went to a person by a turn of the bot's, or because the bot had no duty. */
  handedOver: boolean;
  pressedNotSolved: boolean;
  /** There is a draft that whoever answered could see. */
  hasDraft: boolean;
}

const badRating = 2;
/** It went to people because the bot decided nothing. */
const withoutDuty: ReadonlySet<string> = new Set(["bot-off", "bot-on-trial"]);
const uncounted: ReadonlySet<string> = new Set(["spam", "duplicate"]);
const solvedAs: ReadonlySet<string> = new Set(["solved", "answered-by-bot"]);

/** Who served it. What the bot decided is the bot's, also when a person ended it; a bot without duty decides nothing. */
export function sideOf({ handoffReason }: ServedConversation, part: BotPart): PilotSide {
  if (part.hasSpoken) return "bot";
  if (part.hasDraft) return "drafts";
  return part.handedOver && !withoutDuty.has(handoffReason ?? "") ? "bot" : "people";
}

export function figuresOf(side: PilotSide, served: readonly (ServedConversation & BotPart)[]): SideFigures {
  const counted = served.filter(({ disposition }) => disposition === null || !uncounted.has(disposition));
  const count = (holds: (one: ServedConversation & BotPart) => boolean) => counted.filter(holds).length;
  const ratings = counted.flatMap(({ rating }) => (rating === null ? [] : [rating]));
  const isByBot = ({ resolution }: ServedConversation) =>
    resolution === "confirmed" || resolution === "assumed";
  return {
    conversations: counted.length,
    ended: count(({ isResolved }) => isResolved),
    firstReplySeconds: median(counted.flatMap((one) => waited(side, one))),
    solved: count((one) => isSolved(one)),
    solvedByBot: count((one) => isSolved(one) && isByBot(one)),
    handedOver: count((one) => one.resolution === "handed-over"),
    disliked: count(
      ({ rating, pressedNotSolved }) => pressedNotSolved || (rating !== null && rating <= badRating),
    ),
    rated: ratings.length,
    ratingMean:
      ratings.length === 0
        ? null
        : Math.round((ratings.reduce((sum, one) => sum + one, 0) / ratings.length) * 100) / 100,
    reopened: count(({ cameBack }) => cameBack),
  };
}

function isSolved({ isResolved, disposition, cameBack, rating }: ServedConversation): boolean {
  const isBad = rating !== null && rating <= badRating;
  return isResolved && disposition !== null && solvedAs.has(disposition) && !cameBack && !isBad;
}

/** "Connecting you" is no answer where people serve; the bot's first words are where it does. */
function waited(side: PilotSide, { createdAt, botRepliedAt, agentRepliedAt }: ServedConversation): number[] {
  const replied = [agentRepliedAt, side === "bot" ? botRepliedAt : null].flatMap((at) =>
    at === null ? [] : [at.getTime()],
  );
  if (replied.length === 0) return [];
  return [Math.max(0, (Math.min(...replied) - createdAt.getTime()) / 1_000)];
}

function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const value =
    sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
  return Math.round(value * 10) / 10;
}

/** So many drafts of a kind. */
export interface DraftCount {
  route: DraftRoute;
  result: DraftResult;
  mark: DraftMark | null;
  isWrongRoute: boolean;
  wasShown: boolean | null;
  count: number;
}

export function draftFiguresOf(counts: readonly DraftCount[]): DraftFigures {
  const kept = counts.filter(({ result }) => result !== "replaced");
  const sum = (holds: (one: DraftCount) => boolean) =>
    kept.reduce((total, one) => (holds(one) ? total + one.count : total), 0);
  const isText = ({ route }: DraftCount) => route !== "person";
  const isAnswered = ({ result }: DraftCount) => result !== "open" && result !== "ignored";
  const isWrongAnswer = ({ mark }: DraftCount) => mark === "answer";
  // marked as wrong is the stronger word, whatever was sent
  const seen = (result: DraftResult) =>
    sum((one) => isText(one) && one.wasShown === true && one.mark === null && one.result === result);
  const figures = {
    made: {
      answer: sum(({ route }) => route === "answer"),
      "ask-back": sum(({ route }) => route === "ask-back"),
      person: sum(({ route }) => route === "person"),
    },
    open: sum(({ result, mark }) => result === "open" && mark === null),
    unchanged: seen("unchanged"),
    edited: seen("edited"),
    own: seen("own"),
    ignored: sum(({ result, mark }) => result === "ignored" && mark === null),
    wrongAnswers: sum(isWrongAnswer),
    wrongRoutes: sum(({ mark, isWrongRoute }) => mark === "route" || isWrongRoute),
    routed: sum((one) => isAnswered(one) || one.mark !== null || one.isWrongRoute),
  };
  const judged = figures.unchanged + figures.edited + figures.own + figures.wrongAnswers;
  return { ...figures, judged, unchangedShare: judged === 0 ? null : figures.unchanged / judged };
}
