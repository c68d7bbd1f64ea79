// The shop's words over HTTP on a real database: kept whole, live at once, guarded against two who write; other nodes hear
// of them; two shops never see each other's.

import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { knowledgeFor, knowledgeListener } from "../knowledge-cache.ts";
import { noLists, noWords } from "./known-words.ts";

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
const last = async (text: string, as = "owner") =>
  (await call("tryIt", { as, body: { text } })).body.trace.at(-1).because;

test("words are kept, live at once, and each version is written over once", async () => {
  expect((await call("getWords")).body).toEqual({ ...noLists, version: 0 });
  expect((await last("我要找加盟合作")).code).not.toBe("sensitive-word");
  const sensitive = [
    { word: "加盟合作", does: "alert" },
    { word: "加盟合作", does: "alert" },
  ];
  const synonyms = [["挂烫机", "熨烫机", "熨烫机"]];
  const body = { ...noLists, sensitive, synonyms, version: 0 };
  const kept = { sensitive: [sensitive[0]], synonyms: [["挂烫机", "熨烫机"]], version: 1 };
  expect((await call("changeWords", { body })).body).toMatchObject(kept);
  expect((await call("getWords")).body).toMatchObject(kept);
  expect(await last("我要找加盟合作")).toEqual({ code: "sensitive-word", values: { word: "加盟合作" } });
  expect(await call("changeWords", { body })).toMatchObject({ status: 409, code: "words/version-moved" });
  expect((await call("changeWords", { body: { ...noLists, version: 1 } })).body.version).toBe(2);
  expect((await last("我要找加盟合作")).code).not.toBe("sensitive-word");
  expect((await call("changeWords", { body })).status).toBe(409);
});

test("what is no word is refused; a viewer reads and changes nothing; another shop sees and hears nothing", async () => {
  const { version } = (await call("getWords")).body;
  const promises = ["终身质保"];
  for (const wrong of [{ neverSay: ["x"] }, { synonyms: [["一个"]] }, { promises: ["长".repeat(41)] }])
    expect((await call("changeWords", { body: { ...noLists, ...wrong, version } })).status).toBe(400);
  expect((await call("changeWords", { as: "viewer", body: { ...noLists, version } })).status).toBe(403);
  await call("changeWords", { body: { ...noLists, promises, version } });
  expect((await call("getWords", { as: "viewer" })).body.promises).toEqual(promises);
  expect((await call("getWords", { as: "stranger" })).body).toEqual({ ...noLists, version: 0 });
});

test("a change on another node is heard", async () => {
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
  const knowledge = await knowledgeFor(ctx);
  expect(knowledge.words.promisedIn("本店终身质保")).toBe("终身质保");
  knowledge.words = noWords; // as a node that has not heard yet
  knowledgeListener(services).heard([{ tenantId, kind: "words-changed", event: undefined } as never]);
  await expect.poll(() => knowledge.words.promisedIn("本店终身质保")).toBe("终身质保");
});
