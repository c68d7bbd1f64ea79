// The computation behind a decision as lines that a customer and an owner can check: what was measured, what was needed,
// whether it fits. Called by decide-policy.ts.

import type { Bilingual, InputSource } from "@yingda/contract";
import type { Temporal } from "temporal-polyfill";
import { judgeCondition, type Known, type KnownValue, measured } from "./judge-condition.ts";
import { placeNames } from "./place-names.ts";
import type { Condition, Line, Policy } from "./policy.ts";

export interface ComputationLine {
  input: string;
  isMet: boolean;
  /** "签收 6 天（2026-11-15）；要求：7 天以内，最后一天也算，到 2026-11-22 为止 → 符合" */
  words: Bilingual;
}

const none = Number.NEGATIVE_INFINITY;

/** A line for each condition whose input is known, each said once. */
export function showComputation(
  policy: Policy,
  conditions: readonly Condition[],
  known: ReadonlyMap<string, Known>,
  today: Temporal.PlainDate,
): ComputationLine[] {
  const lines = conditions.flatMap((condition): ComputationLine[] => {
    const input = policy.inputs.find(({ key }) => key === condition.input);
    const one = known.get(condition.input);
    if (input === undefined || one === undefined || "missing" in one) return [];
    const isMet = judgeCondition(condition, one.value, today) === true;
    const has = showValue(input, condition, one.value, today);
    const needs = showNeed(input, condition, one.value);
    const words = {
      zh: `${input.called.zh} ${has.zh}；要求：${needs.zh} → ${isMet ? "符合" : "不符合"}`,
      en: `${input.called.en} ${has.en}; needed: ${needs.en} → ${isMet ? "met" : "not met"}`,
    };
    return [{ input: input.key, isMet, words }];
  });
  return lines.filter(({ words }, at) => lines.findIndex((line) => line.words.zh === words.zh) === at);
}

function showValue(
  input: InputSource,
  condition: Condition,
  value: KnownValue,
  today: Temporal.PlainDate,
): Bilingual {
  switch (value.type) {
    case "money":
      return showMoney(value.amountMinor, value.currency);
    case "number":
      return withUnit(input, String(value.value));
    case "choice":
      return choiceNames(input, [value.key]);
    case "region":
      return placeNames([value]);
    case "date": {
      const days = daySpan(value.from.toString(), value.to.toString());
      if (condition.measure === "on") return days;
      if (condition.measure === "months-since")
        return { zh: `${days.zh}，今天 ${today}`, en: `${days.en}, today is ${today}` };
      const { min, max } = measured(condition, value, today);
      const count = span(String(min), String(max));
      return {
        zh: `${count} 天（${days.zh}）`,
        en: `${count} ${count === "1" ? "day" : "days"} ago (${days.en})`,
      };
    }
  }
}

function showNeed(input: InputSource, condition: Condition, value: KnownValue): Bilingual {
  const { set, measure, places } = condition;
  if (places !== null) {
    const names = placeNames(places.listed);
    return places.isExcluded ? { zh: `不在${names.zh}`, en: `outside ${names.en}` } : names;
  }
  if (set.kind === "keys") return choiceNames(input, [...set.keys]);
  switch (measure) {
    case "days-since":
      return showTerm(set, value, "days");
    case "months-since":
      return showTerm(set, value, "months");
    case "amount":
      return showRange(set, 0, (bound) => showMoney(bound, input.type === "money" ? input.currency : ""));
    case "number":
      return showRange(set, none, (bound) => withUnit(input, String(bound / 1_000)));
    default:
      return showRange(set, none, (bound) => same(new Date(bound * 86_400_000).toISOString().slice(0, 10)));
  }
}

/** A term with its last day, where the day it runs from is known. */
function showTerm(line: Line, value: KnownValue, step: "days" | "months"): Bilingual {
  const isDay = value.type === "date" && value.from.equals(value.to);
  const range = termRange(line, step);
  if (line.max === Number.POSITIVE_INFINITY || !isDay) return range;
  const last = value.from.add({ [step]: line.max }).toString();
  return { zh: `${range.zh}，到 ${last} 为止`, en: `${range.en}, until ${last}` };
}

function termRange({ min, max }: Line, step: "days" | "months"): Bilingual {
  const unit = step === "days" ? "天" : "个月";
  if (max === Number.POSITIVE_INFINITY) return { zh: `第 ${min} ${unit}起`, en: `${min} ${step} or more` };
  if (min > 0) return { zh: `第 ${min} 到第 ${max} ${unit}`, en: `${min} to ${max} ${step}` };
  return { zh: `${max} ${unit}以内，最后一天也算`, en: `within ${max} ${step}, the last day included` };
}

function showRange({ min, max }: Line, lowest: number, show: (bound: number) => Bilingual): Bilingual {
  if (max === Number.POSITIVE_INFINITY)
    return { zh: `不低于 ${show(min).zh}`, en: `at least ${show(min).en}` };
  if (min <= lowest) return { zh: `不超过 ${show(max).zh}`, en: `at most ${show(max).en}` };
  return { zh: `${show(min).zh}到 ${show(max).zh}`, en: `${show(min).en} to ${show(max).en}` };
}

/** "280 元", "99.5 元"; other currencies by their code. Written from the integer, digit by digit. */
function showMoney(amountMinor: number, currency: string): Bilingual {
  const whole = String(Math.floor(amountMinor / 100));
  const rest = amountMinor % 100;
  const amount = rest === 0 ? whole : `${whole}.${String(rest).padStart(2, "0")}`;
  return currency === "CNY" ? { zh: `${amount} 元`, en: `${amount} yuan` } : same(`${amount} ${currency}`);
}

function choiceNames(input: InputSource, keys: readonly string[]): Bilingual {
  const named = ("choices" in input ? input.choices : []).filter(({ key }) => keys.includes(key));
  return {
    zh: named.map(({ called }) => called.zh).join("、"),
    en: named.map(({ called }) => called.en).join(" / "),
  };
}

function withUnit(input: InputSource, amount: string): Bilingual {
  const unit = input.type === "number" ? input.unit : { zh: "", en: "" };
  return { zh: `${amount} ${unit.zh}`, en: `${amount} ${unit.en}` };
}

function span(from: string, to: string): string {
  return from === to ? from : `${from}–${to}`;
}

function daySpan(from: string, to: string): Bilingual {
  return from === to ? same(from) : { zh: `${from} 至 ${to}`, en: `${from} to ${to}` };
}

function same(text: string): Bilingual {
  return { zh: text, en: text };
}
