// What an agent reads first when a conversation comes to a person: what was said, what it is probably about, the order
// number or phone in it. Sealed with the conversation; never logged.

import { type Candidate, type TurnInput, tellSeen } from "@yingda/contract";
import type { Locale } from "./knowledge/knowledge.ts";
import { seenIn } from "./pictures/seen-words.ts";
import type { Heard } from "./understanding/understand.ts";
import { words } from "./words.ts";

const longestQuote = 200;
const linesBefore = 3;
const worthTelling = 0.15;
const telling = ["order", "phone", "email", "money", "height", "weight", "date"];

/** At most four short lines, in the language of the shop's people (the contact's locale stands in for it). */
export function summarise(heard: Heard, input: TurnInput, candidates: Candidate[], extra = ""): string {
  const { summary } = words[input.locale];
  const before = input.history
    .filter(({ author }) => author === "contact")
    .slice(-linesBefore)
    .map(({ text }) => text);
  const said = shorten([...before, heard.text].filter((text) => text !== "").join(" / "), input.locale);
  const sent = heard.unreadable.map(({ kind }) => kind).join(", ");
  const seen = seenIn(input)
    .map(tellSeen)
    .filter((text) => text !== "");
  const likely = candidates.filter(({ confidence }) => confidence >= worthTelling).slice(0, 2);
  const details = heard.lines
    .flatMap(({ masks }) => masks)
    .filter(({ kind }) => telling.includes(kind))
    .map(({ text }) => text);
  return [
    said === "" ? "" : summary.said + said,
    sent === "" ? "" : summary.sent + sent,
    seen.length === 0 ? "" : summary.seen + shorten(seen.join(" / "), input.locale),
    likely.length === 0 ? "" : summary.probably + likely.map(({ question }) => question).join(" / "),
    details.length === 0 ? "" : summary.details + [...new Set(details)].join(", "),
    extra,
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function shorten(text: string, _locale: Locale): string {
  const characters = [...text.replace(/\s+/gu, " ")];
  return characters.length > longestQuote
    ? `${characters.slice(0, longestQuote).join("")}…`
    : characters.join("");
}
