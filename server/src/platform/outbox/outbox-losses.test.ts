import { describe, expect, test } from "vitest";
import { testCtx, testServices } from "../../../test/services.ts";
import { fixedClock } from "../clock.ts";
import { newId } from "../ids.ts";
import { effectsKit, recording, until, write } from "./testing/effects.ts";
import { eventDays, trimEvents } from "./trim.ts";

const { database, effects, started } = await effectsKit();

describe("what must not get lost", () => {
  test("an event whose handler keeps failing is still there after a stop in the middle", async () => {
    let isBroken = true;
    const flaky = () =>
      recording("stubborn", async () => {
        if (isBroken) throw new Error("not yet");
      });
    const first = await started([flaky()], { backOffMs: [60_000] });
    const ctx = testCtx(first, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    await write(first, ctx, aggregateId);
    await until(async () => {
      const rows = await database.asAdmin("select 1 from outbox_failure where aggregate_id = $1", [
        aggregateId,
      ]);
      return rows.length === 1;
    });
    first.clock.advance(3_600_000); // long after everything that is handled by then
    await first.outbox.stop();
    isBroken = false;
    await started([flaky()], { clock: first.clock });
    await until(async () => (await effects("stubborn", aggregateId)).length === 1);
  });

  test("a clock that is set back hides nothing", async () => {
    const clock = fixedClock();
    const services = await started([recording("back-in-time")], { clock, tickMs: 100 });
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const [known, unknown] = [newId<string>(), newId<string>()];
    await write(services, ctx, known);
    await services.outbox.settled();
    clock.advance(-7_200_000);
    await write(services, ctx, known);
    // an aggregate this node has never heard of, as after a restart
    const stranger = await testServices(database, { clock });
    await write(stranger, testCtx(stranger, ctx.tenantId), unknown);
    await write(services, ctx, unknown);
    await until(async () => (await effects("back-in-time", unknown)).length === 2);
    expect(await effects("back-in-time", known)).toEqual([1, 2]);
    expect(await effects("back-in-time", unknown)).toEqual([1, 2]);
  });

  test("events are trimmed after 400 days, positions go on", async () => {
    const services = await started([]);
    const ctx = testCtx(services, (await database.tenant()).tenantId);
    const aggregateId = newId<string>();
    await write(services, ctx, aggregateId, 3);
    services.clock.advance((eventDays + 1) * 86_400_000);
    expect(await trimEvents(services)).toBeGreaterThanOrEqual(3);
    expect(await services.outbox.read(ctx.tenantId, aggregateId, 0)).toEqual([]);
    expect(await write(services, ctx, aggregateId)).toEqual([4]);
  });
});
