// One visitor at night: asks, picks what is offered, loses patience, leaves a message or leaves.

import type { AskReply } from "@yingda/contract";
import { ask, type Knowledge, type Memory, packKnowledge } from "../../server/src/brain/index.ts";

export interface NightVisitor {
  pack: string;
  language: "zh" | "en";
  lines: { says: string; faq?: string }[];
  patience: number;
  fillsForm: boolean;
  leavesContact: boolean;
}
export interface Visit {
  end: "solved" | "captured" | "lost";
  heard: string[];
}

const shops = new Map<string, Knowledge>();
const wishForPerson = { zh: "转人工", en: "talk to a person" } as const;
/** Nobody bears more than this. */
const mostMessages = 12;

export function visit(visitor: NightVisitor): Visit {
  const knowledge = shopOf(visitor.pack);
  const heard: string[] = [];
  let memory: Memory | undefined;
  let unhelpful = 0;
  let isSolved = false;
  const saying = visitor.lines.map((line) => ({ ...line, isPick: false }));
  for (let next = saying.shift(); next !== undefined && heard.length < mostMessages; next = saying.shift()) {
    const locale = visitor.language === "en" ? "en" : "zh-CN";
    const answered = ask(knowledge, {
      text: next.says,
      locale,
      availability: "closed",
      ...(memory && { memory }),
    });
    memory = answered.memory;
    const { reply } = answered;
    heard.push(`${next.says} → ${reply.outcome} ${reply.faq ?? ""}`);
    const wanted = next.faq === undefined ? null : `${next.faq}`;
    isSolved = wanted !== null && reply.outcome === "answer" && isFaq(reply.faq, wanted);
    if (isSolved || reply.outcome === "small-talk") {
      unhelpful = 0;
      continue;
    }
    if (offersForm(reply)) return { end: visitor.leavesContact ? "captured" : "lost", heard };
    unhelpful += 1;
    if (unhelpful >= visitor.patience && !hasOffered(reply, wanted)) return { end: "lost", heard };
    const place = placeOf(reply, wanted);
    if (place !== null)
      saying.unshift({ says: String(place + 1), isPick: true, ...(next.faq && { faq: next.faq }) });
    else if (saying.length === 0 && !next.isPick)
      saying.push({ says: wishForPerson[visitor.language], isPick: true });
  }
  return { end: isSolved ? "solved" : "lost", heard };
}

/** @throws Error naming a pack that does not exist */
function shopOf(pack: string): Knowledge {
  const known = shops.get(pack) ?? packKnowledge(pack);
  if (known === null) throw new Error(`there is no pack "${pack}"`);
  shops.set(pack, known);
  return known;
}

/** Packs name their FAQs "pack.name" or "common.name". */
function isFaq(slug: string | null, wanted: string): boolean {
  return slug !== null && slug.slice(slug.indexOf(".") + 1) === wanted;
}

/** The place of the wanted question among those that were offered; null when it is not offered. */
function placeOf(reply: AskReply, wanted: string | null): number | null {
  if (reply.outcome !== "ask-back" || wanted === null) return null;
  const offered = reply.candidates.filter(({ question }) => reply.text.includes(question));
  const place = offered.findIndex(({ faq }) => isFaq(faq, wanted));
  return place < 0 ? null : place;
}

function hasOffered(reply: AskReply, wanted: string | null): boolean {
  return placeOf(reply, wanted) !== null;
}

function offersForm({ outcome }: AskReply): boolean {
  return outcome === "leave-message" || outcome === "handoff" || outcome === "held";
}
