// Reads a turn before anything is decided: the lines and sentences, their language, mood, wish for a person, small
// talk, and which FAQs they may ask. Everything decide.ts needs to know about what was said. Pure.

import { type Content, type TurnInput, textOf } from "@yingda/contract";
import {
  classifySmallTalk,
  detectLanguage,
  isChinese,
  type MatchResult,
  type Mood,
  type NormalisedText,
  normalise,
  type PersonWish,
  readMood,
  type SmallTalk,
  wantsPerson,
} from "@yingda/language";
import type { Knowledge, Locale } from "../knowledge/knowledge.ts";
import { numbersPictured } from "../products/picture-codes.ts";
import { type Before, inContext, lineBefore, plainly } from "./in-context.ts";
import { stillAbout } from "./still-about.ts";

export interface Heard {
  /** All lines joined; empty when nothing was written. */
  text: string;
  lines: NormalisedText[];
  /** Content that cannot be read: image, voice, file … */
  unreadable: Content[];
  stickers: number;
  /** As recognised ("zh-Hant"), or the contact's usual language when the turn is too short to tell. */
  language: string;
  /** What to answer in. */
  locale: Locale;
  mood: Mood;
  wish: PersonWish;
  smallTalk: SmallTalk | null;
}

const surely = 0.8;
const spoken: readonly Content["kind"][] = ["text", "choices", "card", "form"];

export function listen(input: TurnInput): Heard {
  const contents = input.utterances.map(({ content }) => content);
  const pictured = numbersPictured(input.pictures ?? []);
  const texts = [...contents.filter(({ kind }) => spoken.includes(kind)).map(textOf), ...pictured].filter(
    (text) => text.trim() !== "",
  );
  const text = texts.join("\n");
  const lines = texts.map((line) => normalise(line));
  const guess = detectLanguage(text);
  const isOurs = isChinese(guess.language) || guess.language === "en"; // what FAQs are written in
  const isSure = guess.confidence >= surely && isOurs;
  const wishes = texts.map((line) => wantsPerson(line));
  return {
    text,
    lines,
    unreadable: contents.filter(({ kind }) => !spoken.includes(kind) && kind !== "sticker"),
    stickers: contents.filter(({ kind }) => kind === "sticker").length,
    language: isSure || !isOurs ? languageTag(guess, input.locale) : input.locale,
    locale: isSure ? (guess.language === "en" ? "en" : "zh-CN") : input.locale,
    mood: readMood(lines.length === 1 && lines[0] ? lines[0] : normalise(text)),
    wish: wishes.find(({ wants }) => wants) ?? { wants: false, confidence: 0, because: null },
    smallTalk: smallTalkOf(lines),
  };
}

function languageTag({ language, confidence }: ReturnType<typeof detectLanguage>, usual: Locale): string {
  return confidence === 0 ? usual : language;
}

/** Small talk only when every line is; the last line's kind is the one to answer ("你好" "在吗" "谢谢"). */
function smallTalkOf(lines: NormalisedText[]): SmallTalk | null {
  const kinds = lines.map(classifySmallTalk);
  if (kinds.length === 0 || kinds.some((kind) => kind === null || !kind.isWhole)) return null;
  return kinds.at(-1) ?? null;
}

export interface Asked {
  /** The reading that is surest about its first candidate. */
  best: MatchResult;
  /** Best reading of each sentence, for turns that ask several things. */
  parts: MatchResult[];
  /** The turn in the shop's own words, where that was surer than the customer's. */
  saidAs?: string | undefined;
  /** The contact's line before, where this one was weighed with it, and how sure it had been by itself. */
  after?: { line: string; alone: number } | undefined;
  /** The FAQ answered last, where the line says nothing by itself and goes on about it. */
  stillAbout?: string | undefined;
}

const sentenceEnd = /[?？!！。;；\n]+/u;
const shortestSentence = 2;

interface Sought {
  whole: string;
  sentences: NormalisedText[];
}

