// Reads one slot from what was said. Asked for, a slot reads leniently ("12345678" is the order number that was asked
// for); unasked it takes only what is surely its own. Never throws on any text.

import { type Entity, findEntities, readNumber, unifyCharacters } from "@yingda/language";
import type { FlowSlot } from "../definition/flow.ts";
import type { FlowDeps, SlotValue } from "./flow-run.ts";
import { readAddress } from "./read-address.ts";
import { type Choosable, readChoice } from "./read-choice.ts";
import { plain, showValue } from "./show-value.ts";
import { fitsSlot } from "./validate-slot.ts";
import { isSkip, readYesNo } from "./yes-no.ts";

export interface Heard {
  /** As typed, without surrounding spaces. */
  text: string;
  entities: Entity[];
  photos: string[];
}

export interface ReadOptions {
  isAsked: boolean;
  /** The last of several counts: "不是白色，是黑色". */
  last: boolean;
  /** What a choice slot may be; empty for other types. */
  choices: (Choosable & { label: SlotValue["shown"] })[];
  /** Entities that another slot has taken. */
  taken: ReadonlySet<Entity>;
  deps: FlowDeps;
}

export interface Reading {
  value: SlotValue;
  used: Entity[];
}

const longestRead = 2_000; // characters; an answer to a question is short

