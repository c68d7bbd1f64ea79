// The signature of our own webhooks, the same in both directions: hex HMAC-SHA256 over timestamp + "." + raw body.
// Headers: yingda-timestamp (seconds), yingda-signature ("v1=<hex>", several separated by commas while a secret is being
// replaced), yingda-id (the same at every repetition of one call). Used by the api channel and its tests.
import { createHmac, timingSafeEqual } from "node:crypto";

/** A call older or newer than this is refused, so that a recorded one cannot be played back later. */
export const replayWindowSeconds = 300;

export const signatureHeaders = {
  at: "yingda-timestamp",
  signature: "yingda-signature",
  id: "yingda-id",
} as const;

export function sign(secret: string, timestampSeconds: number, body: Buffer | string): string {
  return `v1=${digest(secret, timestampSeconds, body).toString("hex")}`;
}

/** One signature per valid secret: a receiver that knows either of them accepts. */
export function signWithAll(
  secrets: readonly string[],
  timestampSeconds: number,
  body: Buffer | string,
): string {
  return secrets.map((secret) => sign(secret, timestampSeconds, body)).join(",");
}

export type SignatureCheck = "valid" | "invalid" | "outside-window";

/** Checks time and signature; every given signature is compared with every secret in constant time. */
export function checkSignature(
  secrets: readonly string[],
  given: { timestamp: string | undefined; signature: string | undefined },
  body: Buffer,
  nowMs: number,
): SignatureCheck {
  if (!given.timestamp || !/^\d{9,11}$/.test(given.timestamp) || !given.signature) return "invalid";
  const timestampSeconds = Number(given.timestamp);
  const offered = given.signature
    .split(",", 8)
    .map((part) => /^\s*v1=([0-9a-f]{64})\s*$/.exec(part)?.[1])
    .filter((hex) => hex !== undefined)
    .map((hex) => Buffer.from(hex, "hex"));
  let isValid = false;
  for (const secret of secrets) {
    const expected = digest(secret, timestampSeconds, body);
    for (const signature of offered) if (timingSafeEqual(expected, signature)) isValid = true;
  }
  if (!isValid) return "invalid";
  // only after the signature: whoever cannot sign learns nothing about our clock
  return Math.abs(nowMs / 1_000 - timestampSeconds) <= replayWindowSeconds ? "valid" : "outside-window";
}

function digest(secret: string, timestampSeconds: number, body: Buffer | string): Buffer {
  return createHmac("sha256", secret).update(`${timestampSeconds}.`).update(body).digest();
}
