// Days out of a customer's words, each for the event that is named beside it: "上周三买的" is a day of purchase and none of
// receipt. Rough words give a stretch of days ("上个月" is all of October; "三周前" is three weeks, give or take half a one);
// words of an earlier event give its day or any later one. Called by read-policy-inputs.ts.

import type { InputSource } from "@yingda/contract";
import { type Entity, findEntities } from "@yingda/language";
import type { Temporal } from "temporal-polyfill";
import { dayIn, daysFrom } from "./calendar-days.ts";
import { clauseAround, distance, findMeantWords, isDenied, isInside, type Span } from "./clauses.ts";
import { agreed, answersAlone, type Reading, type ReadingResult, type ReadingScene } from "./reading.ts";

type DateInput = Extract<InputSource, { type: "date" }>;
interface Days extends Span {
  from: Temporal.PlainDate;
  to: Temporal.PlainDate;
  isDuration: boolean;
  /** False for a weekday, a day of a month or a feast that may be the last one or the next. */
  isFullySaid: boolean;
}
interface EventWord extends Span {
  input: string;
  isEarlier: boolean;
}

const farthest = 20; // letters between a day and the word of its event
const roughBefore =
  /(?:大概|差不多|大约|约|快|超|将近|接近|超过|不到|至少|起码|最多|可能|好像|前后|every|about|around|almost|nearly|roughly|over|more than|less than|under|at least|at most|some|maybe|before|after|by|since|until|i think|从|第|每)(?:是|在|有)?\s*$/u;
const roughAfter =
  /^\s?(?:多|来|左右|上下|前后|(?:之|以)?[前后内]|开始|起|or so|or more|or less|and (?:a|some|\d))/u;
