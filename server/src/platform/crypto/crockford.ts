/**
 * Crockford base32 in groups with a check character each, for keys a person copies from paper.
 *
 * A group is five characters and one check character over GF(32), which also depends on the group's place:
 * any single wrong character, any two swapped neighbours and any two swapped groups are noticed, and we can
 * say in which group. O reads as 0, I and L as 1; case, spaces and dashes do not matter.
 */

const alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const groupBits = 25;
const groupLength = 5;

export type ReadGroups = { kind: "read"; values: number[] } | { kind: "mistyped"; groups: number[] };

/** Writes 25-bit numbers as groups joined by dashes: `ABCDEF-…`, the last character of each a check. */
export function writeGroups(values: readonly number[]): string {
  return values.map((value, place) => writeGroup(value, place)).join("-");
}

/** One group of six characters for its place (0-based). */
export function writeGroup(value: number, place: number): string {
  const digits = Array.from({ length: groupLength }, (_, i) => (value >>> (5 * (groupLength - 1 - i))) & 31);
  return [...digits, checkDigit(digits, place)].map((digit) => alphabet[digit]).join("");
}

/** Reads what a person typed. `groups` in the refusal are the 0-based places that cannot be right. */
export function readGroups(text: string, count: number): ReadGroups {
  const letters = canonical(text);
  const size = groupLength + 1;
  const values: number[] = [];
  const wrong: number[] = [];
  for (let place = 0; place < count; place += 1) {
    const value = readGroup(letters.slice(place * size, (place + 1) * size), place);
    if (value === undefined) wrong.push(place);
    else values.push(value);
  }
  if (letters.length > count * size && wrong.length === 0) wrong.push(count - 1);
  return wrong.length > 0 ? { kind: "mistyped", groups: wrong } : { kind: "read", values };
}

/** One group at its place, or undefined when it does not check. */
export function readGroup(text: string, place: number): number | undefined {
  const digits = [...canonical(text)].map((letter) => alphabet.indexOf(letter));
  if (digits.length !== groupLength + 1 || digits.includes(-1)) return undefined;
  const check = digits.pop();
  if (check !== checkDigit(digits, place)) return undefined;
  return digits.reduce((value, digit) => value * 32 + digit, 0);
}

function canonical(text: string): string {
  return text
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, "")
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
}

// Weights are distinct non-zero powers of the generator, so one changed digit always changes the sum, and so
// does swapping two unequal digits; the place is weighted apart.
function checkDigit(digits: readonly number[], place: number): number {
  let sum = times(power(groupLength + 1), (place + 1) & 31);
  digits.forEach((digit, i) => {
    sum ^= times(power(i + 1), digit);
  });
  return sum;
}

function power(exponent: number): number {
  let result = 1;
  for (let i = 0; i < exponent; i += 1) result = times(result, 2);
  return result;
}

/** Product in GF(32) modulo x^5 + x^2 + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let left = a, right = b; right > 0; right >>>= 1) {
    if (right & 1) product ^= left;
    left <<= 1;
    if (left & 32) left ^= 0b100101;
  }
  return product;
}
