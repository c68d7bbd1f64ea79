import type { ConversationId, MessageId } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { testCtx, testServices } from "../../../test/services.ts";
import { newId } from "../ids.ts";
import { emit } from "./emit.ts";
import { changed, effectsKit, recording, until, write } from "./testing/effects.ts";
import type { Subscriber } from "./types.ts";

const { database, effects, started } = await effectsKit();

describe("one node", () => {
  test("an event reaches its subscriber at once, after the commit, in order, with its hint", async () => {
    const heard: { seq: number; waitedMs: number; text: string | undefined }[] = [];
    let committedAtMs = 0;
    const services = await started([
      {
        name: "hinted",
        kinds: ["message-received"],
        async handle(_ctx, event) {
          const text = event.message?.content.kind === "text" ? event.message.content.text : undefined;
          heard.push({ seq: event.seq, waitedMs: performance.now() - committedAtMs, text });
        },
      },
    ]);
    const { tenantId } = await database.tenant();
    const ctx = testCtx(services, tenantId);
    const conversationId = newId<ConversationId>();
    for (let seq = 1; seq <= 3; seq += 1) {
      const messageId = newId<MessageId>();
      const message = {
        id: messageId,
        conversationId,
        seq,
        kind: "inbound",
        author: { kind: "contact", id: null, name: null },
        content: { kind: "text", text: `line ${seq}` },
        clientMessageId: null,
        delivery: { status: "sent", reason: null },
        hasTrace: false,
        createdAt: services.clock.now().toISOString(),
      } as const;
      await services.db.transact(tenantId, async (tx) => {
        const payload = {
          conversationId,
          messageId,
          seq,
          inboxId: newId<never>(),
          isNewConversation: seq === 1,
          version: seq,
        };
        await emit(ctx, tx, conversationId, [{ kind: "message-received", payload }], { messages: [message] });
      });
      committedAtMs = performance.now();
      await services.outbox.settled();
    }
    expect(heard.map(({ seq, text }) => [seq, text])).toEqual([
      [1, "line 1"],
      [2, "line 2"],
      [3, "line 3"],
    ]);
    for (const { waitedMs } of heard) expect(waitedMs).toBeLessThan(50);
  });

  test("nothing is heard of a transaction that rolls back", async () => {
    const services = await started([recording("rolled-back")]);
    const { tenantId } = await database.tenant();
    const ctx = testCtx(services, tenantId);
    const aggregateId = newId<string>();
    const failed = services.db.transact(tenantId, async (tx) => {
      await emit(ctx, tx, aggregateId, [changed(aggregateId, 1)]);
      throw new Error("no");
    });
    await expect(failed).rejects.toThrow("no");
    await write(services, ctx, aggregateId);
    await services.outbox.settled();
    expect(await effects("rolled-back", aggregateId)).toEqual([1]);
  });

  test("lanes never wait for each other, events of a lane do", async () => {
    let release = () => {};
    const blocked = new Promise<void>((resolve) => {
      release = resolve;
    });
    const slow = newId<string>();
    const services = await started([
      recording("slow-one", (event) => (event.aggregateId === slow ? blocked : Promise.resolve())),
      recording("beside"),
    ]);
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const fast = newId<string>();
    await write(services, ctx, slow, 2);
    await write(services, ctx, fast, 2);
    await until(
      async () =>
        (await effects("slow-one", fast)).length === 2 && (await effects("beside", slow)).length === 2,
    );
    expect(await effects("slow-one", slow)).toEqual([]);
    release();
    await services.outbox.settled();
    expect(await effects("slow-one", slow)).toEqual([1, 2]);
  });

  test("a handler that fails is tried again, and its effect happens once", async () => {
    let failures = 3;
    const services = await started(
      [
        recording("flaky", async () => {
          failures -= 1;
          if (failures >= 0) throw new Error("not yet");
        }),
      ],
      { backOffMs: [10, 20, 30, 40] },
    );
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    await write(services, ctx, aggregateId, 2);
    await services.outbox.settled();
    expect(await effects("flaky", aggregateId)).toEqual([1, 2]);
    expect(await services.outbox.deadLetters(ctx.tenantId)).toEqual([]);
    const [left] = await database.asAdmin<{ n: number }>(
      "select count(*)::int n from outbox_failure where tenant_id = $1",
      [ctx.tenantId],
    );
    expect(left?.n).toBe(0);
  });

  test("after five failures an event is dead, the lane goes on, and a person may try it again", async () => {
    let isBroken = true;
    const services = await started(
      [
        recording("broken", async (event) => {
          if (event.seq === 1 && isBroken) throw new Error("never");
        }),
      ],
      { backOffMs: [10, 20, 30, 40] },
    );
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    await write(services, ctx, aggregateId, 2);
    await until(async () => (await effects("broken", aggregateId)).length === 1);
    expect(await effects("broken", aggregateId)).toEqual([2]);
    const [letter] = await services.outbox.deadLetters(ctx.tenantId);
    expect(letter).toMatchObject({
      subscriber: "broken",
      aggregateId,
      seq: 1,
      attempts: 5,
      errorCode: "internal",
    });
    const id = letter?.id ?? "";
    expect(await services.outbox.retryDeadLetter(ctx.tenantId, id)).toBe("failed");
    isBroken = false;
    expect(await services.outbox.retryDeadLetter(ctx.tenantId, id)).toBe("done");
    expect(await services.outbox.retryDeadLetter(ctx.tenantId, id)).toBe("not-found");
    expect(await effects("broken", aggregateId)).toEqual([2, 1]);
    expect(await services.outbox.deadLetters(ctx.tenantId)).toEqual([]);
  });

  test("many events of many lanes are handled in batches; one bad lane does not hold up the rest", async () => {
    const sizes: number[] = [];
    const bad = newId<string>();
    const batched: Subscriber = {
      name: "batched",
      kinds: ["conversation-changed"],
      batch: {
        maxEvents: 50,
        maxWaitMs: 20,
        async handleMany(ctx, events, done) {
          sizes.push(events.length);
          if (events.some(({ aggregateId }) => aggregateId === bad)) throw new Error("bad");
          await ctx.db.transact(ctx.tenantId, async (tx) => {
            for (const event of events)
              await tx.run(
                "insert into effect (tenant_id, subscriber, aggregate_id, seq) values ($1, 'batched', $2, $3)",
                [ctx.tenantId, event.aggregateId, event.seq],
              );
            await done(tx);
          });
        },
      },
    };
    const services = await started([batched]);
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const good = Array.from({ length: 20 }, () => newId<string>());
    await Promise.all([write(services, ctx, bad), ...good.map((id) => write(services, ctx, id, 3))]);
    await until(async () =>
      (await Promise.all(good.map((id) => effects("batched", id)))).every((seqs) => seqs.length === 3),
    );
    for (const id of good) expect(await effects("batched", id)).toEqual([1, 2, 3]);
    expect(Math.max(...sizes)).toBeGreaterThan(10);
  });

  test("what a subscriber does not want costs no position, and what it wants later is not lost", async () => {
    const services = await started([
      {
        ...recording("picky"),
        wants: (event) => event.kind === "conversation-changed" && event.payload.version % 2 === 1,
      },
    ]);
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    await write(services, ctx, aggregateId, 1);
    await services.outbox.settled();
    const lanes = "select done_seq from outbox_lane where aggregate_id = $1 and subscriber = 'picky'";
    expect(await database.asAdmin(lanes, [aggregateId])).toEqual([]);
    await write(services, ctx, aggregateId, 4);
    await services.outbox.settled();
    expect(await effects("picky", aggregateId)).toEqual([3, 5]);
    expect(await database.asAdmin(lanes, [aggregateId])).toEqual([{ done_seq: 5 }]);
  });

  test("a start takes up what a crash left, from the last stored position", async () => {
    const first = await testServices(database);
    const ctx = testCtx(first, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    await write(first, ctx, aggregateId, 3); // never started: nobody heard
    const services = await started([recording("late")]);
    await services.outbox.settled();
    await until(async () => (await effects("late", aggregateId)).length === 3);
    expect(await effects("late", aggregateId)).toEqual([1, 2, 3]);
  });

  test("a commit whose answer was lost is found by the sweep", async () => {
    const services = await started([recording("swept")], { tickMs: 100 });
    const { tenantId } = await database.tenant();
    const aggregateId = newId<string>();
    const events = JSON.stringify([
      { id: newId<string>(), kind: "conversation-changed", payload: changed(aggregateId, 1).payload },
    ]);
    await database.asAdmin("select outbox_emit($1, $2, $3, $4)", [
      tenantId,
      aggregateId,
      services.clock.now(),
      events,
    ]);
    expect(await until(async () => (await effects("swept", aggregateId)).length === 1)).toBeLessThan(4_000);
  });
});

describe("order", () => {
  test("16 delayed writers: order of positions is order of visibility, without gaps", async () => {
    const services = await started([recording("ordered")], { config: { poolSize: 20 } });
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    const told: number[] = [];
    services.outbox.listen({
      name: "watch",
      heard: (refs) =>
        told.push(...refs.filter((ref) => ref.aggregateId === aggregateId).map(({ seq }) => seq)),
    });
    let isWriting = true;
    const seen: number[] = [];
    const watch = (async () => {
      while (isWriting) {
        const events = await services.outbox.read(ctx.tenantId, aggregateId, seen.length);
        for (const event of events) seen.push(event.seq);
      }
    })();
    await Promise.all(
      Array.from({ length: 16 }, async (_, writer) => {
        for (let round = 0; round < 6; round += 1) {
          await services.db.transact(ctx.tenantId, async (tx) => {
            await tx.run("select pg_sleep($1)", [((writer * 7 + round * 3) % 10) / 1_000]);
            await emit(ctx, tx, aggregateId, [changed(aggregateId, writer), changed(aggregateId, round)]);
            await tx.run("select pg_sleep($1)", [((writer * 3 + round * 5) % 10) / 1_000]);
          });
        }
      }),
    );
    isWriting = false;
    await watch;
    await services.outbox.settled();
    const all = Array.from({ length: 16 * 6 * 2 }, (_, index) => index + 1);
    expect(
      seen.concat((await services.outbox.read(ctx.tenantId, aggregateId, seen.length)).map(({ seq }) => seq)),
    ).toEqual(all);
    expect(told).toEqual(all);
    expect(await effects("ordered", aggregateId)).toEqual(all);
  });
});
