// What a conversation was about, in a few lines for the person who takes over: what the customer wants, the facts given, what
// was promised, where it stands. Sentences are picked, never written: nothing stands in a summary that nobody said.
// Chinese and English; no model. Called on handoff, for tickets, and by whoever lists conversations.

import { completeFromTopic } from "../complete-from-topic.ts";
import type { Entity, EntityKind } from "../entities/entity.ts";
import { type FindOptions, findEntities } from "../entities/find-entities.ts";
import { normalise } from "../normalise.ts";
import { stripPoliteness } from "../politeness.ts";
import { classifySmallTalk } from "../small-talk.ts";
import { wantsPerson } from "../wants-person.ts";
import { overlapOf, shinglesOf } from "./shingles.ts";
import { factLabels, type SummaryLocale, writeSummary } from "./summary-texts.ts";

export interface SpokenLine {
  /** Who said it: the contact, or our side. */
  author: "contact" | "agent" | "bot";
  text: string;
}
export interface Fact {
  kind: EntityKind;
  /** "订单号" */
  label: string;
  value: string;
}
export interface ConversationSummary {
  /** What the contact wants, in order of time, in their words; a leaning line is completed. At most three. */
  wants: string[];
  /** Details given by the contact, the last value of each where they corrected themselves. */
  facts: Fact[];
  /** What our side said it would do. At most three, the latest ones. */
  promises: string[];
  /** closed: thanked or said goodbye; waiting-for-us: the last question has no answer; waiting-for-contact: otherwise. */
  standing: "closed" | "waiting-for-us" | "waiting-for-contact" | "empty";
  wantsPerson: boolean;
  /** All of it as a few lines in the locale. */
  text: string;
}

const mostLines = 400;
const longestSentence = 160;
const sentenceEnd = /[。！？!?；;\n]+|\.(?=\s|$)|(?<=\p{Script=Han})\s{1,}(?=\p{Script=Han})/u;
const asks =
  /[?？]|吗|么$|呢$|怎么|咋|什么|啥|多少|多久|几|哪|谁|为什么|能不能|可以|能否|有没有|是不是|\b(?:what|when|where|why|how|who|which|can|could|do|does|is|are|will|would)\b/iu;
