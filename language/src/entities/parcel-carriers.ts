// Which carrier a parcel number may be of, by its shape and, where the carrier has one, its check digit. Shapes are those
// that the carriers print today; several share lengths, so a guess stays a guess. Called by order-numbers.ts.

import type { Carrier } from "./entity.ts";

interface Shape {
  carrier: Carrier;
  pattern: RegExp;
  /** Tells real numbers from others of the same shape. */
  isValid?: (number: string) => boolean;
  /** The shape is common among other numbers too: only with a word of parcels beside it. */
  needsCue?: true;
}

const shapes: Shape[] = [
  { carrier: "SF", pattern: /^SF\d{12,15}$/u },
  { carrier: "YTO", pattern: /^YT\d{12,16}$/u },
  { carrier: "JD", pattern: /^JD(?!01)[A-Z]{0,3}\d{9,17}(?:-\d{1,3}-\d{1,3}-?)?$/u },
  { carrier: "J&T", pattern: /^(?:JT|UT)\d{12,15}$/u },
  { carrier: "ZTO", pattern: /^(?:ZTO\d{10,14}|7[3-8]\d{12})$/u },
  { carrier: "STO", pattern: /^(?:STO\d{10,13}|77\d{13})$/u },
  { carrier: "Yunda", pattern: /^(?:YD\d{10,15}|4[36]\d{13}|31[0-9]\d{10})$/u },
  { carrier: "Deppon", pattern: /^DPK?\d{9,15}$/u },
  { carrier: "EMS", pattern: /^[A-Z]{2}\d{9}CN$/u, isValid: hasPostalCheckDigit },
  { carrier: "EMS", pattern: /^(?:1[0-3]|5[01]|9[89])\d{11}$/u },
  { carrier: "UPS", pattern: /^1Z[0-9A-Z]{16}$/u, isValid: hasUpsCheckDigit },
  { carrier: "USPS", pattern: /^9[1-5]\d{20}$/u, isValid: hasUspsCheckDigit },
  { carrier: "USPS", pattern: /^[A-Z]{2}\d{9}US$/u, isValid: hasPostalCheckDigit },
  { carrier: "DHL", pattern: /^(?:JJD|JD01|GM)\d{10,20}$/u },
  {
    carrier: "DHL",
    pattern: /^\d{10}$/u,
    isValid: (number) => Number(number.slice(0, 9)) % 7 === Number(number[9]),
    needsCue: true,
  },
  { carrier: "FedEx", pattern: /^\d{12}$|^\d{15}$/u, isValid: hasFedExCheckDigit, needsCue: true },
  { carrier: "SF", pattern: /^\d{12}$/u, needsCue: true },
  { carrier: "ZTO", pattern: /^[2-6]\d{11}$/u, needsCue: true },
  { carrier: "YTO", pattern: /^[68]\d{9}$|^[DEGV]\d{9}$/u, needsCue: true },
  { carrier: "STO", pattern: /^(?:22|33|44|55|66|88)\d{10,11}$|^36[89]\d{9}$/u, needsCue: true },
  { carrier: "Deppon", pattern: /^[5-9]\d{8}$/u, needsCue: true },
];

const names: [Carrier, RegExp][] = [
  ["SF", /顺丰|顺风|\bsf\b|s\.?f\.? express/u],
  ["YTO", /圆通|\byto\b/u],
  ["ZTO", /中通|\bzto\b/u],
  ["STO", /申通|\bsto\b/u],
  ["Yunda", /韵达|运达|\byunda\b/u],
  ["JD", /京东|\bjd\b/u],
  ["EMS", /邮政|\bems\b|china post/u],
  ["J&T", /极兔|\bj ?[&t] ?t?\b/u],
  ["Deppon", /德邦|\bdeppon\b/u],
  ["UPS", /\bups\b/u],
  ["FedEx", /联邦快递|\bfedex\b/u],
  ["DHL", /敦豪|\bdhl\b/u],
  ["USPS", /\busps\b|us postal/u],
];

/** The carrier that a text names, or null. The text is folded. */
export function namedCarrier(text: string): Carrier | null {
  return names.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/**
 * Carriers whose numbers look like this one (upper case, no spaces), likeliest first; none when it is no parcel number.
 * Without a word of parcels beside it only telling shapes count.
 */
export function guessCarriers(number: string, hasCue: boolean): Carrier[] {
  const fitting = shapes.filter(
    ({ pattern, isValid, needsCue }) =>
      (hasCue || needsCue !== true) && pattern.test(number) && (isValid?.(number) ?? true),
  );
  return [...new Set(fitting.map(({ carrier }) => carrier))];
}

/** S10 of the Universal Postal Union. */
function hasPostalCheckDigit(number: string): boolean {
  const weights = [8, 6, 4, 2, 3, 5, 9, 7];
  const digits = number.slice(2, 11);
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  const rest = 11 - (sum % 11);
  const check = rest === 10 ? 0 : rest === 11 ? 5 : rest;
  return check === Number(digits[8]);
}

/** Letters count as their place in the alphabet plus 2, modulo 10; every second character twice. */
function hasUpsCheckDigit(number: string): boolean {
  let sum = 0;
  for (let at = 2; at < 17; at += 1) {
    const character = number[at] as string;
    const value = /\d/u.test(character) ? Number(character) : (character.charCodeAt(0) - 63) % 10;
    sum += at % 2 === 1 ? value * 2 : value;
  }
  return (10 - (sum % 10)) % 10 === Number(number[17]);
}

function hasUspsCheckDigit(number: string): boolean {
  const digits = [...number].map(Number);
  const check = digits.pop();
  const sum = digits.reverse().reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10 === check;
}

/** Weights 1, 7, 3 from the right, modulo 11, over the last twelve digits. */
function hasFedExCheckDigit(number: string): boolean {
  if (number.length === 15) {
    const digits = [...number.slice(0, 14)].map(Number).reverse();
    const sum = digits.reduce((total, digit, at) => total + digit * (at % 2 === 0 ? 3 : 1), 0);
    return (10 - (sum % 10)) % 10 === Number(number[14]);
  }
  const digits = [...number.slice(0, 11)].map(Number).reverse();
  const sum = digits.reduce((total, digit, at) => total + digit * ([1, 3, 7][at % 3] as number), 0);
  return (sum % 11) % 10 === Number(number[11]);
}
