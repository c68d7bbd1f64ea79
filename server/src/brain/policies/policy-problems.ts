// What is said to an owner whose policy is wrong, in both languages: what, where (the path), and what to do.

import type { Bilingual } from "@yingda/contract";
import type { PolicyProblem, PolicyProblemCode } from "./policy.ts";

/** First and second detail of a problem: a key, a name, the list of what would be right. */
type Say = (first: string, second: string) => Bilingual;

const sayings: Record<PolicyProblemCode, Say> = {
  "too-large": (most) => ({
    zh: `内容太长，最多 ${most} 个字符。请拆成几个规则。`,
    en: `Too long: at most ${most} characters. Split it into several policies.`,
  }),
  "not-yaml": (line) => ({
    zh: `第 ${line} 行读不懂，请检查缩进和引号。`,
    en: `Line ${line} cannot be read; check the indentation and the quotes.`,
  }),
  shape: (zh, en) => ({ zh, en }),
  "unknown-time-zone": (name) => ({
    zh: `没有“${name}”这个时区，例如写 Asia/Shanghai。`,
    en: `There is no time zone “${name}”; write for example Asia/Shanghai.`,
  }),
  "duplicate-key": (name) => ({
    zh: `“${name}”用了两次，请换一个名字。`,
    en: `“${name}” is used twice; give one another name.`,
  }),
  "unknown-input": (name, known) => ({
    zh: `没有“${name}”这个输入，已有：${known}。`,
    en: `There is no input “${name}”; there are: ${known}.`,
  }),
  "unknown-choice": (name, known) => ({
    zh: `没有“${name}”这个选项，已有：${known}。`,
    en: `There is no choice “${name}”; there are: ${known}.`,
  }),
  "unknown-region": (name) => ({
    zh: `不认识地区“${name}”，请写国家、省或市的名字。`,
    en: `“${name}” is no place known here; write a country, province or city.`,
  }),
  "wrong-condition": (name, fitting) => ({
    zh: `对“${name}”请只写一种条件：${fitting}。`,
    en: `For “${name}” write exactly one of: ${fitting}.`,
  }),
  "empty-range": (name) => ({
    zh: `“${name}”的范围是空的，没有任何值符合，请检查上下限。`,
    en: `The range of “${name}” is empty: no value fits. Check its bounds.`,
  }),
  "missing-default": () => ({
    zh: "没有写默认结果（default）：规则都不符合时怎么办？",
    en: "There is no default: what holds when no rule fits?",
  }),
  "unreachable-rule": (name, earlier) => ({
    zh: `规则“${name}”永远轮不到，前面的“${earlier}”已经全部包括了它。请移到前面或删除。`,
    en: `The rule “${name}” is never reached: “${earlier}” before it takes all it covers. Move it up or remove it.`,
  }),
  "overlapping-rules": (name, other) => ({
    zh: `规则“${name}”和“${other}”有一部分重叠而结果不同，请把范围分开。`,
    en: `The rules “${name}” and “${other}” overlap in part and say different things. Make their ranges meet instead.`,
  }),
  "too-tangled": (name) => ({
    zh: `到规则“${name}”为止条件交叉太多，无法检查。请拆成几个规则集。`,
    en: `Up to the rule “${name}” the conditions cross in too many ways to be checked. Split the policy.`,
  }),
};

/** @param path where it is; `first` and `second` as the code's saying wants them. */
export function problem(code: PolicyProblemCode, path: string, first = "", second = ""): PolicyProblem {
  return { code, path, words: sayings[code](first, second) };
}
