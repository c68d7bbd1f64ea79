// The shapes that every finder of entities shares: what was found, where, and the text that all of them read.
// The text is folded (half-width, small letters, simplified, nothing invisible) with a map back to what was typed.

import { toSimplified } from "../characters.ts";

export interface Found {
  /** The characters as typed; `original.slice(start, end)`. */
  text: string;
  start: number;
  /** Behind the last character, in UTF-16 units of the original. */
  end: number;
  /** 0-1: how sure the kind is, not the value. */
  confidence: number;
}

export const carriers = [
  "SF",
  "YTO",
  "ZTO",
  "STO",
  "Yunda",
  "JD",
  "EMS",
  "J&T",
  "Deppon",
  "UPS",
  "FedEx",
  "DHL",
  "USPS",
] as const;
export type Carrier = (typeof carriers)[number];

export const granularities = [
  "year",
  "month",
  "week",
  "weekend",
  "day",
  "part-of-day",
  "hour",
  "minute",
  "second",
  "range",
] as const;
export type Granularity = (typeof granularities)[number];

/** What each kind carries besides its value. The value is text, normalised, the same for the same thing. */
export type Entity = Found &
  (
    | { kind: "order"; value: string }
    /** Upper case. The carriers that the number may be of, likeliest first; the first is the guess. */
    | { kind: "parcel"; value: string; carriers: Carrier[] }
    /** Digits, with + and country code where it was given or is known: "+8613800000101", "4008001234". */
    | { kind: "phone"; value: string; phoneKind: "mobile" | "landline" | "service" | "international" }
    | { kind: "email"; value: string }
    | { kind: "url"; value: string }
    /** "99.50 CNY" */
    | { kind: "money"; value: string; amountMinor: number; currency: string }
    /**
     * ISO 8601: "2026-11-23", "2026-11", "2026-W48", "2026-11-23T15:00+08:00", or start/end of a stretch of time.
     * The stretch meant is from startsAt to endsAt (not in it), RFC 3339 UTC. `assumed` says what was not said.
     */
    | {
        kind: "date-time";
        value: string;
        granularity: Granularity;
        startsAt: string;
        endsAt: string;
        assumed: ("half-day" | "day" | "month" | "year")[];
      }
    /** ISO 8601: "P3D", "PT30M". Approximate: about so long, the smaller of two ends ("3-5天"), or a limit ("超过7天", "7天内"). */
    | { kind: "duration"; value: string; seconds: number; isApproximate: boolean }
    /** "2 件", "12 piece" */
    | { kind: "quantity"; value: string; amount: number; unit: string; isApproximate: boolean }
    /** "XL", "165/88A", "42", "EU 42" */
    | { kind: "size"; value: string }
    /** "165 cm" */
    | { kind: "height"; value: string; centimetres: number }
    /** "55 kg" */
    | { kind: "weight"; value: string; kilograms: number }
    /** "广东省/深圳市"; province alone, or a country alone. */
    | { kind: "region"; value: string; province: string | null; city: string | null; country: string | null }
    | { kind: "street"; value: string }
    | { kind: "postcode"; value: string }
    /** Id of the product in the catalogue. Others that fit nearly as well stand in `candidates`, best first. */
    | {
        kind: "product";
        value: string;
        name: string;
        candidates: { id: string; name: string; score: number }[];
      }
    /** The code as the given list spells it; one that is not on it keeps the customer's spelling. */
    | { kind: "fault-code"; value: string; isKnown: boolean }
  );
export type EntityKind = Entity["kind"];

/** What a finder tells: an entity without its place in the original, which `locate` adds. */
export type Finding = Entity extends infer E
  ? E extends Entity
    ? Omit<E, "text" | "start" | "end">
    : never
  : never;

export interface Scene {
  original: string;
  /** Folded; positions are mapped back by `from` and `to`. */
  text: string;
  /** Start in the original of each unit of `text`. */
  from: number[];
  /** End in the original of each unit of `text`. */
  to: number[];
}

const longestRead = 10_000; // a longer text is a pasted document; its head tells what it is about
const invisible =
  /\u00AD|[\u200B-\u200F]|[\u202A-\u202E]|[\u2060-\u2064]|[\u2066-\u2069]|[\uFE00-\uFE0F]|\uFEFF/u;
const plain = /^[\n -~]*$/u;

/** Folds a text for the finders; only the first 10,000 units are read. */
export function sceneOf(original: string): Scene {
  const head = original.slice(0, longestRead);
  const from: number[] = [];
  const to: number[] = [];
  let text = "";
  let at = 0;
  for (const character of head) {
    const end = at + character.length;
    const folded = plain.test(character) ? character.toLowerCase() : foldCharacter(character);
    for (let i = 0; i < folded.length; i += 1) {
      from.push(at);
      to.push(end);
    }
    text += folded;
    at = end;
  }
  return { original, text, from, to };
}

function foldCharacter(character: string): string {
  if (invisible.test(character)) return "";
  const folded = character.normalize("NFKC").toLowerCase();
  return /[\p{Cc}\p{Zs}]/u.test(folded) ? " " : toSimplified(folded);
}

/** An entity from a finding and its place in the folded text, or null for an empty place. */
export function locate(scene: Scene, start: number, end: number, finding: Finding): Entity | null {
  const first = scene.from[start];
  const last = scene.to[end - 1];
  if (first === undefined || last === undefined || end <= start) return null;
  return { ...finding, text: scene.original.slice(first, last), start: first, end: last } as Entity;
}

/** A piece of the folded text with what it means; what finders hand to findEntities. */
export interface Piece {
  start: number;
  end: number;
  finding: Finding;
}

/** Every match of a pattern as pieces; the reader may refuse one by null, or narrow it by giving its own place. */
export function piecesOf(
  text: string,
  pattern: RegExp,
  read: (found: RegExpExecArray) => Finding | Piece | null,
): Piece[] {
  const pieces: Piece[] = [];
  for (const found of text.matchAll(pattern)) {
    const reading = read(found);
    if (reading === null || found[0] === "") continue;
    if ("finding" in reading) pieces.push(reading);
    else pieces.push({ start: found.index, end: found.index + found[0].length, finding: reading });
  }
  return pieces;
}
