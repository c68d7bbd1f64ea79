// The text of a NOTIFY between nodes: JSON with ids only, cut into pieces below PostgreSQL's limit of 8,000 bytes. Pure.
import type { EventKind, TenantId } from "@yingda/contract";
import type { BusTopic, EventRef } from "./types.ts";

const maxBytes = 7_500;

export interface BusNote {
  topic: BusTopic;
  payload: unknown;
}
export interface BusPayload {
  nodeId: string;
  /** A node that came: everybody speaks to it from now on. */
  isGreeting: boolean;
  refs: EventRef[];
  notes: BusNote[];
}

type Wire = { n: string; hi?: 1; e?: [string, string, number, string][]; p?: [BusTopic, unknown][] };

/** As few payloads as fit; a note that alone is too long is left out (nothing that long is sent). */
export function packBusPayloads(
  nodeId: string,
  refs: readonly EventRef[],
  notes: readonly BusNote[],
): string[] {
  const pieces = [
    ...refs.map((ref) => ({
      key: "e" as const,
      text: JSON.stringify([ref.tenantId, ref.aggregateId, ref.seq, ref.kind]),
    })),
    ...notes.map((note) => ({ key: "p" as const, text: JSON.stringify([note.topic, note.payload]) })),
  ];
  const payloads: string[] = [];
  let room: { e: string[]; p: string[]; bytes: number } = { e: [], p: [], bytes: 0 };
  const close = () => {
    if (room.bytes > 0)
      payloads.push(`{"n":${JSON.stringify(nodeId)},"e":[${room.e.join()}],"p":[${room.p.join()}]}`);
    room = { e: [], p: [], bytes: 0 };
  };
  for (const { key, text } of pieces) {
    const bytes = Buffer.byteLength(text) + 1;
    if (bytes > maxBytes) continue;
    if (room.bytes + bytes > maxBytes) close();
    room[key].push(text);
    room.bytes += bytes;
  }
  close();
  return payloads;
}

/** null for what is not ours. */
export function readBusPayload(text: string): BusPayload | null {
  let wire: Wire;
  try {
    wire = JSON.parse(text) as Wire;
  } catch {
    return null;
  }
  if (typeof wire?.n !== "string") return null;
  return {
    nodeId: wire.n,
    isGreeting: wire.hi === 1,
    refs: (wire.e ?? []).map(([tenantId, aggregateId, seq, kind]) => ({
      tenantId: tenantId as TenantId,
      aggregateId,
      seq,
      kind: kind as EventKind,
    })),
    notes: (wire.p ?? []).map(([topic, payload]) => ({ topic, payload })),
  };
}
