// What happens after a send, decided in one place for all channels: try again, give up, or "maybe sent".
// Pure; called by deliver.ts with the outcome and the number of attempts so far.
import type { DeliveryReason } from "@yingda/contract";
import type { RefusalKind, SendOutcome } from "./adapter.ts";

export type NextStep =
  | { kind: "sent"; externalId: string }
  | { kind: "retry"; afterMs: number; code: string }
  | { kind: "failed"; reason: DeliveryReason; code: string }
  | { kind: "maybe-sent"; code: string };

/** 5 s, 25 s, 2 min, 10 min, 52 min, 4 h, 24 h: a receiver that is down for a day still gets its messages. */
const firstDelayMs = 5_000;
const growth = 5;
const longestDelayMs = 24 * 3_600_000;
export const maxAttempts = 8;

type Rule = { retries: boolean; reason: DeliveryReason };
const rules: Record<RefusalKind, Rule> = {
  rate: { retries: true, reason: "unreachable" },
  temporary: { retries: true, reason: "unreachable" },
  auth: { retries: true, reason: "rejected" },
  config: { retries: false, reason: "unreachable" },
  window: { retries: false, reason: "window-closed" },
  quota: { retries: false, reason: "quota-exceeded" },
  recipient: { retries: false, reason: "contact-blocked" },
  content: { retries: false, reason: "rejected" },
  unsupported: { retries: false, reason: "unsupported-content" },
  "too-large": { retries: false, reason: "too-large" },
};

/**
 * `attempts` counts this one: 1 after the first send. `spread` in 0..1 moves the delay by up to a fifth, so that many
 * messages that failed together do not come back together.
 */
export function nextStep(
  outcome: SendOutcome,
  attempts: number,
  isIdempotent: boolean,
  spread: number,
): NextStep {
  if (outcome.kind === "accepted") return { kind: "sent", externalId: outcome.externalId };
  const delayMs = Math.min(longestDelayMs, firstDelayMs * growth ** (attempts - 1));
  const afterMs = Math.round(delayMs * (1 + 0.2 * spread));
  if (outcome.kind === "unknown") {
    if (isIdempotent && attempts < maxAttempts) return { kind: "retry", afterMs, code: outcome.code };
    return { kind: "maybe-sent", code: outcome.code };
  }
  const { retries, reason } = rules[outcome.why];
  if (!retries || attempts >= maxAttempts) return { kind: "failed", reason, code: outcome.code };
  return { kind: "retry", afterMs: Math.max(afterMs, outcome.retryAfterMs ?? 0), code: outcome.code };
}
