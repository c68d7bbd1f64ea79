// Pinned statements over HTTP: changed and ended, refused where somebody else was faster, never another shop's.
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { purgeIncidents } from "./purge-incidents.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const other = (await database.tenant()).tenantId;
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  viewer: { tenantId, role: "viewer" },
  stranger: { tenantId: other, role: "owner" },
});
afterAll(close);

const now = () => services.clock.now().getTime();
const draft = () => ({
  title: "停电",
  text: "园区停电，今天的订单明天发出。",
  words: ["发货"],
  startsAt: new Date(now() - 1_000).toISOString(),
  endsAt: new Date(now() + 3_600_000).toISOString(),
});
const ask = async (text: string) => (await call("tryIt", { body: { text } })).body.text as string;

test("live at once, changed, ended and removed", async () => {
  const made = (await call("createIncident", { body: draft() })).body;
  const params = { id: made.id };
  expect(await ask("什么时候发货")).toContain("园区停电");
  const changed = { ...draft(), text: "电来了，正在补发。", version: 1 };
  expect((await call("updateIncident", { params, body: changed })).body).toMatchObject({ version: 2 });
  expect(await ask("什么时候发货")).toContain("电来了");
  expect(await call("updateIncident", { params, body: changed })).toMatchObject({
    status: 409,
    code: "incident/version-moved",
  });
  for (const name of ["updateIncident", "deleteIncident"] as const)
    expect(await call(name, { as: "stranger", params, body: changed })).toMatchObject({
      status: 404,
      code: "incident/not-found",
    });
  expect((await call("listIncidents", { as: "stranger" })).body).toEqual([]);
  expect(await call("createIncident", { as: "viewer", body: draft() })).toMatchObject({ status: 403 });
  const ended = { ...changed, endsAt: new Date(now()).toISOString(), version: 2 };
  expect((await call("updateIncident", { params, body: ended })).status).toBe(200);
  expect(await ask("什么时候发货")).not.toContain("电来了");
  expect((await call("deleteIncident", { params })).status).toBe(204);
  expect((await call("listIncidents")).body).toEqual([]);
});

test("what was removed is brought back as it was, for 30 days, by its own shop", async () => {
  const made = (await call("createIncident", { body: draft() })).body;
  const params = { id: made.id };
  await call("deleteIncident", { params });
  expect(await ask("什么时候发货")).not.toContain("园区停电");
  expect(await call("deleteIncident", { params })).toMatchObject({ code: "incident/not-found" });
  expect((await call("restoreIncident", { as: "stranger", params })).status).toBe(404);
  expect((await call("restoreIncident", { as: "viewer", params })).status).toBe(403);
  expect((await call("restoreIncident", { params })).body).toMatchObject({ title: "停电", version: 3 });
  expect(await ask("什么时候发货")).toContain("园区停电");
  expect(await call("restoreIncident", { params })).toMatchObject({ code: "incident/not-found" });

  await call("deleteIncident", { params });
  await services.db.system((tx) =>
    tx.run("update incident set deleted_at = deleted_at - interval '31 days' where id = $1", [made.id]),
  );
  expect((await call("restoreIncident", { params })).code).toBe("incident/not-found");
  expect(await purgeIncidents(services)).toBe(1);
});
