// Everything in a message that a form, a flow or a person would want to copy out of it: numbers of orders and parcels,
// telephones, amounts, dates, sizes, places, products, fault codes. Called by the brain once per message where a flow or
// a ticket needs it. Where two finders claim the same characters, the surer and longer claim wins.

import { findPostcodes, findRegions, findStreets } from "./addresses.ts";
import { findBody } from "./body-measures.ts";
import { findEmails, findPhones, findUrls } from "./contact-details.ts";
import { findDateTimes } from "./date-times.ts";
import { findDurations } from "./durations.ts";
import { type Entity, type EntityKind, locate, type Piece, sceneOf } from "./entity.ts";
import { findFaultCodes } from "./fault-codes.ts";
import { findMoney } from "./money.ts";
import { findOrderNumbers } from "./order-numbers.ts";
import type { CatalogueProduct } from "./product-index.ts";
import { findProducts } from "./products.ts";
import { findQuantities } from "./quantities.ts";
import { findSizes } from "./sizes.ts";

export interface FindOptions {
  /** What "tomorrow" is counted from; the caller's clock. */
  now: Date;
  /** IANA name; Asia/Shanghai without one. */
  timeZone?: string;
  /** Products to look for; the array is indexed once and must not be changed afterwards. */
  catalogue?: readonly CatalogueProduct[];
  /** Fault codes to look for, spelt as the manual does. */
  faultCodes?: readonly string[];
}

/** Which kind keeps the characters that several claim; the earlier one, unless the later one is longer and as sure. */
const rank: EntityKind[] = [
  "url",
  "email",
  "parcel",
  "phone",
  "order",
  "fault-code",
  "money",
  "date-time",
  "height",
  "weight",
  "size",
  "street",
  "postcode",
  "region",
  "product",
  "duration",
  "quantity",
];
const longerWins = 0.04;

/**
 * Finds entities in one message.
 *
 * In:  any text; the first 10,000 characters are read, and the first 400 for products.
 * Out: entities in reading order, none overlapping another; `text` is what was typed, `value` is normalised.
 * @throws RangeError for an unknown time zone or an invalid `now`; nothing on any text.
 */
export function findEntities(text: string, options: FindOptions): Entity[] {
  const scene = sceneOf(text);
  const folded = scene.text;
  const regions = findRegions(folded);
  const pieces = [
    ...findUrls(folded),
    ...findEmails(folded),
    ...findPhones(folded),
    ...findOrderNumbers(folded),
    ...findFaultCodes(folded, options.faultCodes ?? []),
    ...findMoney(folded),
    ...findDateTimes(folded, options.now, options.timeZone ?? "Asia/Shanghai"),
    ...findBody(folded),
    ...findSizes(folded),
    ...findStreets(folded, regions),
    ...findPostcodes(folded),
    ...regions,
    ...findProducts(scene, options.catalogue ?? []),
    ...findDurations(folded),
    ...findQuantities(folded),
  ];
  return settle(pieces)
    .map(({ start, end, finding }) => locate(scene, start, end, finding))
    .filter((entity) => entity !== null)
    .sort((a, b) => a.start - b.start);
}

/** Takes the strongest claims first and drops what overlaps them. */
function settle(pieces: Piece[]): Piece[] {
  const strength = ({ start, end, finding }: Piece) =>
    finding.confidence - rank.indexOf(finding.kind) * 0.03 + Math.min(20, end - start) * longerWins;
  const sorted = pieces
    .filter(({ start, end }) => end > start)
    .map((piece) => ({ piece, strength: strength(piece) }))
    .sort((a, b) => b.strength - a.strength || a.piece.start - b.piece.start);
  const taken: Piece[] = [];
  for (const { piece } of sorted)
    if (taken.every(({ start, end }) => piece.end <= start || piece.start >= end)) taken.push(piece);
  return taken;
}
