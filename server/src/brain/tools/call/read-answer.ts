// The fields that a flow gets out of an answer: the picks of the tool, with their types and codes. Data from outside: what
// does not fit is left out.

import type { ToolPick } from "@yingda/contract";

const mostListed = 20;
const mostFields = 40;
const longestText = 4_000;

/** Fields by name; without picks the plain values on top. */
export function readFields(answer: unknown, picks: readonly ToolPick[]): Record<string, unknown> {
  if (picks.length === 0) return plainFields(answer);
  const entries = picks.flatMap((pick): [string, unknown][] => {
    const value = asType(valueAt(answer, pick.at), pick);
    return value === undefined ? [] : [[pick.name, value]];
  });
  return Object.fromEntries(entries);
}

/** Many systems answer 200 to everything and write in it that nothing was done. Only what can mean nothing else. */
export function saysNo(answer: unknown): boolean {
  const code = valueAt(answer, "errcode");
  const isCode = typeof code === "number" || (typeof code === "string" && /^-?\d{1,9}$/u.test(code));
  if (isCode && Number(code) !== 0) return true;
  return valueAt(answer, "success") === false || valueAt(answer, "ok") === false;
}

/** The value behind "data.items[0].status"; undefined where a level is missing. */
export function valueAt(answer: unknown, at: string): unknown {
  const steps = at
    .replace(/^\$\.?/u, "")
    .split(/[.[\]]+/u)
    .filter((step) => step !== "");
  return steps.reduce<unknown>((value, step) => {
    if (typeof value !== "object" || value === null) return undefined;
    if (Array.isArray(value)) return /^\d{1,6}$/u.test(step) ? (value as unknown[])[Number(step)] : undefined;
    return Object.hasOwn(value, step) ? (value as Record<string, unknown>)[step] : undefined;
  }, answer);
}

function plainFields(answer: unknown): Record<string, unknown> {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) return {};
  const entries = Object.entries(answer).flatMap(([name, value]): [string, unknown][] => {
    const isPlain = typeof value === "number" || typeof value === "boolean" || typeof value === "string";
    return isPlain ? [[name, typeof value === "string" ? value.slice(0, longestText) : value]] : [];
  });
  return Object.fromEntries(entries.slice(0, mostFields));
}

function asType(value: unknown, { type, codes }: ToolPick): unknown {
  if (value === undefined || value === null) return undefined;
  if (type === "list") return asList(value);
  if (typeof value === "object") return undefined;
  const word = String(value);
  const ours = Object.hasOwn(codes, word) ? codes[word] : undefined;
  if (ours !== undefined) return ours;
  switch (type) {
    case "number":
      return numberOf(word);
    case "money": {
      const amount = numberOf(word.replaceAll(/[¥￥,\s]/gu, ""));
      return amount === undefined ? undefined : { amountMinor: Math.round(amount * 100), currency: "CNY" };
    }
    case "yes-no":
      return value === true || word === "1" || /^(?:true|yes|y|是)$/iu.test(word);
    default:
      return word.slice(0, longestText);
  }
}

/** An empty word is no zero. */
function numberOf(word: string): number | undefined {
  const number = word.trim() === "" ? Number.NaN : Number(word);
  return Number.isFinite(number) ? number : undefined;
}

function asList(value: unknown): { value: string; label: string }[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return (value as unknown[]).slice(0, mostListed).flatMap((each) => {
    if (typeof each === "string" || typeof each === "number")
      return [{ value: String(each).slice(0, 100), label: String(each).slice(0, 200) }];
    const { value: code, label, id, name, title } = (each ?? {}) as Record<string, unknown>;
    const own = code ?? id ?? name;
    if (typeof own !== "string" && typeof own !== "number") return [];
    const shown = label ?? name ?? title ?? own;
    return [{ value: String(own).slice(0, 100), label: String(shown).slice(0, 200) }];
  });
}
