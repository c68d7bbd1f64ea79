// What a shop can be held to, as data: one family is one kind of promise or policy with the words that make it in Chinese
// and English. A reply may say one only where a source says the same family. The words themselves stand in
// promise-words.ts, policy-words.ts and term-words.ts; read by promises.ts.

export interface Family {
  /** Normalised value of the claim in traces. */
  id: string;
  kind: "promise" | "policy";
  /** What makes a reply claim it. */
  claims: RegExp;
  /** What in a source backs it, where less is enough; the same words by default. */
  backedBy?: RegExp;
  /** It is about something: "free" alone is not yet a promise of free repair. */
  hasObject?: true;
  /** A denial behind the words is part of the promise: 保证不掉色. */
  readsAhead?: true;
  /** A denial before the words belongs to something else: "没电梯也不收". */
  ignoresBefore?: true;
  /** A condition of the source ("满 99 元") must not be lost; "timed": neither must "within 7 days". */
  keepsCondition?: true | "timed";
}

/** One pattern of Chinese and English words; English ones stand free. */
export function words(chinese: string, english: string): RegExp {
  return new RegExp(`${chinese}|(?<![a-z])(?:${english})(?![a-z])`, "gu");
}
