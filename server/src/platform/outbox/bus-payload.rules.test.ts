import type { TenantId } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { packBusPayloads, readBusPayload } from "./bus-payload.ts";
import type { EventRef } from "./types.ts";

const ref = fc.record({
  tenantId: fc.uuid().map((id) => id as TenantId),
  aggregateId: fc.uuid(),
  seq: fc.nat(),
  kind: fc.constantFrom<EventRef["kind"]>("message-received", "conversation-assigned"),
});
const note = fc.record({
  topic: fc.constantFrom("now" as const, "numbered" as const, "viewers" as const),
  payload: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null)), {
    noNullPrototype: true,
  }),
});

test("what is packed is read back in order, and no payload is longer than PostgreSQL takes", () => {
  fc.assert(
    fc.property(fc.array(ref, { maxLength: 300 }), fc.array(note, { maxLength: 40 }), (refs, notes) => {
      const payloads = packBusPayloads("node-1", refs, notes);
      for (const payload of payloads) expect(Buffer.byteLength(payload)).toBeLessThan(8_000);
      const read = payloads.map(readBusPayload);
      expect(read.flatMap((entry) => entry?.refs ?? [])).toEqual(refs);
      expect(read.flatMap((entry) => entry?.notes ?? [])).toEqual(notes);
    }),
  );
});

test("what is not ours is nothing", () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(readBusPayload(text)).toBeNull();
    }),
  );
  for (const text of ["null", "[]", "{}", '{"n":1}', '"n"']) expect(readBusPayload(text)).toBeNull();
});
