/**
 * The unwrapped keys of one tenant for a few minutes, and what can be done with them without waiting.
 *
 * Made by vault.ts only. Raw key bytes are never kept: they sit in key objects of the crypto library, which
 * wipes them when they are freed. A ring that was dropped refuses to work rather than use anything stale.
 *
 * Which key seals: the newest that is old enough for every process to have loaded it (`propagationMs`), so
 * that no process ever meets a value of a key it does not know yet.
 */
import { createHmac, type KeyObject } from "node:crypto";
import { openValue, type Place, type SealingKey, sealValue } from "./envelope.ts";
import { GramHasher } from "./gram-hasher.ts";
import { gramsOf, queryGramsOf } from "./grams.ts";
import { type KeyPurpose, unwrapKey, type WrappedKey } from "./key-store.ts";
import { lengthPrefixed } from "./length-prefix.ts";
import type { MasterKey } from "./master-key.ts";

export interface TenantVault {
  /** Encrypts a value for the place it will be stored. */
  seal(place: Place, value: string | Uint8Array): Buffer;
  /** Decrypts; throws SealError when the value is damaged, moved or another tenant's. */
  open(place: Place, sealed: Uint8Array): Buffer;
  openText(place: Place, sealed: Uint8Array): string;
  /** Keyed hash (32 bytes) to find a value by exact match. The caller normalises the value; `kind` keeps uses apart. */
  lookup(kind: string, value: string): Buffer;
  /** Search numbers of a text under the active search key; store `searchKeyId` beside them. At most 400. */
  grams(text: string): number[];
  /** One list per search key in use: a row matches if it holds all numbers of any list. [] = nothing to ask the index. */
  queryGrams(query: string): number[][];
  /** Keyed hash (32 bytes) of several parts for one use: "audit" has a key of its own, the rest share one. */
  mac(use: string, parts: readonly (string | Uint8Array)[]): Buffer;
  readonly activeKeyId: number;
  readonly searchKeyId: number;
}

export type RingSettings = {
  masterKey: MasterKey;
  tenantId: string;
  /** How old a key must be before it seals, in ms. */
  propagationMs: number;
  /** How many grams the hash cache may hold. */
  cachedGrams: number;
};

type HeldKey = SealingKey & { createdAtMs: number; isRetired: boolean };

export class KeyRing implements TenantVault {
  readonly activeKeyId: number;
  readonly searchKeyId: number;
  readonly #tenantId: string;
  readonly #dataKeys: Map<number, HeldKey>;
  readonly #active: HeldKey;
  readonly #hashers: { id: number; hasher: GramHasher }[];
  readonly #lookupKey: KeyObject;
  readonly #auditKey: KeyObject;
  #isDropped = false;

  /** `keys` must hold at least one key of every purpose. Throws KeyProblem when the master key is another one. */
  constructor(settings: RingSettings, keys: readonly WrappedKey[], nowMs: number) {
    const held = (purpose: KeyPurpose) => holdKeys(settings, keys, purpose);
    this.#tenantId = settings.tenantId;
    const data = held("data");
    this.#dataKeys = new Map(data.map((key) => [key.id, key]));
    this.#active = activeOf(data, nowMs - settings.propagationMs);
    this.activeKeyId = this.#active.id;
    const search = held("search");
    const searchActive = activeOf(search, nowMs - settings.propagationMs);
    this.searchKeyId = searchActive.id;
    this.#hashers = search
      .filter((key) => !key.isRetired || key === searchActive)
      .map(({ id, secret }) => ({ id, hasher: new GramHasher(secret, settings.cachedGrams) }));
    this.#lookupKey = activeOf(held("lookup"), nowMs).secret;
    this.#auditKey = activeOf(held("audit"), nowMs).secret;
  }

  seal(place: Place, value: string | Uint8Array): Buffer {
    this.#requireLive();
    return sealValue(this.#active, this.#tenantId, place, value);
  }

  open(place: Place, sealed: Uint8Array): Buffer {
    this.#requireLive();
    return openValue((id) => this.#dataKeys.get(id), this.#tenantId, place, sealed);
  }

  openText(place: Place, sealed: Uint8Array): string {
    return this.open(place, sealed).toString("utf8");
  }

  lookup(kind: string, value: string): Buffer {
    this.#requireLive();
    return createHmac("sha256", this.#lookupKey)
      .update(lengthPrefixed(["lookup", kind, value]))
      .digest();
  }

  grams(text: string): number[] {
    this.#requireLive();
    const active = this.#hashers.find(({ id }) => id === this.searchKeyId);
    if (active === undefined) throw new Error("the active search key has no hasher");
    return active.hasher.hash(gramsOf(text));
  }

  queryGrams(query: string): number[][] {
    this.#requireLive();
    const grams = queryGramsOf(query);
    return grams.length === 0 ? [] : this.#hashers.map(({ hasher }) => hasher.hash(grams));
  }

  mac(use: string, parts: readonly (string | Uint8Array)[]): Buffer {
    this.#requireLive();
    const key = use === "audit" ? this.#auditKey : this.#lookupKey;
    return createHmac("sha256", key)
      .update(lengthPrefixed(["mac", use, ...parts]))
      .digest();
  }

  /** Takes over data keys that a younger ring of this tenant has, so that a handle in use can open what they seal. */
  learnFrom(younger: KeyRing): void {
    if (this.#isDropped) return;
    for (const [id, key] of younger.#dataKeys) if (!this.#dataKeys.has(id)) this.#dataKeys.set(id, key);
  }

  /** Lets go of the keys; any later use throws. */
  drop(): void {
    this.#isDropped = true;
    this.#dataKeys.clear();
    for (const { hasher } of this.#hashers) hasher.forget();
    this.#hashers.length = 0;
  }

  #requireLive(): void {
    if (this.#isDropped) throw new Error("this vault handle was kept too long: ask forTenant again");
  }
}

function holdKeys(settings: RingSettings, keys: readonly WrappedKey[], purpose: KeyPurpose): HeldKey[] {
  return keys
    .filter((key) => key.purpose === purpose)
    .map((key) => ({
      id: key.keyId,
      secret: unwrapKey(settings.masterKey, key),
      createdAtMs: key.createdAt.getTime(),
      isRetired: key.retiredAt !== null,
    }));
}

/** The newest key made at or before the given instant; a tenant that has only younger ones starts with its first. */
function activeOf(keys: readonly HeldKey[], knownSinceMs: number): HeldKey {
  const active = keys.findLast((key) => key.createdAtMs <= knownSinceMs) ?? keys[0];
  if (active === undefined) throw new Error("a tenant has no key for one of the purposes");
  return active;
}
