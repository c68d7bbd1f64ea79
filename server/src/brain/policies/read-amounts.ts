// Amounts of money and numbers out of a customer's words. "满 300 吗我买了 280": the 280 stands beside "买了" and is the
// order's; the 300 is a limit that is asked about. Called by read-policy-inputs.ts.

import type { InputSource } from "@yingda/contract";
import { clauseAround, distance, findMeantWords, isDenied, isInside, type Span } from "./clauses.ts";
import { minorUnits } from "./compile-condition.ts";
import { agreed, answersAlone, type Reading, type ReadingResult, type ReadingScene } from "./reading.ts";

type MoneyInput = Extract<InputSource, { type: "money" }>;
type NumberInput = Extract<InputSource, { type: "number" }>;

const farthest = 20;
/** Before an amount: a limit, a fee, a discount, or roughly. */
const notOwnBefore =
  /(?:满|超过|达到|不到|不足|低于|高于|大于|小于|差|少|再买|再凑|运费|邮费|快递费|配送费|退|退了|优惠|减|券|红包|押金|定金|大概|差不多|大约|over|above|under|below|more than|less than|at least|at most|minimum|about|around|almost|nearly|fee|shipping|discount|coupon|another|refund|refunded)(?:是|要|of|is|\s|:)*$/u;
const notOwnAfter =
  /^\s?(?:多|左右|以上|以下|以内|起|门槛|运费|邮费|优惠|的?券|or more|or less|or so|off|discount|coupon|fee|shipping)/u;
/** A number without a currency directly behind a word of buying: "买了280", "the total is 280". */
const bareNumber =
  /(?<![\d.,a-z¥$])\d{1,7}(?:\.\d{1,2})?(?![\d.,]*\d)(?=$|[,;!?，。；！？.]|[能够可包免要吗呢了的到寄算]|\s(?:so|can|is|do|does|will|and|in total)\b)/gu;
const glue = /^(?:了|过|是|共|花|:|\s|is|was|of)*$/u;
const onlyNumber = /\d{1,7}(?:\.\d{1,2})?/u;

/** The order's amount in the input's currency. */
export function readMoney(scene: ReadingScene, input: MoneyInput): ReadingResult {
  const { text, entities } = scene;
  const words = findMeantWords(text, input.words);
  const named = entities.flatMap((entity): Reading[] => {
    if (entity.kind !== "money" || entity.currency !== input.currency || !isOwn(text, entity)) return [];
    const clause = clauseAround(text, entity);
    const isBeside = words.some((word) => isInside(word, clause) && distance(word, entity) <= farthest);
    if (!isBeside && !answersAlone(scene, entity, input, ["money"])) return [];
    return [money(entity.amountMinor, input, entity.text)];
  });
  const bare = [...text.matchAll(bareNumber)].flatMap((found): Reading[] => {
    const span = spanOf(found);
    const isTaken = entities.some(({ start, end }) => start < span.end && end > span.start);
    const isBeside = words.some(({ end }) => end <= span.start && glue.test(text.slice(end, span.start)));
    if (isTaken || !isBeside || !isOwn(text, span)) return [];
    return [money(minorUnits(found[0]), input, found[0])];
  });
  const all = [...named, ...bare];
  return all.length > 0
    ? agreed(all)
    : agreed(aloneNumber(scene, input).map((typed) => money(minorUnits(typed), input, typed)));
}

/** A count or a measure in one of the input's units. */
export function readNumber(scene: ReadingScene, input: NumberInput): ReadingResult {
  const units = input.units.map((unit) => unit.toLowerCase());
  const named = scene.entities.flatMap((entity): Reading[] => {
    if (entity.kind !== "quantity" || entity.isApproximate || !isOwn(scene.text, entity)) return [];
    if (!units.includes(entity.unit.toLowerCase())) return [];
    return [{ value: { type: "number", value: entity.amount }, words: entity.text }];
  });
  if (named.length > 0) return agreed(named);
  return agreed(
    aloneNumber(scene, input).map((typed) => ({
      value: { type: "number", value: Number(typed) },
      words: typed,
    })),
  );
}

/** A message that is a number and nothing else. */
function aloneNumber(scene: ReadingScene, input: InputSource): string[] {
  const found = onlyNumber.exec(scene.text);
  if (found === null) return [];
  return answersAlone(scene, spanOf(found), input, ["money", "number"]) ? [found[0]] : [];
}

function isOwn(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - 18), start);
  return !notOwnBefore.test(before) && !notOwnAfter.test(text.slice(end, end + 12)) && !isDenied(text, start);
}

function money(amountMinor: number, { currency }: MoneyInput, words: string): Reading {
  return { value: { type: "money", amountMinor, currency }, words };
}

function spanOf(found: RegExpMatchArray): Span {
  const start = found.index ?? 0;
  return { start, end: start + found[0].length };
}
