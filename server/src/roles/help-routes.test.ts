// The page behind a product's code and the help centre over HTTP: what anybody may read, and above all what nobody may.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { HelpPage } from "@yingda/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { testApp } from "../../test/app.ts";
import { testDatabase } from "../../test/database.ts";
import { testServices } from "../../test/services.ts";
import { MasterKey } from "../platform/crypto/index.ts";
import { createHttp, type HttpApp } from "../platform/http/index.ts";
import { helpRoutes } from "./help-routes.ts";

const database = await testDatabase();
const masterKey = MasterKey.generate();
const program = await testApp(database, { masterKey });
const { cookie } = await program.owner();
const folder = mkdtempSync(join(tmpdir(), "yingda-help-"));
let pages: HttpApp;
let key: string;

beforeAll(async () => {
  const template = join(folder, "help.html");
  writeFileSync(template, '<html lang="zh-CN"><title>{{title}}</title><script id="page">{{page}}</script>');
  const services = await testServices(database, { masterKey });
  pages = await createHttp({ services, checksReplies: true, authenticate: async () => null });
  helpRoutes(pages, services, template);
  await pages.ready();
  const [inbox] = (await program.inject("GET", "/api/inboxes", { cookie })).json();
  key = inbox.publicKey;
});
afterAll(async () => {
  await pages.close();
  rmSync(folder, { recursive: true, force: true });
});

const api = async (method: "POST" | "PUT" | "GET", path: string, body?: unknown) =>
  (await program.inject(method, path, { cookie, body })).json();
const get = (path: string, headers: Record<string, string> = {}) =>
  pages.inject({ method: "GET", url: `/h/${key}${path}`, headers: { host: "localhost", ...headers } });
async function shown(path: string, headers: Record<string, string> = {}): Promise<HelpPage> {
  const { body } = await get(path, headers);
  return JSON.parse(/<script[^>]*id="page">(.*)<\/script>/s.exec(body)?.[1] ?? "null");
}
const faq = (slug: string, changes: object = {}) =>
  api("POST", "/api/faqs", {
    slug,
    question: `问题 ${slug}`,
    answer: `答案 ${slug}`,
    category: "安装",
    ...changes,
  });
async function helpCentre(changes: object) {
  const before = await api("GET", "/api/help-centre");
  return api("PUT", "/api/help-centre", { ...before, ...changes });
}

test("the help centre is off; switched on it shows what is public, and nothing else ever", async () => {
  await faq("test.public");
  await faq("test.private");
  await faq("test.off", { isOn: false });
  await faq("test.blank", { answer: "保修 {{保修年限}} 年" });
  await faq("test.expired", { extras: { expiresOn: "2026-01-31" } });
  await api("POST", "/api/tables", {
    name: "进价表",
    rows: [
      ["型号", "进价"],
      ["X5", "¥777"],
    ],
  });
  const off = await get("");
  expect(off.statusCode).toBe(404);
  expect(off.body).toContain("这里没有内容");
  expect(off.body).not.toContain("test.public");

  await helpCentre({
    isOn: true,
    title: { zh: "帮 <b>助</b>", en: "Help" },
    faqs: ["test.public", "test.off", "test.blank", "test.expired", "gone"],
  });
  const on = await get("");
  expect(on.statusCode).toBe(200);
  expect(on.headers["x-robots-tag"]).toBe("noindex");
  expect(on.headers["content-security-policy"]).toContain("default-src 'none'");
  expect(on.headers["set-cookie"]).toBeUndefined();
  expect(on.body).not.toContain("<b>");
  const page = await shown("");
  expect(page).toMatchObject({ locale: "zh-CN", product: null, title: "帮 <b>助</b>", chatUrl: `/c/${key}` });
  expect(page.faqs).toEqual([
    {
      slug: "test.public",
      question: "问题 test.public",
      answer: "答案 test.public",
      contents: [],
      category: "安装",
    },
  ]);
  for (const secret of ["private", "test.off", "blank", "expired", "777", "进价"])
    expect(on.body).not.toContain(secret);

  await helpCentre({ isIndexed: true });
  expect((await get("")).headers["x-robots-tag"]).toBeUndefined();
  await helpCentre({ isOn: false });
  expect((await get("")).statusCode).toBe(404);
});