const wishes =
  /我要|我想|想要|帮我|给我|麻烦|请|需要|申请|退|换|取消|改|投诉|查|\b(?:i want|i need|i'd like|i would like|please|help me|cancel|refund|return|exchange|change|track|complain)\b/iu;
const troubles =
  /没(?:有)?(?:收到|到|发|反应|动静|人|用)|坏|破|错|少|漏|不能|不了|不行|不对|不制冷|故障|报错|问题|慢|迟|还没|一直|都.{1,4}天了|\b(?:not|never|broken|wrong|missing|late|damaged|doesn't|didn't|won't|can't|hasn't|haven't|issue|problem|error)\b/iu;
const promising =
  /(?:会|将|马上|立即|尽快|稍后|等下|待会|回头|今天|明天|后天|这边|我们|已经?)\p{Script=Han}{0,12}?(?:为您|给您|帮您|帮你|给你|跟您|联系|处理|安排|核实|反馈|发出|补发|退款|退回|寄出|回复|通知|登记|申请|催|跟进|升级|上门|换|修|解决)|\d+\s?(?:小时|天|个?工作日|分钟)(?:内|之内|以内)|(?:保证|承诺|答应|一定)\p{Script=Han}{1,16}|\b(?:we|i|they|our team|someone)(?:'ll| will| shall| are going to|'re going to| am going to)\b|\bwithin (?:\d+|a|an|one|two|three|the next) |\byou(?:'ll| will) (?:receive|get|have|be)\b|\b(?:i've|we've|i have|we have) (?:arranged|escalated|requested|scheduled|asked|raised|booked|issued|submitted|opened)\b/iu;
const offersNothing =
  /吗[?？]?$|[?？]$|请(?:您)?(?:提供|发|告诉|问|稍等)|^(?:您好|你好)|\b(?:could you|can you|please (?:provide|send|tell))\b/iu;

/**
 * Sums a conversation up.
 *
 * In:  its lines, oldest first (of more than 400 the last); how to read entities (now, zone, catalogue, fault codes);
 *      the language of the labels.
 * Out: picked sentences and facts; empty lists where nothing was said. Throws what `findEntities` throws.
 */
export function summariseConversation(
  lines: readonly SpokenLine[],
  options: FindOptions & { locale?: SummaryLocale },
): ConversationSummary {
  const { locale = "zh-CN" } = options;
  const read = lines.slice(-mostLines).filter(({ text }) => text.trim() !== "");
  const theirs = read.filter(({ author }) => author === "contact").map(({ text }) => text);
  const summary = {
    wants: pickWants(theirs),
    facts: collectFacts(theirs, options, locale),
    promises: pickPromises(read),
    standing: standingOf(read),
    wantsPerson: theirs.some((text) => wantsPerson(text).wants),
  };
  return { ...summary, text: writeSummary(summary, locale) };
}

interface Sentence {
  text: string;
  at: number;
  score: number;
  shingles: Set<string>;
}

function pickWants(theirs: string[]): string[] {
  const sentences: Sentence[] = [];
  theirs.forEach((line, at) => {
    for (const part of sentencesOf(line)) {
      const completed = completeFromTopic(part, theirs.slice(Math.max(0, at - 4), at));
      const text = completed?.text ?? readable(part);
      const score = wantScore(part, text);
      if (score > 0)
        sentences.push({ text, at: sentences.length, score, shingles: shinglesOf(normalise(text).text) });
    }
  });
  return distinct(sentences, 3);
}

/** 0 for small talk and bare facts; questions, wishes and troubles count, said more than once they count more. */
function wantScore(part: string, text: string): number {
  const message = normalise(part);
  if (classifySmallTalk(message)?.isWhole === true || [...text].length < 2) return 0;
  const signs = (asks.test(part) ? 1 : 0) + (wishes.test(part) ? 1 : 0) + (troubles.test(part) ? 1.2 : 0);
  if (signs === 0) return 0;
  const length = [...text].length;
  return signs + (length >= 5 && length <= 60 ? 0.5 : 0) + (message.masks.length > 0 ? 0.2 : 0);
}

/** The best of sentences that say different things, back in order of time. */
function distinct(sentences: Sentence[], most: number): string[] {
  const chosen: Sentence[] = [];
  const echoes = (sentence: Sentence) =>
    sentences.filter((other) => overlapOf(other.shingles, sentence.shingles) > 0.5).length;
  const ranked = sentences
    .map((sentence) => ({ sentence, rank: sentence.score + 0.3 * Math.min(4, echoes(sentence) - 1) }))
    .sort((a, b) => b.rank - a.rank || a.sentence.at - b.sentence.at);
  for (const { sentence } of ranked) {
    if (chosen.length >= most) break;
    if (chosen.every((other) => overlapOf(other.shingles, sentence.shingles) <= 0.5)) chosen.push(sentence);
  }
  return chosen.sort((a, b) => a.at - b.at).map(({ text }) => text);
}

const factKinds: EntityKind[] = [
  "order",
  "parcel",
  "phone",
  "email",
  "product",
  "fault-code",
  "size",
  "height",
  "weight",
  "quantity",
  "money",
  "date-time",
  "region",
  "street",
  "postcode",
];
/** Kinds of which a contact gives one, so that a later one corrects the earlier. */
const single = new Set<EntityKind>(["phone", "email", "height", "weight", "street", "postcode"]);
const mostFacts = 12;

function collectFacts(theirs: string[], options: FindOptions, locale: SummaryLocale): Fact[] {
  const facts: Fact[] = [];
  for (const text of theirs) {
    for (const entity of findEntities(text.slice(0, 2_000), options)) {
      if (!factKinds.includes(entity.kind) || entity.confidence < 0.5) continue;
      const fact = { kind: entity.kind, label: factLabels[locale][entity.kind], value: shownValue(entity) };
      const same = facts.findIndex(
        ({ kind, value }) => kind === fact.kind && (value === fact.value || single.has(kind)),
      );
      if (same >= 0) facts[same] = fact;
      else facts.push(fact);
    }
  }
  return facts.sort((a, b) => factKinds.indexOf(a.kind) - factKinds.indexOf(b.kind)).slice(0, mostFacts);
}

function shownValue(entity: Entity): string {
  if (entity.kind === "product") return entity.name;
  if (entity.kind === "parcel" && entity.carriers[0] !== undefined)
    return `${entity.value} (${entity.carriers[0]}?)`;
  return entity.kind === "date-time" ? `${entity.text} (${entity.value})` : entity.value;
}

function pickPromises(read: readonly SpokenLine[]): string[] {
  const promises: Sentence[] = [];
  for (const { author, text } of read) {
    if (author === "contact") continue;
    for (const part of sentencesOf(text)) {
      if (!promising.test(part) || offersNothing.test(part)) continue;
      const shown = readable(part);
      if ([...shown].length >= 4)
        promises.push({
          text: shown,
          at: promises.length,
          score: 1,
          shingles: shinglesOf(normalise(shown).text),
        });
    }
  }
  const kept: Sentence[] = [];
  for (const promise of promises.reverse())
    if (kept.length < 3 && kept.every((other) => overlapOf(other.shingles, promise.shingles) <= 0.6))
      kept.push(promise);
  return kept.reverse().map(({ text }) => text);
}

function standingOf(read: readonly SpokenLine[]): ConversationSummary["standing"] {
  const last = read.at(-1);
  if (last === undefined) return "empty";
  const lastTheirs = read.findLast(({ author }) => author === "contact");
  const talk = lastTheirs === undefined ? null : classifySmallTalk(normalise(lastTheirs.text));
  const isDone = talk?.isWhole === true && ["thanks", "closing", "acknowledge", "praise"].includes(talk.kind);
  if (last.author === "contact") return isDone ? "closed" : "waiting-for-us";
  return isDone && read.length > 2 ? "closed" : "waiting-for-contact";
}

function sentencesOf(text: string): string[] {
  return text
    .slice(0, 2_000)
    .split(sentenceEnd)
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .slice(0, 30);
}

/** As it was said, without politeness around it and not longer than a line. */
function readable(part: string): string {
  const { plain } = normalise(part);
  const bare = stripPoliteness(plain).text;
  const kept = bare.length >= plain.length * 0.4 ? locate(part, bare) : part;
  const characters = [...kept.trim()];
  return characters.length > longestSentence
    ? `${characters.slice(0, longestSentence).join("")}…`
    : characters.join("");
}

/** The stripped text in the spelling in which it was typed, where it stands there in one piece. */
function locate(part: string, bare: string): string {
  const at = part.toLowerCase().indexOf(bare);
  return at < 0 ? bare : part.slice(at, at + bare.length);
}
