// Half an emoji, cut by a client (a lone surrogate), can neither be encoded as UTF-8 nor be shown.

/** The same value with every text in it made well-formed: a lone surrogate becomes U+FFFD. Keys, too. */
export function wellFormed<V>(value: V): V {
  return mend(value) as V;
}

function mend(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(mend);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key.toWellFormed(), mend(entry)]));
}