/** A term of the shop's and no time gone by. */
const termAfter = /^的?(?:无理由|质保|保修|包退|包换|保质|退货期|期|warranty|return)/u;
/** The event is still to come: "周日能收到吗", "will be delivered". */
const toCome =
  /(?:[能会要想]|可以|准备|打算|\bwill|\bto|\bcan|\bcould|'ll)(?:\s|\bbe\b|\bit\b|\bi\b|\bhave\b)*$/u;
const bareWeekday = /^(?:on )?(?:周|星期|礼拜|mon|tue|wed|thu|fri|sat|sun)/u;
const pastEnglish = /^[a-z ]+$/u;
const neighbours = /[一二两三四五六七八九][二三四五六七八九]/u; // 两三天: no number at all
const coarseUnit: [RegExp, number][] = [
  [/年|year|yr/u, 183],
  [/月|month/u, 15],
  [/周|星期|礼拜|week/u, 3],
];

/** The day, or days, of one event. */
export function readDate(scene: ReadingScene, input: DateInput): ReadingResult {
  const words = eventWords(scene);
  const exact: Reading[] = [];
  const earlier: Reading[] = [];
  for (const found of daysIn(scene)) {
    const owners = nearest(scene.text, found, words);
    const days = laidInPast(scene, found, owners[0]);
    const own = owners.filter((word) => word.input === input.key);
    if (days === null) continue;
    const isAlone = owners.length === 0 && !days.isDuration && answersAlone(scene, days, input, ["date"]);
    const quote = scene.text.slice(days.start, days.end);
    if (isAlone || own.some(({ isEarlier }) => !isEarlier)) {
      exact.push({ value: { type: "date", from: `${days.from}`, to: `${days.to}` }, words: quote });
    } else if (own.length > 0) {
      const to = daysFrom(days.to, scene.today) > 0 ? scene.today : days.to;
      earlier.push({ value: { type: "date", from: `${days.from}`, to: `${to}` }, words: quote });
    }
  }
  return exact.length > 0 ? agreed(exact) : agreed(earlier);
}

function eventWords({ policy, text }: ReadingScene): EventWord[] {
  const none = { zh: [], en: [] };
  const hasHappened = ({ start }: Span) => !toCome.test(text.slice(Math.max(0, start - 14), start));
  return policy.inputs.flatMap((input) =>
    input.type === "date"
      ? [
          ...findMeantWords(text, input.words)
            .filter(hasHappened)
            .map((span) => ({
              ...span,
              input: input.key,
              isEarlier: false,
            })),
          ...findMeantWords(text, input.earlierWords ?? none)
            .filter(hasHappened)
            .map((span) => ({
              ...span,
              input: input.key,
              isEarlier: true,
            })),
        ]
      : [],
  );
}

/** The words of events in the same clause that are nearest to a day; a length of time follows its event, or "since" does. */
function nearest(text: string, days: Days, words: readonly EventWord[]): EventWord[] {
  const clause = clauseAround(text, days);
  const near = words.filter(
    (word) =>
      isInside(word, clause) &&
      distance(word, days) <= farthest &&
      (!days.isDuration || word.end <= days.start || text.slice(days.end, word.start).includes("since")),
  );
  const least = Math.min(...near.map((word) => distance(word, days)));
  return near.filter((word) => distance(word, days) === least);
}

/**
 * "周日买的还能退吗" asks about a Sunday gone by, though the message goes on about what is to come: a day that was not
 * fully said is read anew with its event alone. Null where the event is not said to be past ("周日收到能退吗").
 */
function laidInPast(scene: ReadingScene, days: Days, event: EventWord | undefined): Days | null {
  const { policy, text, today } = scene;
  if (event === undefined || days.isFullySaid || daysFrom(days.from, today) >= 0) return days;
  const ending = /^[的了]/u.test(text.slice(event.end)) ? 1 : 0;
  const isPast = ending > 0 || pastEnglish.test(text.slice(event.start, event.end));
  const part = text.slice(clauseAround(text, days).start, Math.max(days.end, event.end + ending));
  const now = new Date(
    today.toZonedDateTime({ timeZone: policy.timeZone, plainTime: "12:00" }).epochMilliseconds,
  );
  const again = findEntities(part, { now, timeZone: policy.timeZone }).find(
    (entity) => entity.kind === "date-time" && entity.text === text.slice(days.start, days.end),
  );
  if (!isPast || again?.kind !== "date-time") return null;
  const past = ofDate(again, scene);
  return past === null || daysFrom(past.from, today) < 0 ? null : { ...days, ...past };
}

function daysIn(scene: ReadingScene): Days[] {
  return scene.entities.flatMap((entity): Days[] => {
    const { start, end, text } = entity;
    const before = scene.text.slice(Math.max(0, start - 14), start);
    const after = scene.text.slice(end, end + 10);
    if (roughBefore.test(before) || roughAfter.test(after) || neighbours.test(text)) return [];
    if (isDenied(scene.text, start)) return [];
    const found =
      entity.kind === "date-time" ? ofDate(entity, scene) : ofDuration(entity, after, scene.today);
    if (found === null) return [];
    const isOpen = entity.kind === "date-time" && (entity.assumed.length > 0 || bareWeekday.test(text));
    return [{ start, end, isDuration: entity.kind === "duration", isFullySaid: !isOpen, ...found }];
  });
}

function ofDate(
  entity: Extract<Entity, { kind: "date-time" }>,
  { policy: { timeZone } }: ReadingScene,
): { from: Temporal.PlainDate; to: Temporal.PlainDate } | null {
  if (/内$|^within/u.test(entity.text)) return null; // a deadline
  const from = dayIn(timeZone, new Date(entity.startsAt));
  const to = dayIn(timeZone, new Date(new Date(entity.endsAt).getTime() - 1));
  const days = /前$|ago$|earlier$/u.test(entity.text) ? spreadOf(entity.text) : 0;
  return { from: from.subtract({ days }), to: to.add({ days }) };
}

/** "买了六天" is six days ago; "一个月" is a month, give or take half of one. */
function ofDuration(
  entity: Entity,
  after: string,
  today: Temporal.PlainDate,
): { from: Temporal.PlainDate; to: Temporal.PlainDate } | null {
  if (entity.kind !== "duration" || entity.isApproximate || termAfter.test(after)) return null;
  const days = entity.seconds / 86_400;
  const spread = spreadOf(entity.text);
  if (days < 1 || (spread === 0 && !Number.isInteger(days))) return null;
  const centre = today.subtract({ days: Math.round(days) });
  return { from: centre.subtract({ days: spread }), to: centre.add({ days: spread }) };
}

/** Days by which a length of time in this unit may be off: half a unit, and half of that for "半年". */
function spreadOf(text: string): number {
  const days = coarseUnit.find(([unit]) => unit.test(text))?.[1] ?? 0;
  return /^半|^half/u.test(text) ? Math.ceil(days / 2) : days;
}
