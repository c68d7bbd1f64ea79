// Telephone numbers and e-mail addresses in one spelling, so that a keyed hash of them finds the same person again,
// and how they are shown to those who have not asked to see them.

const china = "+86";

/**
 * Digits with country code: "138 1234 5678", "0086-138…" and "１３８…" are all "+8613812345678". Without a country code
 * it is China's. null for what cannot be a number (fewer than 5 or more than 15 digits).
 */
export function normalisePhone(text: string): string | null {
  const plain = text.normalize("NFKC").replace(/[^\d+]/gu, "");
  const isForeign = plain.startsWith("+") || plain.startsWith("00");
  const digits = plain.replace(/\D/gu, "").replace(isForeign ? /^0+/ : /^$/, "");
  const national = isForeign ? digits : digits.replace(/^0/, ""); // 0571-8888 8888: the 0 is the trunk's
  const whole =
    isForeign || (national.startsWith("86") && national.length === 13) ? national : `86${national}`;
  if (national.length < 5 || whole.length > 15) return null;
  return `+${whole}`;
}

/** Last four digits: how people read a number to each other. */
export function lastFour(phone: string): string {
  return phone.slice(-4);
}

/** 138****5678: enough to recognise, not enough to call. */
export function maskPhone(phone: string): string {
  const shown = phone.startsWith(china) ? phone.slice(china.length) : phone;
  if (shown.length < 8) return `****${shown.slice(-2)}`;
  return `${shown.slice(0, 3)}****${shown.slice(-4)}`;
}

export function normaliseEmail(text: string): string {
  return text.normalize("NFKC").trim().toLowerCase();
}

/** l***@example.com */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf("@");
  if (at < 1) return "***";
  const [first = ""] = email;
  return `${first}***${email.slice(at)}`;
}
