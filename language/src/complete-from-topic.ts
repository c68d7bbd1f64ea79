// Completes a message that cannot stand alone from the lines before: "那运费呢？" after "怎么退货" asks about 退货运费, "and in
// red?" after "do you have it in blue" asks for red. Called by the matcher and whoever shows what was understood. It says
// which line it used, and keeps its hands off every message that names its own matter: better no help than a wrong one.

import { unifyCharacters } from "./characters.ts";
import { normalise } from "./normalise.ts";
import { stripPoliteness } from "./politeness.ts";
import { findSlotWords } from "./slot-classes.ts";
import { classifySmallTalk } from "./small-talk.ts";
import { isStopWord, stemOf } from "./stems.ts";
import { findHanConcepts, findLatinConcepts } from "./synonyms.ts";

export interface Completed {
  /** A text that stands alone, to be matched in place of the message. */
  text: string;
  /** The earlier line that it was completed from, as it was given. */
  completedFrom: string;
}

const hanLead =
  /^(?:(?:好的?|嗯+|哦+|噢|行|ok(?:ay)?|知道了|明白了?|谢谢|收到|可以)[,，。!\s]*){0,2}(?:那么?(?:如果|要是)?|然后|还有|另外|如果(?:是|要)?|要是|换成|改成|假如)[,，\s]*/u;
/** Leads that begin a matter of their own as often as they lean: only before a few characters, or words. */
const weakLead = /^(?:.{0,4}[,，。!\s])?(?:然后|还有|另外|如果|要是|换成|改成|假如)/u;
const weakLatinLead = /^(?:(?:and )?also|plus)\b/u;
const ownMatter = /^(?:我的|你们?的|说好|都|咋|怎么)|这么|那么|太|人$|[\p{Script=Han}]\s+[\p{Script=Han}]/u;
const hanTail = /(?:呢|咧|捏)(?:[?？~!！。.\s]|哈|呀|亲){0,4}$/u;
const latinLead =
  /^(?:(?:ok(?:ay)?|thanks|thank you|great|cool|alright|i see|got it|right|good|fine)[,.!\s]+){0,2}(?:(?:and |but )?(?:what|how) about|and(?: also)?|then|or|also|plus|same (?:for|question for|with))\b[\s,]*/u;
const hanAsking =
  /什么|啥|怎|咋|如何|多少|多久|多长|几[天点号时个]|哪|谁|为何|吗|么$|[能会行]不|能|可以|可否|有没有|是不是|要不要|需不需要|行吗|^要|需要|有吗/u;
const latinAsking =
  /\b(?:what|when|where|why|how|who|which|can|could|do|does|did|is|are|will|would|should|may)\b/u;
/** Questions without a matter of their own, complete as they stand or behind "这个", "it". */
const bareHan =
  /^(?:它|他|这个|那个|这样|那样|这种|这|那)?(?:大概|一般|需要|得|会|要)?(?:要?多久|要?多长时间|要?几天|多久(?:能)?(?:到账|好|完成|搞定)|什么时候(?:能)?(?:到账|好|有|完成)|谁出|谁付|谁承担|谁负责|怎么(?:弄|搞|操作|办|办理|申请|做)|咋(?:弄|整|办)|在哪(?:里|儿)?(?:弄|办|申请|操作|看|填|找)?|为什么|为啥|要钱吗|收费吗|要收费吗|免费吗|要什么(?:材料|手续|条件)?|什么(?:流程|条件|要求)|有(?:什么)?(?:时间)?限制吗|还来得及吗|多少)(?:呢|啊|呀|吗)?[?？。!\s]*$/u;
const bareLatin =
  /^(?:and )?(?:how long(?: (?:does|will|would) (?:it|that|this) take)?|how many days(?: (?:does|will) (?:it|that) take)?|who pays(?: (?:for )?(?:it|that))?|how do i do (?:it|that|this)|how does (?:it|that) work|where (?:do|can) i do (?:it|that)|why(?: is that| not)?|is (?:it|that) free|(?:is there|do you charge) a fee(?: for (?:it|that))?|what do i need(?: for (?:it|that))?|when(?: will (?:it|that) (?:be done|happen|arrive))?|since when|until when|by when)[?.!\s]*$/u;
