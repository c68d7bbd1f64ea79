// For tests and the lab: a reply judged against bare texts, and the claims because of which it would be held.

import type { Claim } from "../claim.ts";
import { type GuardVerdict, guardReply } from "../guard-reply.ts";

/** "客户：…": the customer's own words. */
const customer = /^(?:客户|顾客|customer)\s?[:：]\s?/iu;

/** The verdict with sources named s1, s2 …, and the claims that stand in the way of sending it. */
export function judgeTexts(reply: string, texts: readonly string[]): GuardVerdict & { unfound: Claim[] } {
  const named = texts.map((text, at) => ({ id: `s${at + 1}`, text }));
  const sources = named.filter(({ text }) => !customer.test(text));
  const customerWords = texts.filter((text) => customer.test(text)).map((text) => text.replace(customer, ""));
  const verdict = guardReply({ reply, sources, customerWords });
  const unfound = verdict.claims.filter(({ supportedBy, isMixed }) => supportedBy === null || isMixed);
  return { ...verdict, unfound };
}