test("a product's page works while the help centre is off, in the visitor's language", async () => {
  await faq("test.install", { questionEn: "How to install", answerEn: "Like this" });
  const { id } = await api("POST", "/api/products", {
    name: "晶洁洗碗机",
    nameEn: "Jing dishwasher",
    warranty: "两年",
    faqs: ["test.install"],
    faults: [{ code: "E04", meaning: "进水超时", meaningEn: "no water", steps: [{ text: "打开水龙头" }] }],
  });
  const [{ code }] = await api("POST", `/api/products/${id}/codes`, { batches: ["2026-10"] });
  const page = await shown(`/${code}`);
  expect(page).toMatchObject({
    product: { name: "晶洁洗碗机", batch: "2026-10", warranty: "两年", faults: [{ code: "E04" }] },
    faqs: [{ slug: "test.install" }],
  });
  expect(new URL(page.chatUrl, "http://x").searchParams.get("p")).toBe(code);
  expect(new URL(page.chatUrl, "http://x").searchParams.get("batch")).toBe("2026-10");
  const english = await shown(`/${code}`, { "accept-language": "en-GB,en;q=0.9" });
  expect(english).toMatchObject({ locale: "en", product: { name: "Jing dishwasher" } });
  expect(english.faqs[0]?.question).toBe("How to install");
  expect((await shown(`/${code}?lang=zh-CN`, { "accept-language": "en" })).locale).toBe("zh-CN");

  const fault = async (said: string) =>
    (await get(`/${code}/fault?q=${encodeURIComponent(said)}`)).json().codes;
  expect(await fault("报e四")).toEqual(["E04"]);
  expect(await fault("显示 ｅ４")).toEqual(["E04"]);
  expect(await fault("E99")).toEqual([]);
  for (const path of ["/abcdefghjk", "/abcdefghjk/fault?q=E04", "/..%2f"])
    expect((await get(path)).statusCode).toBe(404);

  await api("PUT", `/api/products/${id}`, { name: "晶洁洗碗机", isOn: false, version: 1 });
  expect((await get(`/${code}`)).statusCode).toBe(404);
});

test("only files of products are handed out, and an unknown or foreign key gets nothing", async () => {
  const nobody = "01980000-0000-7000-8000-000000000000";
  expect((await get(`/file/${nobody}`)).statusCode).toBe(404);
  expect((await get("/file/x")).statusCode).toBe(404);
  for (const path of ["", "/abcdefghjk", "/abcdefghjk/fault", `/file/${nobody}`])
    expect((await pages.inject({ method: "GET", url: `/h/unknown-key${path}` })).statusCode).toBe(404);
});

test("a public FAQ shows its pictures, cards and lists; its files are handed out only while it is public", async () => {
  const { tenant } = await api("GET", "/api/me");
  const media = await (await testServices(database, { masterKey })).media.put(tenant.id, {
    source: Buffer.from("how to clean the filter"),
    name: "清洗.txt",
    inboxId: null,
  });
  const file = { mediaId: media.id, name: media.name, type: media.type, sizeBytes: media.sizeBytes };
  await faq("test.rich", {
    extras: {
      contents: [
        { kind: "file", ...file },
        { kind: "link", title: "视频教程", url: "https://shop.example/v" },
        { kind: "choices", text: "还想知道：", labels: ["多久洗一次"] },
      ],
    },
  });
  const path = `/file/${media.id}`;
  expect((await get(path)).statusCode).toBe(404);
  await helpCentre({ isOn: true, faqs: ["test.rich"] });
  expect((await shown("")).faqs[0]?.contents).toEqual([
    { kind: "file", src: `/h/${key}${path}`, name: "清洗.txt" },
    { kind: "card", title: "视频教程", text: "", url: "https://shop.example/v", image: null },
    { kind: "list", text: "还想知道：", lines: ["多久洗一次"] },
  ]);
  expect((await get(path)).statusCode).toBe(302);
  await helpCentre({ isOn: false });
  expect((await get(path)).statusCode).toBe(404);
});

test("whoever asks too often waits", async () => {
  const replies: { statusCode: number }[] = [];
  for (let at = 0; at < 130; at += 1) replies.push(await get("/abcdefghjk", { "x-test": String(at) }));
  expect(replies.filter(({ statusCode }) => statusCode === 429).length).toBeGreaterThan(0);
});