/** The whole turn and each sentence that may ask something. */
function sought(heard: Heard): Sought {
  const said = heard.text.split(sentenceEnd).map((part) => part.trim());
  // "…有个破洞。找你们经理": what it is about stands in the other sentence
  const aboutMatters = said.filter((part) => part !== "" && !wantsPerson(part).wants);
  const isMixed = aboutMatters.length > 0 && aboutMatters.length < said.filter((part) => part !== "").length;
  const sentences = (isMixed ? aboutMatters : said)
    .filter((part) => [...part].length >= shortestSentence)
    .slice(-6)
    .map((part) => normalise(part));
  return { whole: isMixed ? aboutMatters.join("\n") : heard.text, sentences };
}

/** What `findQuestions` is going to ask the knowledge: for an embedding model, which has to be asked before. */
export function textsSought(heard: Heard): (string | NormalisedText)[] {
  const { whole, sentences } = sought(heard);
  return [whole, ...sentences];
}

/** The turn as the knowledge reads it: the whole first, then each sentence. */
export interface Readings {
  text: string;
  whole: MatchResult;
  parts: MatchResult[];
  /** Of all of them the one that is surest of its first candidate. */
  surest: MatchResult;
  /** What it is to be weighed with; null where it says by itself what it means. */
  before: Before | null;
}

/** Asks the knowledge about the whole turn and each sentence. */
export function readTurn(heard: Heard, input: TurnInput, knowledge: Knowledge): Readings {
  const previous = linesBefore(input);
  const { whole: text, sentences } = sought(heard);
  const whole = knowledge.retrieve(text, previous);
  // a turn of one sentence is most often the same text but for its question mark: asked once
  const parts = sentences.map((part) =>
    part.text === whole.text.text ? whole : knowledge.retrieve(part, previous),
  );
  const surest = parts.reduce((most, part) => (sureness(part) > sureness(most) ? part : most), whole);
  const isPlain = surest.completedFrom === null && sureness(surest) >= plainly;
  return { text, whole, parts, surest, before: isPlain ? null : lineBefore(text, input.history) };
}

/** Which FAQs the turn may ask, each as likely as it is after the contact's line before. */
export function findQuestions(heard: Heard, input: TurnInput, knowledge: Knowledge): Asked {
  const { text, whole, parts, surest, before } = readTurn(heard, input, knowledge);
  if (before === null) return settled(surest);
  const { weighed, together } = inContext([whole, ...parts], text, before, knowledge);
  const after = { line: before.text, alone: sureness(surest) };
  const asked = settled(weighed);
  if (asked.saidAs !== undefined || sureness(weighed) >= input.thresholds.answer) return { ...asked, after };
  const goesOn = stillAbout(text, sureness(surest), before, together);
  return { ...asked, after, ...(goesOn !== null && { stillAbout: goesOn }) };

  function settled(best: MatchResult): Asked {
    if (sureness(best) < input.thresholds.answer)
      return askedInShopWords(text, best, input, knowledge) ?? { best, parts: [best] };
    const isOneOfSeveral = parts.length > 1 && best.matches[0]?.id === surest.matches[0]?.id;
    return { best, parts: isOneOfSeveral ? parts : [best] };
  }
}

/** What is not sure as it stands, in the shop's own words, where those are surer. */
function askedInShopWords(
  text: string,
  best: MatchResult,
  input: TurnInput,
  knowledge: Knowledge,
): Asked | null {
  const own = knowledge.words.withFirstWords(text);
  const again = own === null ? null : knowledge.retrieve(own, linesBefore(input));
  if (own === null || again === null || sureness(again) <= sureness(best)) return null;
  return { best: again, parts: [again], saidAs: own };
}

function linesBefore({ history }: TurnInput): string[] {
  return history.filter(({ author }) => author === "contact").map(({ text }) => text);
}

function sureness(result: MatchResult): number {
  return result.matches[0]?.confidence ?? 0;
}
