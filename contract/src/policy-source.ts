// The shape in which an owner writes and stores a policy: plain JSON or YAML, both languages beside each other. Read by
// read-policy.ts, which also checks what a shape alone cannot say. Rules are tried from the top; the first that fits decides.

import { z } from "zod";

/** Currencies with hundredths; an amount of money is an integer of these. */
export const policyCurrencies = ["CNY", "HKD", "TWD", "USD", "EUR", "GBP", "AUD", "CAD", "SGD"] as const;
export type PolicyCurrency = (typeof policyCurrencies)[number];

const key = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
const sentence = z.string().trim().min(1).max(500);
export const bilingual = z.strictObject({ zh: sentence, en: sentence });
export type Bilingual = z.infer<typeof bilingual>;

const word = z.string().trim().min(1).max(40);
const wordList = z.strictObject({ zh: z.array(word).max(80), en: z.array(word).max(80) });
export type WordList = z.infer<typeof wordList>;

const day = z.iso.date();
/** Whole units (99) or decimal text ("99.50"); a decimal fraction without quotes is refused, so no float ever holds money. */
const money = z.union([z.int().min(0).max(999_999_999), z.string().regex(/^\d{1,9}(?:\.\d{1,2})?$/u)]);
const decimal = z.number().min(-1e9).max(1e9);
const count = z.int().min(0).max(100_000);

/** Bounds: `from` and `to` belong to the range, `above` and `below` do not. */
function range<T extends z.ZodType>(bound: T) {
  const optional = bound.optional();
  return z.strictObject({ from: optional, above: optional, to: optional, below: optional });
}

const condition = z.strictObject({
  input: key,
  /** Calendar days since a date: 0 on the day itself. `to: 7` still holds on the seventh day after it. */
  daysSince: range(count).optional(),
  /** Months since a date, begun ones counted: `to: 12` holds until the same day of the month a year later. */
  monthsSince: range(count).optional(),
  /** The date itself, for a season or a campaign. */
  on: range(day).optional(),
  amount: range(money).optional(),
  number: range(decimal).optional(),
  /** Keys of choices, or names of places as people write them. */
  in: z.array(z.string().trim().min(1).max(60)).min(1).max(80).optional(),
  notIn: z.array(z.string().trim().min(1).max(60)).min(1).max(80).optional(),
});
export type ConditionSource = z.infer<typeof condition>;

const outcome = { outcome: key, words: bilingual, cites: bilingual };
const rule = z.strictObject({ key, when: z.array(condition).min(1).max(8), ...outcome });

/** `called` stands before a value ("签收 6 天"); `ask` is put to the customer when the input is missing. */
const input = { key, called: bilingual, ask: bilingual };
/** `words` name it anywhere; `answers` only when they are the whole reply to this input's question ("不是", "no"). */
const choice = { key, called: bilingual, words: wordList, answers: wordList.optional() };

const inputSource = z.discriminatedUnion("type", [
  z.strictObject({
    ...input,
    type: z.literal("date"),
    /** Words of the event on that day: 签收, received. */
    words: wordList,
    /** Words of an event that comes before it: 下单, ordered. Its day says "this day or later". */
    earlierWords: wordList.optional(),
  }),
  z.strictObject({
    ...input,
    type: z.literal("money"),
    currency: z.enum(policyCurrencies).default("CNY"),
    words: wordList,
  }),
  z.strictObject({
    ...input,
    type: z.literal("number"),
    unit: bilingual,
    units: z.array(word).min(1).max(20),
  }),
  z.strictObject({
    ...input,
    type: z.literal("choice"),
    choices: z.array(z.strictObject(choice)).min(1).max(40),
  }),
  z.strictObject({
    ...input,
    type: z.literal("product"),
    choices: z
      .array(
        z.strictObject({
          ...choice,
          /** Ids in the shop's catalogue. */
          products: z.array(z.string().min(1).max(100)).max(2_000).optional(),
          /** Every product of the catalogue that stands under no other choice. */
          isRest: z.boolean().optional(),
        }),
      )
      .min(1)
      .max(40),
  }),
  z.strictObject({ ...input, type: z.literal("region") }),
]);
export type InputSource = z.infer<typeof inputSource>;

export const policySource = z.strictObject({
  key,
  name: bilingual,
  /** What it decides, for the owner's list: "Whether an item can still be returned". */
  decides: bilingual,
  /** Words that tell that a question is about this policy. */
  asked: wordList,
  /** IANA name; left out: the shop's own. */
  timeZone: z.string().min(1).max(60).optional(),
  /** In the order in which they are asked for. */
  inputs: z.array(inputSource).max(12),
  rules: z.array(rule).min(1).max(60),
  /** What holds when no rule fits. Wanted always; its absence has an error of its own. */
  default: z.strictObject(outcome).optional(),
});
/** As written: what an editor keeps. */
export type PolicySource = z.input<typeof policySource>;
export type PolicySourceRead = z.output<typeof policySource>;
