// Whether a model's text gives away what it was told: our canary in any common disguise, the mark of the fences, or eight
// words in a row of our own instructions. Called on every text before anybody sees it. Pure.

/** In words; a Han character counts as this much of one. */
const mostRepeated = 8;
const hanWeight = 0.6;
/** Behind the example of our rules and behind every sentence of an answer. */
const cited = /\[p\d{1,3}\]/giu;
const base64Runs = /[A-Za-z0-9+/_-]{12,}={0,2}/g;

export interface Told {
  instructions: string;
  /** Words that nobody but the model was told. */
  secrets: readonly string[];
  /** Texts of others that it was given: to say these again gives nothing of ours away. */
  given?: readonly string[];
}

/** What of it was given away, or null. */
export function findLeak(
  text: string,
  { instructions, secrets, given = [] }: Told,
): "secret" | "instructions" | null {
  const readings = [text, ...decoded(text)].map(bare);
  const isSecretOut = secrets
    .map(bare)
    .filter((secret) => secret !== "")
    .some((secret) => readings.some((read) => read.includes(secret) || read.includes(reversed(secret))));
  if (isSecretOut) return "secret";
  const ours = new Set(runs(instructions));
  const told = runs(text).filter((run) => ours.has(run));
  if (told.length === 0) return null;
  const theirs = new Set(given.flatMap(runs));
  return told.every((run) => theirs.has(run)) ? null : "instructions";
}

/** Letters and digits alone, in one width and case: "S Y S-1" and "sys1" are the same. */
function bare(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function reversed(text: string): string {
  return [...text].reverse().join("");
}

/** Base64 and percent signs, where a text has them. */
function decoded(text: string): string[] {
  const found = (text.match(base64Runs) ?? []).map((run) => Buffer.from(run, "base64").toString("utf8"));
  const plain = text.replace(/(?:%[0-9a-f]{2})+/gi, (bytes) =>
    Buffer.from(bytes.replaceAll("%", ""), "hex").toString("utf8"),
  );
  return plain === text ? found : [...found, plain];
}

/** Every stretch of eight words, as a key. */
function runs(text: string): string[] {
  const words =
    text
      .replace(cited, " ")
      .normalize("NFKC")
      .toLowerCase()
      .match(/\p{Script=Han}|[\p{L}\p{N}]+/gu) ?? [];
  const weights = words.map((word) => (/\p{Script=Han}/u.test(word) ? hanWeight : 1));
  const found: string[] = [];
  let end = 0;
  let weight = 0;
  for (let start = 0; start < words.length; start += 1) {
    while (weight < mostRepeated && end < words.length) weight += weights[end++] ?? 0;
    if (weight < mostRepeated) break;
    found.push(words.slice(start, end).join(" "));
    weight -= weights[start] ?? 0;
  }
  return found;
}
