import { describe, expect, test } from "vitest";
import { type TestServices, type TestServicesOptions, testCtx } from "../../../test/services.ts";
import type { Ctx } from "../context.ts";
import { newId } from "../ids.ts";
import { effectsKit, recording, until, write } from "./testing/effects.ts";
import type { EventRef } from "./types.ts";

const { database, effects, spread, started } = await effectsKit();

describe("two nodes on one database", () => {
  test("they share the shards; when one dies nothing is lost, doubled or late", async () => {
    const options: TestServicesOptions = {
      isShared: true,
      ownConnections: true,
      leaseTtlMs: 1_500,
      tickMs: 300,
    };
    const names: string[] = [];
    const subscriber = (node: string) => recording("shared", async () => void names.push(node));
    const a = await started([subscriber("a")], options);
    const b = await started([subscriber("b")], options);
    await until(async () => a.outbox.state().shards === 16 && b.outbox.state().shards === 16);
    const ctxA = testCtx(a, (await database.tenant()).tenantId);
    const ctxB = { ...testCtx(b, ctxA.tenantId) };
    const ids = Array.from({ length: 60 }, () => newId<string>());
    const writeAll = (services: TestServices, ctx: Ctx) =>
      Promise.all(ids.map((id) => write(services, ctx, id, 2)));
    await Promise.all([writeAll(a, ctxA), writeAll(b, ctxB)]);
    await until(async () => (await spread("shared", ids))[0] === 4);
    expect(new Set(names)).toEqual(new Set(["a", "b"]));

    // b dies with work in hand: its connections end, it never says good-bye
    const dying = writeAll(a, ctxA);
    await b.db.close();
    await dying;
    const waitedMs = await until(async () => (await spread("shared", ids))[0] === 6);
    expect(waitedMs).toBeLessThan(4_000);
    expect(await spread("shared", ids)).toEqual([6, 6]);
    for (const id of ids.slice(0, 5)) expect(await effects("shared", id)).toEqual([1, 2, 3, 4, 5, 6]);
    await until(async () => a.outbox.state().shards === 32);
  }, 30_000);

  test("a listener of one node hears what the other wrote", async () => {
    const options: TestServicesOptions = { isShared: true, leaseTtlMs: 1_500, tickMs: 200 };
    const a = await started([], options);
    const b = await started([], options);
    await until(async () => a.outbox.state().nodes >= 2 && b.outbox.state().nodes >= 2);
    const ctx = testCtx(a, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    const heard: EventRef[] = [];
    b.outbox.listen({
      name: "ear",
      heard: (refs) => heard.push(...refs.filter((ref) => ref.aggregateId === aggregateId)),
    });
    await write(a, ctx, aggregateId, 2);
    await until(async () => new Set(heard.map(({ seq }) => seq)).size === 2);
    const notes: unknown[] = [];
    b.outbox.onPublished("now", (payload) => notes.push(payload));
    a.outbox.publish("now", { hello: 1 });
    await until(async () => notes.length > 0);
    expect(notes).toEqual([{ hello: 1 }]);
  }, 20_000);
});
