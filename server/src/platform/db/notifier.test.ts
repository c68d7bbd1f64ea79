// Notifications between processes: order, channels, and what happens when the connection is lost.
import { expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";

const database = await testDatabase();
const { db } = database;

function hear(channel: string) {
  const heard: string[] = [];
  let wake: () => void = () => undefined;
  const until = async (isEnough: () => boolean) => {
    while (!isEnough())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  let reconnects = 0;
  const subscription = db.listen(
    channel,
    (payload) => {
      heard.push(payload);
      wake();
    },
    () => {
      reconnects += 1;
      wake();
    },
  );
  return { heard, until, subscription, reconnects: () => reconnects };
}

test("arrive in order, on their channel only, until closed", async () => {
  const ear = hear("Test Channel");
  const subscription = await ear.subscription;
  await Promise.all(Array.from({ length: 50 }, (_, index) => db.notify("Test Channel", `m${index}`)));
  await db.notify("other", "not for us");
  await ear.until(() => ear.heard.length === 50);
  expect(ear.heard).toEqual(Array.from({ length: 50 }, (_, index) => `m${index}`));
  await subscription.close();
  await db.notify("Test Channel", "too late");
  expect(ear.heard).toHaveLength(50);
});

test("a lost connection comes back and says so", async () => {
  const ear = hear("comes_back");
  const subscription = await ear.subscription;
  const ended = await database.asAdmin(
    "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query like 'listen%comes_back%'",
  );
  expect(ended).toHaveLength(1);
  await ear.until(() => ear.reconnects() === 1);
  await db.notify("comes_back", "hello again");
  await ear.until(() => ear.heard.length === 1);
  await subscription.close();
});