const onlyWithin = /谁出|谁付|谁承担|谁负责|who pays/u;
const longestHan = 10;
const longestWords = 7;
const fewWords = 3;
const linesBack = 4;

/**
 * Completes a message from the contact's lines before it (oldest first).
 *
 * Out: a text that stands alone with the line it came from, or null when the message stands alone, is small talk, or no
 * line before has a matter. The message itself may still be matched too: whoever calls weighs the two.
 */
export function completeFromTopic(message: string, previous: readonly string[]): Completed | null {
  if (previous.length === 0 || message.length > 120) return null;
  const plain = unifyCharacters(message);
  const isHan = /\p{Script=Han}/u.test(plain);
  const fragment = isHan ? fragmentOfHan(plain) : fragmentOfLatin(plain);
  if (fragment === null || fragment === "") return null;
  const before = lastMatter(previous);
  if (before === null) return null;
  const text = compose(fragment, before.text, isHan);
  return text === null ? null : { text, completedFrom: before.line };
}

/** What a Chinese message leaves when it leans on something; null when it stands alone. */
function fragmentOfHan(plain: string): string | null {
  const stripped = stripPoliteness(plain.replace(hanTail, "")).text.replace(hanLead, "");
  if (bareHan.test(plain) || bareHan.test(stripped)) return withoutPronoun(stripped);
  if (!hanLead.test(plain) && !hanTail.test(plain)) return null;
  const body = withoutPronoun(stripPoliteness(stripped).text);
  if (body === "" || [...body].length > longestHan || ownMatter.test(body)) return null;
  if (weakLead.test(plain) && (body.length > 6 || hanAsking.test(body))) return null;
  const hasMatter = concepts(body).length > 0;
  if (hanAsking.test(body) && hasMatter && !onlyWithin.test(body)) return null;
  if (/[,，。!！?？]/u.test(body)) return null;
  // "我呢", "你呢": nothing to ask about
  return /^(?:我|你|您|他|她|我们|你们|人|客服|老板)$/u.test(body) ||
    classifySmallTalk(normalise(body))?.isWhole === true
    ? null
    : body;
}

