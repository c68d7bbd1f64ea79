// How angry somebody is, and what may be said first: people who are angry get a person and one apology, not an FAQ; those who
// only report that something went wrong are answered, after a word of understanding. Steps of decide.ts.

import type { Action, TurnInput } from "@yingda/contract";
import { isUpset, type Turn, toPerson, type Verdict } from "../turn.ts";

/** calm: nothing to soothe. upset: something went wrong. angry: no answer of an FAQ will do. */
export type Temper = "calm" | "upset" | "angry";

const bitter = -0.8;
/** One mark is a habit, two are a voice raised. */
const raised = /[!！].*[!！]|[!！]{2}|[?？!！]{3}/su;
const reproach =
  /到底有没有|到底管不管|耍我|装死|什么态度|受罪|没人管|没人理|忽悠|太过分|欺负人|就这么.{0,8}的[?？吗]|(?:\b(?:unacceptable|ridiculous|disgusting|fed up|worst|useless|joke|how dare|liars?|theft|scam)\b)/iu;

/** Bitter words with a listed insult, a reproach or a raised voice; or two of these in any bad mood. */
export function temperOf(turn: Turn): Temper {
  const { mood, text } = turn.heard;
  const isBad = mood.sentiment === "negative" && mood.urgency !== "urgent-repair";
  const isBitter = mood.score <= bitter;
  const isReproach = mood.because.length > 0 || reproach.test(text);
  const isRaised = raised.test(text);
  const isListed = mood.urgency === "complaint" ? isReproach : reproach.test(text);
  if (isBad && ((isBitter && (isListed || isRaised)) || (isReproach && isRaised))) return "angry";
  return isUpset(turn) ? "upset" : "calm";
}

/** Anger goes to a person at once, before others, with one apology; where nobody is there, to the form. */
export function soothe(turn: Turn): Verdict | null {
  if (temperOf(turn) !== "angry") return null;
  const values = { words: turn.heard.mood.because.slice(0, 3).join(", ") };
  return toPerson(turn, "complaint", { code: "anger", values }, turn.say.sorryComplaint, true);
}

/** A word of understanding before an answer to somebody who is upset but not angry; "" where none is due. */
export function understanding(turn: Turn, answer: string): string {
  if (temperOf(turn) !== "upset" || turn.heard.mood.urgency !== "complaint") return "";
  return hasApology(answer) ? "" : turn.say.sorryUpset;
}

const apology = /抱歉|对不起|不好意思|请见谅|歉意|\bsorry\b|\bapolog/iu;
/** The sentence or the clause at the head that apologises, in the bot's own words only. */
const apologyAtHead =
  /^(?:非常|实在|真的|很|真)?(?:抱歉|对不起|不好意思)[^。！，]*[。！，]\s*|^(?:I am (?:very |so |really )?sorry|Sorry)[^.,!]*[.,!]\s*/iu;

export function hasApology(text: string): boolean {
  return apology.test(text);
}

/**
 * In:  one of the bot's own sentences, what the bot said last.
 * Out: the same without its apology when the bot has just apologised; never empty.
 */
export function apologiseOnce(text: string, saidLast: string): string {
  if (!hasApology(saidLast) || !hasApology(text)) return text;
  const rest = text.replace(apologyAtHead, "");
  if (rest === "") return text;
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** An action of the bot's own words, without an apology that would be the second in a row. FAQs stay as written. */
export function sayOnce(action: Action, { history }: TurnInput): Action {
  const last = history.findLast(({ author }) => author !== "contact");
  if (last?.author !== "bot" || action.kind === "reply" || !("text" in action)) return action;
  return { ...action, text: apologiseOnce(action.text, last.text) };
}
