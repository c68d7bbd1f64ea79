// The wizard's last touch: a chat that speaks in the shop's name, and nobody's own words replaced later.
import type { Inbox } from "@yingda/contract";
import { expect, test } from "vitest";
import { testApp } from "../../test/app.ts";
import { testDatabase } from "../../test/database.ts";

const app = await testApp(await testDatabase(), { isStarted: false });
const { cookie } = await app.owner();

async function web(): Promise<Inbox> {
  const inboxes = (await app.inject("GET", "/api/inboxes", { cookie })).json<Inbox[]>();
  const found = inboxes.find(({ channel }) => channel === "web");
  if (!found) throw new Error("a prepared shop has a web chat");
  return found;
}

const put = (path: string, body: unknown) => app.inject("PUT", path, { cookie, body });
const rename = (name: string) => app.inject("PATCH", "/api/tenant", { cookie, body: { name } });
const dress = () => app.inject("POST", "/api/setup/dress", { cookie });

test("during the set-up the chat follows name and pack; afterwards only what is empty is filled", async () => {
  await rename("没有行业的店");
  expect((await dress()).statusCode).toBe(204);
  expect((await web()).widget).toMatchObject({ title: { zh: "没有行业的店" }, suggestions: [] });

  await put("/api/packs/apparel", { isOn: true });
  await rename("青禾服饰");
  await put("/api/blanks", { values: { 店铺名: "青禾服饰", 客服时间: "9:00-21:00" } });
  await dress();
  // only what the bot can already answer is suggested
  expect((await web()).widget.suggestions).toEqual(["该穿什么尺码？按身高体重怎么选？"]);
  await put("/api/blanks", {
    values: {
      发货时间: "48",
      截单时间: "16:00",
      退货天数: "7",
      包邮门槛: "99",
      普通运费: "8",
      偏远运费: "15",
    },
  });
  await dress();
  const first = (await web()).widget;
  expect(first.title).toEqual({ zh: "青禾服饰", en: "青禾服饰" });
  expect(first.greeting.zh).toContain("欢迎光临青禾服饰");
  expect(first.suggestions).toHaveLength(4);
  expect(first.rules).toMatchObject([{ when: { isOpen: false }, suggestions: [] }]);
  const replies = async () => (await app.inject("GET", "/api/canned-replies", { cookie })).json<unknown[]>();
  const count = (await replies()).length;
  expect(count).toBeGreaterThan(10);

  // back in the wizard, another name: nothing of the old one stays, nothing comes twice
  await rename("青禾衣橱");
  await put("/api/blanks", { values: { 店铺名: "青禾衣橱" } });
  await dress();
  const second = (await web()).widget;
  expect(JSON.stringify(second)).not.toContain("青禾服饰");
  expect(second.rules).toHaveLength(1);
  expect(await replies()).toHaveLength(count);

  // set up, and the owner's own words
  await app.inject("PATCH", "/api/tenant", { cookie, body: { isSetUp: true, name: "又换了" } });
  const inbox = await web();
  const own = { ...inbox.widget, greeting: { zh: "欢迎！", en: "Welcome!" }, suggestions: ["怎么退货？"] };
  await app.inject("PATCH", `/api/inboxes/${inbox.id}`, {
    cookie,
    body: { version: inbox.version, widget: own },
  });
  await dress();
  expect((await web()).widget).toEqual(own);
});

test("only those who may change settings", async () => {
  expect((await app.inject("POST", "/api/setup/dress")).statusCode).toBe(401);
});
