// What makes a password too weak: short (the contract's schema), the account itself, or one of the patterns that guessing starts with.
const common =
  /^(?:(.)\1+|0?123456789\d*|abcdefghij\w*|qwertyuiop\w*|password\w*|woaini\w*|iloveyou\w*|admin\w*|letmein\w*)$/i;

/** null when it is good enough, else why not. */
export function passwordWeakness(
  password: string,
  account: string,
): "common" | "like-account" | "few-characters" | null {
  const folded = password.normalize("NFKC").toLowerCase();
  const name = account.normalize("NFKC").trim().toLowerCase();
  if (common.test(folded)) return "common";
  if (name.length >= 4 && folded.includes(name)) return "like-account";
  if (new Set(folded).size < 5) return "few-characters";
  return null;
}
