// What nodes tell each other: which events are visible, and small notes of the realtime hub. Ids only; leaves as one NOTIFY
// every few ms on its own connection, never inside a write transaction. Best effort: sweeps find what is lost here.
// A node that is alone sends nothing.
import type { Db, Subscription } from "../db/transact.ts";
import type { Log } from "../log.ts";
import { packBusPayloads, readBusPayload } from "./bus-payload.ts";
import type { BusTopic, EventRef } from "./types.ts";

export interface BusOptions {
  db: Db;
  log: Log;
  nodeId: string;
  isShared: boolean;
  heard(refs: EventRef[]): void;
  published(topic: BusTopic, payload: unknown): void;
  /** The line was down: something may be missing. */
  lost(): void;
}

export interface Bus {
  tell(refs: readonly EventRef[]): void;
  publish(topic: BusTopic, payload: unknown): void;
  /** How many nodes live, as the leases know. */
  setNodes(count: number): void;
  start(): Promise<void>;
  stop(): Promise<void>;
}

const channel = "yingda_bus";
const gatherMs = 4;
/** A node that just came is spoken to before the leases count it. */
const greetedMs = 5_000;

export function createBus({ db, log, nodeId, isShared, ...on }: BusOptions): Bus {
  let refs: EventRef[] = [];
  let notes: { topic: BusTopic; payload: unknown }[] = [];
  let isPlanned = false;
  let others = 0;
  let greetedUntilMs = 0;
  let subscription: Subscription | null = null;

  const hasOthers = () => isShared && (others > 0 || performance.now() < greetedUntilMs);

  function plan(): void {
    if (isPlanned) return;
    isPlanned = true;
    setTimeout(flush, gatherMs).unref();
  }

  function flush(): void {
    isPlanned = false;
    const payloads = packBusPayloads(nodeId, refs, notes);
    refs = [];
    notes = [];
    for (const payload of payloads) send(payload);
  }

  function send(payload: string): void {
    db.notify(channel, payload).catch((error: unknown) => log.warn({ err: error }, "bus note not sent"));
  }

  function receive(text: string): void {
    const heard = readBusPayload(text);
    if (!heard || heard.nodeId === nodeId) return;
    if (heard.isGreeting) greetedUntilMs = performance.now() + greetedMs;
    if (heard.refs.length > 0) on.heard(heard.refs);
    for (const note of heard.notes) on.published(note.topic, note.payload);
  }

  return {
    tell(told) {
      if (!hasOthers()) return;
      refs.push(...told);
      plan();
    },
    publish(topic, payload) {
      if (!hasOthers()) return;
      notes.push({ topic, payload });
      plan();
    },
    setNodes(count) {
      others = count - 1;
    },
    async start() {
      if (!isShared) return;
      subscription = await db.listen(channel, receive, on.lost);
      send(JSON.stringify({ n: nodeId, hi: 1 }));
    },
    async stop() {
      if (isPlanned) flush();
      await subscription?.close();
    },
  };
}
