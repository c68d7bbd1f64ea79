/**
 * The vault: hands out a tenant's keys for five minutes at a time. The one way to encrypt or to search blind.
 *
 * `forTenant` loads, unwraps and caches; everything on the handle is synchronous. Take a handle per use case,
 * do not keep it: a minute after its life it stops working. New tenants get their keys at the first call.
 */
import type { Clock } from "../clock.ts";
import type { Db } from "../db/transact.ts";
import { KeyRing, type TenantVault } from "./key-ring.ts";
import { addKeys, freshKey, keyPurposes, keysOfTenant } from "./key-store.ts";
import type { MasterKey } from "./master-key.ts";

export interface Vault {
  /** The tenant's keys, made if it has none. Throws KeyProblem when the master key is not the right one. */
  forTenant(tenantId: string): Promise<TenantVault>;
  /** Keys of the instance itself: sign-in hashes, signed links, secrets of no tenant. */
  forSystem(): Promise<TenantVault>;
  /** Reads a tenant's keys anew at the next call, after a rotation in this process. */
  reload(tenantId: string): void;
  /** From now on unwraps with this master key, after a rotation. */
  useMasterKey(masterKey: MasterKey): void;
  /** Lets go of keys whose time is over; runs by itself every half minute. */
  sweep(): void;
  close(): void;
  /** How old a new key must be before it seals, in ms; rotation waits as long. */
  readonly propagationMs: number;
}

/** How long loaded keys are handed out, in ms. */
export const keyLifeMs = 5 * 60_000;
/** How much longer a handle taken at the last moment works, in ms: longer than any use case. */
export const keyGraceMs = 60_000;
/** After this time no process works with keys loaded before, in ms; twice the grace because sweeping takes its time. */
export const keyPropagationMs = keyLifeMs + 2 * keyGraceMs;

/** Stands for the instance itself where a tenant is asked for. */
export const systemTenant = "00000000-0000-0000-0000-000000000000";
/** Over all tenants together; about 20 MB when full. */
const cachedGramsInAll = 200_000;

export type VaultSettings = {
  db: Db;
  clock: Clock;
  masterKey: MasterKey;
  /** Default keyPropagationMs. 0 where this is the only process: its own handles learn of a new key at once. */
  propagationMs?: number;
};

type Loaded = { tenantId: string; ring: KeyRing; expiresAtMs: number };

export function createVault(settings: VaultSettings): Vault {
  return new CachingVault(settings);
}

class CachingVault implements Vault {
  readonly propagationMs: number;
  readonly #settings: VaultSettings;
  readonly #current = new Map<string, Loaded>();
  readonly #loading = new Map<string, Promise<KeyRing>>();
  readonly #outgoing = new Set<Loaded>();
  readonly #sweeper: NodeJS.Timeout;
  #masterKey: MasterKey;

  constructor(settings: VaultSettings) {
    this.#settings = settings;
    this.#masterKey = settings.masterKey;
    this.propagationMs = settings.propagationMs ?? keyPropagationMs;
    this.#sweeper = setInterval(() => this.sweep(), keyGraceMs / 2).unref();
  }

  forTenant(tenantId: string): Promise<TenantVault> {
    const loaded = this.#current.get(tenantId);
    if (loaded !== undefined) {
      if (this.#settings.clock.nowMs() < loaded.expiresAtMs) return Promise.resolve(loaded.ring);
      this.#retire(tenantId, loaded);
    }
    const underWay = this.#loading.get(tenantId);
    if (underWay !== undefined) return underWay;
    const isWanted = () => this.#loading.get(tenantId) === load; // no longer after reload()
    const load: Promise<KeyRing> = this.#load(tenantId, isWanted).finally(() => {
      if (isWanted()) this.#loading.delete(tenantId);
    });
    this.#loading.set(tenantId, load);
    return load;
  }

  forSystem(): Promise<TenantVault> {
    return this.forTenant(systemTenant);
  }

  reload(tenantId: string): void {
    const loaded = this.#current.get(tenantId);
    if (loaded !== undefined) this.#retire(tenantId, loaded);
    this.#loading.delete(tenantId);
  }

  useMasterKey(masterKey: MasterKey): void {
    this.#masterKey = masterKey;
    for (const tenantId of [...this.#current.keys()]) this.reload(tenantId);
    this.#loading.clear();
  }

  close(): void {
    clearInterval(this.#sweeper);
    for (const { ring } of [...this.#current.values(), ...this.#outgoing]) ring.drop();
    this.#current.clear();
    this.#outgoing.clear();
  }

  async #load(tenantId: string, isWanted: () => boolean): Promise<KeyRing> {
    const { db, clock } = this.#settings;
    const masterKey = this.#masterKey;
    const keys = await db.system(async (tx) => {
      const found = await keysOfTenant(tx, tenantId);
      const missing = keyPurposes.filter((purpose) => !found.some((key) => key.purpose === purpose));
      if (missing.length === 0) return found;
      await addKeys(
        tx,
        missing.map((purpose) => freshKey(masterKey, tenantId, purpose, 1, clock.now())),
      );
      return keysOfTenant(tx, tenantId);
    });
    const nowMs = clock.nowMs();
    const cachedGrams = Math.max(200, Math.floor(cachedGramsInAll / Math.max(20, this.#current.size + 1)));
    const { propagationMs } = this;
    const ring = new KeyRing({ masterKey, tenantId, propagationMs, cachedGrams }, keys, nowMs);
    for (const older of this.#outgoing) if (older.tenantId === tenantId) older.ring.learnFrom(ring);
    if (isWanted()) this.#current.set(tenantId, { tenantId, ring, expiresAtMs: nowMs + keyLifeMs });
    else this.#outgoing.add({ tenantId, ring, expiresAtMs: nowMs });
    return ring;
  }

  /** Handles of it that are still in use keep working for the grace time. */
  #retire(tenantId: string, loaded: Loaded): void {
    this.#current.delete(tenantId);
    this.#outgoing.add({ tenantId, ring: loaded.ring, expiresAtMs: this.#settings.clock.nowMs() });
  }

  sweep(): void {
    const nowMs = this.#settings.clock.nowMs();
    for (const [tenantId, loaded] of this.#current)
      if (nowMs >= loaded.expiresAtMs) this.#retire(tenantId, loaded);
    for (const loaded of this.#outgoing)
      if (nowMs >= loaded.expiresAtMs + keyGraceMs) {
        loaded.ring.drop();
        this.#outgoing.delete(loaded);
      }
  }
}
