// Puts a flow's values into a request so that no value can change its shape: path parts are encoded, a JSON body is built as
// values and written out once, a template is filled inside its strings only.

import type { ToolParameter } from "@yingda/contract";
import { AppError } from "../../../platform/errors.ts";

export type Values = Record<string, unknown>;

/** What a parameter is given: its fixed value or the flow's; undefined where an optional one is not there. */
export function parameterValue(parameter: ToolParameter, input: Values): unknown {
  if (parameter.input === null) return parameter.value;
  const given = Object.hasOwn(input, parameter.input) ? input[parameter.input] : undefined;
  const value = given ?? parameter.value;
  if ((value === undefined || value === null || value === "") && parameter.isRequired)
    throw new AppError("tool/input-missing", { details: { input: parameter.input } });
  return value === undefined || value === null ? undefined : typed(value, parameter.type);
}

function typed(value: unknown, type: ToolParameter["type"]): unknown {
  if (type === "number") {
    const number = Number(plain(value));
    return Number.isFinite(number) ? number : plain(value);
  }
  if (type === "yes-no") return value === true || value === "yes" || value === "true";
  return typeof value === "object" && !isMoney(value) ? value : plain(value);
}

function isMoney(value: unknown): value is { amountMinor: number } {
  return typeof value === "object" && value !== null && "amountMinor" in value;
}

/** As a word: amounts in whole units. */
export function plain(value: unknown): string {
  if (isMoney(value)) return String(value.amountMinor / 100);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);
}

/** `/orders/{number}` with its parts encoded. A part that would climb the path is refused. */
export function fillPath(path: string, parts: ReadonlyMap<string, string>): string {
  return path.replaceAll(/\{([^{}]+)\}/gu, (_, name: string) => {
    const value = parts.get(name);
    if (value === undefined || value === "" || /^\.{1,2}$/u.test(value))
      throw new AppError("tool/input-missing", { details: { input: name } });
    return encodeURIComponent(value.toWellFormed());
  });
}

/** Writes a value at "customer.items.0.name"; numbers are places in a list. "*" is the whole body. */
export function putAt(body: unknown, name: string, value: unknown): unknown {
  if (name === "*") return value;
  const [first = "", ...rest] = name.split(".");
  const isPlace = /^\d{1,3}$/u.test(first);
  const inner = (before: unknown) => (rest.length === 0 ? value : putAt(before, rest.join("."), value));
  if (isPlace) {
    const list = Array.isArray(body) ? [...(body as unknown[])] : [];
    list[Number(first)] = inner(list[Number(first)]);
    return list;
  }
  const object = typeof body === "object" && body !== null && !Array.isArray(body) ? (body as Values) : {};
  const before = Object.hasOwn(object, first) ? object[first] : undefined;
  return Object.fromEntries([
    ...Object.entries(object).filter(([key]) => key !== first),
    [first, inner(before)],
  ]);
}

const hole = /\{\{\s*([A-Za-z][A-Za-z0-9_-]{0,59})\s*\}\}/gu;
const onlyHole = /^\{\{\s*([A-Za-z][A-Za-z0-9_-]{0,59})\s*\}\}$/u;

/** Fills a JSON value's strings: a lone {{hole}} keeps the value's type, an absent one is left out of its object. */
export function fillJson(template: unknown, input: Values): unknown {
  if (typeof template === "string") {
    const [, name] = onlyHole.exec(template) ?? [];
    if (name !== undefined) return Object.hasOwn(input, name) ? input[name] : undefined;
    return template.replaceAll(hole, (_, each: string) =>
      Object.hasOwn(input, each) ? plain(input[each]) : "",
    );
  }
  if (Array.isArray(template)) return template.map((each) => fillJson(each, input) ?? null);
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template)
      .map(([key, value]) => [key, fillJson(value, input)] as const)
      .filter(([, value]) => value !== undefined),
  );
}

/** Names of the holes of a template. */
export function holesOf(template: string): string[] {
  return [...new Set([...template.matchAll(hole)].map(([, name = ""]) => name))];
}