function fragmentOfLatin(plain: string): string | null {
  if (bareLatin.test(plain)) return plain.replace(/[?.!\s]+$/u, "").replace(/^and /u, "");
  const stripped = stripPoliteness(plain).text;
  const lead = latinLead.exec(plain) ?? latinLead.exec(stripped);
  if (lead === null) return null;
  const body = (latinLead.test(plain) ? plain : stripped).replace(latinLead, "").replace(/[?.!,\s]+$/u, "");
  const words = body.split(/\s+/u).filter((word) => word !== "");
  if (words.length === 0 || words.length > longestWords) return null;
  if (weakLatinLead.test(plain) && words.length > fewWords) return null;
  const isQuestion = latinAsking.test(body) || /\b(?:i|you|we|my order)\b/u.test(body);
  const hasMatter = contentWords(body).length > 0;
  if (isQuestion && hasMatter && !onlyWithin.test(body)) return null;
  return /^(?:you|me|i|thanks?|that'?s it|now)$/u.test(body) ? null : body;
}

function withoutPronoun(text: string): string {
  return text.replace(/^(?:它|这个|那个|这样|那样|这种)(?=\p{Script=Han}{2})/u, "").trim();
}

/** The last line that names a matter, itself completed where it leaned on another. */
function lastMatter(previous: readonly string[]): { line: string; text: string } | null {
  const oldest = Math.max(0, previous.length - linesBack);
  for (let at = previous.length - 1; at >= oldest; at -= 1) {
    const line = previous[at] as string;
    const normalised = normalise(line.slice(0, 200));
    if (normalised.text === "" || classifySmallTalk(normalised)?.isWhole === true) continue;
    const completed = completeFromTopic(line, previous.slice(oldest, at));
    return { line, text: completed?.text ?? normalised.plain };
  }
  return null;
}

function compose(fragment: string, before: string, isHan: boolean): string | null {
  const replaced = replaceSlot(fragment, before);
  if (replaced !== null) return replaced === before ? null : replaced;
  const topic = topicOf(before);
  if (topic === "") return null;
  const own = concepts(fragment);
  const isSame =
    own.length > 0 && own.every((concept) => concepts(before).includes(concept)) && !hanAsking.test(fragment);
  if (isSame && fragment.length <= topic.length) return null; // "运费呢" after "运费多少" asks nothing new
  const isAspect =
    own.length > 0 || hanAsking.test(fragment) || latinAsking.test(fragment) || bareLatin.test(fragment);
  const gap = isHan && /\p{Script=Han}$/u.test(topic) ? "" : " ";
  if (isAspect) return `${topic}${gap}${fragment}`;
  // what is neither an aspect nor of a known kind narrows the question: "儿童款呢" after "有现货吗"
  return isHan ? `${fragment}${stripPoliteness(before).text}` : `${stripPoliteness(before).text} ${fragment}`;
}

/** The question before with its size, colour, day, place … replaced by the fragment's; prefixed where it had none. */
function replaceSlot(fragment: string, before: string): string | null {
  const [own, more] = findSlotWords(fragment);
  if (own === undefined || more !== undefined) return null;
  const rest = fragment.slice(0, own.start) + fragment.slice(own.end);
  if (
    rest.replace(
      /^(?:in|on|for|to|with|by|a|an|the|的|到|发|寄|用|款|那|是| )+|(?:的|款|那边|这边|地区|one|ones| )+$/gu,
      "",
    ) !== ""
  )
    return null;
  const question = stripPoliteness(before).text;
  const word = fragment.slice(own.start, own.end);
  const theirs = findSlotWords(question).find(({ slot }) => slot === own.slot);
  if (theirs !== undefined) return question.slice(0, theirs.start) + word + question.slice(theirs.end);
  return /\p{Script=Han}/u.test(fragment) ? `${word}${question}` : `${question} ${fragment}`;
}

/** What a question is about, without how it asks: "怎么退货" → "退货", "how do i return this" → "return". */
function topicOf(text: string): string {
  if (!/\p{Script=Han}/u.test(text)) return contentWords(text).slice(0, 4).join(" ");
  const question = stripPoliteness(text).text;
  const spans = findHanConcepts(question).filter(({ concept }) => !concept.startsWith("?"));
  if (spans.length > 0) {
    const merged = [...spans].sort((a, b) => a.start - b.start);
    let topic = "";
    let end = -1;
    for (const span of merged) {
      if (span.end <= end) continue;
      topic += question.slice(Math.max(span.start, end), span.end);
      end = span.end;
    }
    return topic.slice(0, 12);
  }
  const bare = question.replace(
    /什么时候|什么|怎么样?|怎样|如何|多少钱?|多久|可不可以|可以|能不能|能|有没有|是不是|会不会|吗|呢|啊|我们?|你们?家?|想要?|要|请|帮|这个|那个|一下|的|了|[?？!！。,，\s]/gu,
    "",
  );
  return bare.length >= 2 ? bare.slice(0, 12) : "";
}

function concepts(text: string): string[] {
  const han = text
    .split(/[^\p{Script=Han}a-z]+/u)
    .filter((run) => /\p{Script=Han}/u.test(run))
    .flatMap((run) => findHanConcepts(run));
  const latin = findLatinConcepts((text.match(/[a-z][a-z']*/gu) ?? []).map(stemOf));
  return [...new Set([...han, ...latin].map(({ concept }) => concept))].filter(
    (concept) => !concept.startsWith("?"),
  );
}

const askingWords = new Set(
  "how what when where why who which long much many do does can could will would is are get have has want need like know possible able take one ones thing things ok yes".split(
    " ",
  ),
);

/** Words that carry the matter of an English text, as typed. */
function contentWords(text: string): string[] {
  return (text.match(/[a-z][a-z']*/gu) ?? []).filter(
    (word) => word.length > 1 && !isStopWord(word) && !askingWords.has(word),
  );
}
