// English words to a common stem by suffix only ("shipping", "shipped", "ships" → "ship"), and the words that say
// nothing about a question's matter. Used by features.ts; a rough stem is enough because both sides go through it.

const irregular: Record<string, string> = {
  bought: "buy",
  paid: "pay",
  sent: "send",
  came: "come",
  got: "get",
  gotten: "get",
  lost: "lose",
  broke: "break",
  broken: "break",
  took: "take",
  taken: "take",
  wore: "wear",
  worn: "wear",
  gave: "give",
  given: "give",
  went: "go",
  gone: "go",
  made: "make",
  left: "leave",
  found: "find",
  children: "child",
  delivery: "deliver",
  deliveries: "deliver",
  payment: "pay",
  shipment: "ship",
  shipments: "ship",
  arrival: "arrive",
  refundable: "refund",
  returnable: "return",
  sizing: "size",
  colour: "color",
  colours: "color",
  colors: "color",
  exchangeable: "exchange",
  cancellation: "cancel",
  cancelled: "cancel",
  canceled: "cancel",
  cancelling: "cancel",
  canceling: "cancel",
};
const stopWords = new Set(
  (
    "a an the is are was were be been am do does did i you it my your me we our they them he she his her its this that these " +
    "those to of in on for with at by from as and or if so can could will would should may might have has had not no any some there " +
    "here just please than then very really about into out up im i'm it's don't didn't doesn't isn't i've you're guys hi hello"
  ).split(" "),
);

/** True for words that carry structure and no matter; they weigh less, they are not removed. */
export function isStopWord(word: string): boolean {
  return stopWords.has(word);
}

/** Stem of one lower-case word. Words of three letters or fewer, and masks, stay. */
export function stemOf(word: string): string {
  const known = irregular[word];
  if (known !== undefined) return known;
  if (word.length <= 3 || word.startsWith("#")) return word;
  let stem = word.replace(/'s$/, "");
  if (stem.endsWith("ies") && stem.length > 4) stem = `${stem.slice(0, -3)}y`;
  else if (stem.endsWith("sses")) stem = stem.slice(0, -2);
  else if (stem.endsWith("s") && !/(?:ss|us|is)$/.test(stem)) stem = stem.slice(0, -1);
  const base = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(stem)?.[1];
  if (base !== undefined && base.length >= 3) stem = base.replace(/([bdfgklmnprt])\1$/, "$1");
  else if (stem.endsWith("ly") && stem.length > 5) stem = stem.slice(0, -2);
  return stem.length > 4 && stem.endsWith("e") ? stem.slice(0, -1) : stem;
}
