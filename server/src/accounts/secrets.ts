// Secrets that prove who someone is: only hashes are stored. Random tokens carry 128 bits or more, so a plain
// SHA-256 is enough for them; accounts are guessable and get a keyed hash; passwords get argon2id.
import { createHash } from "node:crypto";
import { hash, verify } from "@node-rs/argon2";
import type { Services } from "../platform/context.ts";

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** Accounts are unique in the installation and compared without case, width or surrounding space. */
export async function hashAccount(services: Pick<Services, "vault">, account: string): Promise<Buffer> {
  const vault = await services.vault.forSystem();
  return vault.lookup("account", account.normalize("NFKC").trim().toLowerCase());
}

export async function hashAddress(services: Pick<Services, "vault">, address: string): Promise<Buffer> {
  const vault = await services.vault.forSystem();
  return vault.lookup("address", address);
}

// OWASP's first recommendation for argon2id (19 MiB, 2 passes, 1 lane) is also the library's default; said here so that an upgrade cannot change it.
const argon = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const atOnce = 2; // each takes 19 MiB and a core for tens of ms: a burst of sign-ins must not starve the chat
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize("NFKC"), argon));
}

let decoy: Promise<string> | undefined;

/** Takes the same time whether or not the account exists: `stored` null is checked against a decoy and is always wrong. */
export async function isPasswordRight(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword("decoy of an account that does not exist");
  const against = stored ?? (await decoy);
  const matches = await inTurn(() => verify(against, password.normalize("NFKC")));
  return matches && stored !== null;
}