/** Finds once what all slots are read from. */
export function hear(text: string, photos: readonly string[], deps: FlowDeps): Heard {
  const head = text
    .slice(0, longestRead)
    .trim()
    .replace(/^(\d{1,20})#$/u, "$1"); // keyed in on a phone
  return { text: head, entities: head === "" ? [] : findEntities(head, deps), photos: photos.slice(0, 9) };
}

/** The slot's value as heard, or null when nothing fits or what fits is not valid. */
export function readSlot(slot: FlowSlot, heard: Heard, options: ReadOptions): Reading | null {
  const reading = read(slot, heard, options);
  if (reading !== null && fitsSlot(slot, reading.value, options.deps)) return reading;
  const isLeftOut = slot.isOptional && options.isAsked && reading === null && isSkip(heard.text);
  return isLeftOut ? { value: { value: null, shown: plain("") }, used: [] } : null;
}

function read(slot: FlowSlot, heard: Heard, options: ReadOptions): Reading | null {
  const { isAsked } = options;
  switch (slot.type) {
    case "text":
      return readText(slot, heard, options);
    case "number":
      return readAmountOf(slot, heard, options);
    case "money":
      return readMoney(heard, options);
    case "date":
      return readDay(heard, options);
    case "order-number":
      return (
        byKind(heard, options, ["order"]) ??
        besideItsName(heard) ??
        (isAsked ? (byKind(heard, options, ["parcel"]) ?? byToken(heard, 4)) : null)
      );
    case "parcel-number":
      return (
        byKind(heard, options, ["parcel"]) ??
        (isAsked ? (byKind(heard, options, ["order"]) ?? byToken(heard, 8)) : null)
      );
    case "phone":
      return byKind(heard, options, ["phone"]) ?? (isAsked ? readPhone(heard) : null);
    case "e-mail":
      return byKind(heard, options, ["email"]);
    case "choice":
      return readOneOf(heard, options);
    case "yes-no": {
      const answer = isAsked ? readYesNo(heard.text) : null;
      const shown = answer === "yes" ? { zh: "是", en: "yes" } : { zh: "否", en: "no" };
      return answer === null ? null : { value: { value: answer, shown }, used: [] };
    }
    case "address":
      return readAddress(heard, isAsked);
    case "photo":
      return heard.photos.length === 0
        ? null
        : {
            value: {
              value: heard.photos.join(","),
              shown: { zh: `${heard.photos.length}张图片`, en: `${heard.photos.length} picture(s)` },
            },
            used: [],
          };
  }
}

function pick<E extends Entity>(entities: E[], { last, taken }: ReadOptions): E | undefined {
  const free = entities.filter((entity) => !taken.has(entity));
  return last ? free.at(-1) : free[0];
}

function byKind(heard: Heard, options: ReadOptions, kinds: Entity["kind"][]): Reading | null {
  const entity = pick(
    heard.entities.filter(({ kind }) => kinds.includes(kind)),
    options,
  );
  if (entity === undefined) return null;
  const shown =
    entity.kind === "phone" ? entity.text : entity.kind === "product" ? entity.name : entity.value;
  return { value: { value: entity.value, shown: plain(shown) }, used: [entity] };
}

/** A number without words around that tell its kind: letters, digits and hyphens with at least `digits` digits. */
function byToken({ text }: Heard, digits: number): Reading | null {
  const tokens = unifyCharacters(text).match(/[a-z\d][a-z\d-]{3,31}/gu) ?? [];
  const found = tokens.find((token) => token.replace(/\D/gu, "").length >= digits);
  return found === undefined ? null : { value: textValue(found.toUpperCase()), used: [] };
}

/** "我的订单 1001": too short to be a number of an order anywhere else; a year, a date or a price is none. */
function besideItsName({ text }: Heard): Reading | null {
  const found =
    /(?:订单编?号?|单号|\border(?: number| no\.?)?)[ :：是为#]{0,3}(\d{4,20})(?![\d年月日号元块.-])/u.exec(
      unifyCharacters(text),
    );
  return found?.[1] === undefined ? null : { value: textValue(found[1]), used: [] };
}

function readPhone({ text }: Heard): Reading | null {
  const digits = unifyCharacters(text).replace(/[\s()#-]/gu, "");
  return /^\+?\d{7,15}$/u.test(digits) ? { value: textValue(digits), used: [] } : null;
}

function readText(slot: FlowSlot, heard: Heard, options: ReadOptions): Reading | null {
  const { reads } = slot;
  if (reads !== undefined && reads !== "name") {
    const found = byKind(heard, options, [reads]);
    if (found !== null || !options.isAsked) return found;
  }
  if (!options.isAsked || isSkip(heard.text)) return null;
  const text = reads === "name" ? withoutIntroduction(heard) : heard.text;
  return /[\p{L}\p{N}]/u.test(text) ? { value: textValue(text), used: [] } : null;
}

/** "我姓王，电话13800000101" is 王: what introduces a name, and details beside it, are no part of it. */
function withoutIntroduction({ text, entities }: Heard): string {
  const detail = entities.find(({ kind }) => kind === "phone" || kind === "email");
  const before = detail === undefined ? text : text.slice(0, detail.start).trim();
  const head = before || text.slice(detail?.end).replace(/^[\s,，。;；、]+/u, "");
  const [first = ""] = head
    .replace(/^(?:(?:你|您)好|hi|hello|hey)[\s,，。!！]*/iu, "")
    .split(/[,，。;；\n]/u);
  return first
    .replace(
      /^\s*(?:我的?(?:名字|姓名)?(?:叫做?|是|姓)|叫我|姓名是?|my name is|i am|i'm|this is|it's|call me)[\s:：]*/iu,
      "",
    )
    .trim();
}

function readAmountOf(slot: FlowSlot, heard: Heard, options: ReadOptions): Reading | null {
  const measured = heard.entities.filter(
    (entity) => entity.kind === "quantity" && slot.units.includes(entity.unit),
  );
  const quantity = pick(measured, options);
  if (quantity?.kind === "quantity") return { value: numberValue(quantity.amount), used: [quantity] };
  if (!options.isAsked) return null;
  const said = unifyCharacters(heard.text);
  const token = /\d[\d,.]{0,14}|[零一二两三四五六七八九十百千万]{1,8}/u.exec(said)?.[0].replace(/[,.]$/u, "");
  const number = readNumber(said) ?? wordNumber(said) ?? (token === undefined ? null : readNumber(token));
  return number === null ? null : { value: numberValue(number), used: [] };
}

/** "three of us": the first word that is a number. */
function wordNumber(said: string): number | null {
  const word = said.split(/[^a-z]+/u).find((part) => part.length > 2 && readNumber(part) !== null);
  return word === undefined ? null : readNumber(word);
}

function readMoney(heard: Heard, options: ReadOptions): Reading | null {
  const entity = pick(
    heard.entities.filter((each) => each.kind === "money"),
    options,
  );
  if (entity?.kind === "money") {
    const { amountMinor, currency } = entity;
    return { value: spokenValue({ amountMinor, currency }, options.deps), used: [entity] };
  }
  const number = options.isAsked ? readNumber(unifyCharacters(heard.text)) : null;
  if (number === null) return null;
  const amountMinor = Math.round(number * 100);
  return { value: spokenValue({ amountMinor, currency: "CNY" }, options.deps), used: [] };
}

const dayLike = ["day", "part-of-day", "hour", "minute", "second"];

/** A day, "2026-11-24"; a week or a month is none. The time of day stays for other slots. */
function readDay(heard: Heard, options: ReadOptions): Reading | null {
  const entity = pick(
    heard.entities.filter(
      (each) =>
        each.kind === "date-time" &&
        dayLike.includes(each.granularity) &&
        (options.isAsked || !each.assumed.includes("day")),
    ),
    options,
  );
  if (entity === undefined) return null;
  const day = /^\d{4}-\d{2}-\d{2}/u.exec(entity.value)?.[0];
  return day === undefined ? null : { value: spokenValue(day, options.deps), used: [entity] };
}

function readOneOf(heard: Heard, options: ReadOptions): Reading | null {
  const value = readChoice(heard.text, heard.entities, options.choices, options);
  const choice = options.choices.find((each) => each.value === value);
  return choice === undefined ? null : { value: { value: choice.value, shown: choice.label }, used: [] };
}

function textValue(text: string): SlotValue {
  return { value: text, shown: plain(text) };
}

function numberValue(value: number): SlotValue {
  return { value, shown: plain(String(value)) };
}

function spokenValue(value: string | { amountMinor: number; currency: string }, deps: FlowDeps): SlotValue {
  return { value, shown: showValue(value, deps.timeZone ?? "Asia/Shanghai") ?? plain("") };
}
