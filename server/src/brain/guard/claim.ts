// The shapes of the guard: what a reply claims, and what each claim means once it is read. Meanings are compared, never
// texts, so that 三天, 3 天 and "3 days" are one claim.

export const claimKinds = [
  "number",
  "money",
  "percentage",
  "duration",
  "date",
  "time",
  "code",
  "phone",
  "url",
  "email",
  "promise",
  "policy",
] as const;
export type ClaimKind = (typeof claimKinds)[number];

/** On which side of the value the truth may lie: "up to 5 days", "at least 3", "from ¥99", 最快 3 天. */
export type Bound = "none" | "most" | "least" | "from" | "soonest";
export type AmountKind = "number" | "money" | "percentage" | "duration";

export interface Amount {
  kind: AmountKind;
  /** Canonical: "CNY", "second", "month", "workday", "%", "off" (per cent off), "g", "piece", "" (none was said). */
  unit: string;
  low: number;
  /** The same as `low` unless a range was said. */
  high: number;
  bound: Bound;
  /** What it is paid or counted for: "month", "person"; empty when nothing was said. */
  per: string[];
  /** A word and the number behind it as one name, "iphone15"; null where no word stands before it. */
  name: string | null;
}

export interface DateMeaning {
  kind: "date";
  year: number | null;
  month: number | null;
  day: number | null;
  /** 1 (Monday) to 7, sorted; null when no weekday was said. */
  weekdays: number[] | null;
  /** "today", "next-day", "month-end" …; null when none was said. */
  relative: string | null;
}

export type Meaning =
  | Amount
  | DateMeaning
  /** Minutes since midnight; two when it was not said which half of the day. */
  | { kind: "time"; minutes: number[] }
  | { kind: "code" | "phone" | "url" | "email"; key: string }
  | { kind: "promise" | "policy"; family: string; said: PromiseSaid };

/** What stands around the words of a promise. */
export interface PromiseSaid {
  /** The word that makes it one, and nothing is promised where it is false: "不支持包邮". */
  isNegated: boolean;
  /** What it is about, by our own tags ("refund", "install"), nearest words first; may be empty. */
  objects: string[];
  /** All tags of the sentence. */
  sentenceObjects: string[];
  /** What is named beside it, each thing by its words. */
  things: string[][];
  /** Words of the sentence. */
  words: string[];
  /** "满 99 元", "if …": it holds only for some. */
  isConditional: boolean;
  /** 假一赔十: 10. */
  factor: number | null;
}

export interface Found {
  /** In the folded text. */
  start: number;
  end: number;
  meaning: Meaning;
}

/** One claim of a reply. */
export interface Claim {
  kind: ClaimKind;
  /** As written. */
  text: string;
  start: number;
  /** Behind the last unit, in UTF-16 units of the reply. */
  end: number;
  /** Normalised, for traces: "3 day", "99 CNY", "full-refund". */
  value: string;
  /** Id of the source that says the same; null when none does. */
  supportedBy: string | null;
  /** Supported, but not by the source of the value before it in the same clause: two rows were mixed. */
  isMixed: boolean;
}
