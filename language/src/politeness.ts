// Takes greetings, forms of address and politeness off a message ("亲，你好，请问…谢谢"), at both ends and between its
// clauses; left on, they cost 2-11 points of accuracy. What was taken is handed back, since it tells mood and small talk.
// Called by normalise.ts. A message that is nothing but politeness keeps its text.

import { anywhere, closing, gap, opening } from "./politeness-words.ts";

const atStart = new RegExp(`^${gap}(?:${opening.join("|")})${gap}`, "u");
const atEnd = new RegExp(`(?:${closing.join("|")})${gap}$`, "u");
const inside = new RegExp(anywhere.join("|"), "gu");
const edges = new RegExp(`^${gap}|${gap}$`, "gu");
const bareQuestionMark = /[?？]\s*$/u;
/** Where a clause ends: a mark, or a space between Han characters. A mark inside a number or an address ends none. */
const clauseEnd =
  /(?:[,，。!！?？~、;；…]|\.(?=\s|$|\p{Script=Han}))+(?!\d)\s*|(?<=\p{Script=Han})\s+(?=\p{Script=Han})|\s+-+\s+/gu;
const mostRounds = 8;
const mostClauses = 40; // of a longer text only its head is gone through clause by clause

export interface Stripped {
  text: string;
  /** What was taken off, outermost first at each end. */
  greetings: string[];
  thanks: string[];
  asksQuestion: boolean;
}

/** Strips a unified text until nothing more comes off (at most eight pieces at each end of a clause). */
export function stripPoliteness(text: string): Stripped {
  const greetings: string[] = [];
  const thanks: string[] = [];
  const asksQuestion = bareQuestionMark.test(text);
  const whole = stripClause(text.replace(edges, ""), greetings, thanks);
  const rest = stripInside(whole, greetings, thanks).replace(edges, "");
  return { text: rest === "" ? nothingBut(text, greetings, thanks) : rest, greetings, thanks, asksQuestion };
}

/** What stays of a text that is nothing but politeness: its longest piece ("你好" of "亲，你好呀，谢谢"). */
function nothingBut(text: string, greetings: string[], thanks: string[]): string {
  const pieces = [...greetings, ...thanks].sort((a, b) => b.length - a.length);
  return pieces[0] || text.replace(edges, "") || text;
}

/** One clause without what opens and closes it politely; what fell goes to the lists. */
function stripClause(clause: string, greetings: string[], thanks: string[]): string {
  let rest = clause;
  for (let round = 0; round < mostRounds && rest !== ""; round += 1) {
    const found = atStart.exec(rest)?.[0];
    if (found === undefined || found.length === 0) break;
    greetings.push(found.replace(edges, ""));
    rest = rest.slice(found.length);
  }
  for (let round = 0; round < mostRounds && rest !== ""; round += 1) {
    const found = atEnd.exec(rest)?.[0];
    if (found === undefined || found.length === 0) break;
    thanks.unshift(found.replace(edges, ""));
    rest = rest.slice(0, rest.length - found.length).replace(edges, "");
  }
  return rest;
}

function stripInside(text: string, greetings: string[], thanks: string[]): string {
  const clauses: string[] = [];
  let from = 0;
  let separator = "";
  for (const found of text.matchAll(clauseEnd)) {
    if (clauses.length >= mostClauses) break;
    push(text.slice(from, found.index));
    separator = found[0];
    from = found.index + found[0].length;
  }
  push(text.slice(from));
  return clauses.join("");

  function push(clause: string): void {
    const kept = stripClause(dropAnywhere(clause, greetings), greetings, thanks);
    if (kept === "") return;
    clauses.push(clauses.length === 0 ? kept : separator + kept);
  }
}

function dropAnywhere(clause: string, greetings: string[]): string {
  if (!inside.test(clause)) return clause;
  inside.lastIndex = 0;
  const kept = clause.replace(inside, (word) => {
    greetings.push(word.trim());
    return /^[a-z]/u.test(word) ? " " : "";
  });
  return kept.replace(/\s+/gu, " ").trim();
}
