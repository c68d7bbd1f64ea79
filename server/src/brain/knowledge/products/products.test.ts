// The shop's products over HTTP on a real database: kept, refused, brought in and out, their codes made, drawn and taken back;
// other nodes hear of them; two shops never see each other's.

import type { Product, ProductDraft } from "@yingda/contract";
import { unzipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testServices } from "../../../../test/services.ts";
import { makeCtx } from "../../../platform/context.ts";
import { brainApp } from "../../testing/brain-app.ts";
import { knowledgeFor, knowledgeListener } from "../knowledge-cache.ts";
import { purgeProducts } from "./purge-products.ts";

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

const washer = {
  name: "晶洁洗碗机",
  models: ["X5"],
  faults: [
    { code: "E04", meaning: "进水超时", steps: [{ text: "打开水龙头。" }, { text: "清洗进水滤网。" }] },
  ],
};
const made = async (changes: Partial<Record<keyof ProductDraft, unknown>> = {}, as = "owner") =>
  (await call("createProduct", { as, body: { ...washer, ...changes } })).body as Product;
const remove = (id: string, as = "owner") => call("deleteProduct", { as, params: { id } });
const known = async (of = tenantId) =>
  knowledgeFor(makeCtx(services, { tenantId: of, actor: { kind: "system", name: "test" } }));

test("a product is made, changed, removed and brought back; each is known at once and told to others", async () => {
  const product = await made();
  expect(product).toMatchObject({ ...washer, version: 1, isOn: true, warranty: "" });
  const params = { id: product.id };
  expect((await known()).products.faultCodes).toEqual(["E04"]);
  expect((await call("getProduct", { params })).body).toEqual(product);
  expect((await call("listProducts")).body).toMatchObject([{ id: product.id, faultCount: 1, codeCount: 0 }]);

  const changed = { ...washer, name: "晶洁洗碗机 二代", warranty: "整机两年", version: 1 };
  expect((await call("updateProduct", { params, body: changed })).body).toMatchObject({ version: 2 });
  expect((await known()).products.all.map(({ name }) => name)).toEqual(["晶洁洗碗机 二代"]);
  expect(await call("updateProduct", { params, body: changed })).toMatchObject({
    status: 409,
    code: "product/version-moved",
    body: { error: { details: { version: 2 } } },
  });
  const off = { ...washer, isOn: false, version: 2 };
  expect((await call("updateProduct", { params, body: off })).status).toBe(200);
  expect((await known()).products.all).toEqual([]);

  expect((await remove(product.id)).status).toBe(204);
  expect(await call("getProduct", { params })).toMatchObject({ status: 404, code: "product/not-found" });
  expect((await call("restoreProduct", { params })).body).toMatchObject({ version: 5, isOn: false });
  const events = await services.db.system((tx) =>
    tx.rows<{ kind: string }>(
      "select kind from outbox_event where tenant_id = $1 and payload::text like $2",
      [tenantId, `%${product.id}%`],
    ),
  );
  const kinds = events.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === "product-changed")).toHaveLength(5);
  expect(kinds.filter((kind) => kind === "audit-requested")).toHaveLength(5);
  await remove(product.id);
});

test("two shops never see or change each other's products and codes", async () => {
  const product = await made();
  const params = { id: product.id };
  const [code] = (await call("makeProductCodes", { params, body: { batches: [""] } })).body;
  for (const name of ["getProduct", "deleteProduct", "restoreProduct", "listProductCodes"] as const)
    expect(await call(name, { as: "stranger", params })).toMatchObject({ status: 404 });
  const body = { ...washer, version: 1 };
  expect((await call("updateProduct", { as: "stranger", params, body })).status).toBe(404);
  const asStranger = { as: "stranger", params: { code: code.code } };
  expect((await call("removeProductCode", asStranger)).code).toBe("product/code-not-found");
  const query = "?format=svg&inbox=abc";
  expect((await call("drawProductCode", { ...asStranger, query })).code).toBe("product/code-not-found");
  expect((await known(other)).products.all).toEqual([]);
  await remove(product.id);
});

test("codes: one for each batch, kept when asked again, drawn, packed, taken back", async () => {
  const product = await made();
  const params = { id: product.id };
  const batches = ["", "2026-10", "2026-11", "2026-10"];
  const codes = (await call("makeProductCodes", { params, body: { batches } })).body;
  expect(codes.map(({ batch }: { batch: string }) => batch)).toEqual(["", "2026-10", "2026-11"]);
  for (const { code } of codes) expect(code).toMatch(/^[2-9a-z]{10}$/);
  const again = (await call("makeProductCodes", { params, body: { batches: ["2026-10"] } })).body;
  expect(again).toEqual([codes[1]]);
  expect((await known()).products.printed.get(codes[1].code)).toEqual({
    product: product.id,
    batch: "2026-10",
  });

  const list = codes.map(({ code }: { code: string }) => code).join(",");
  const shown = (await call("showProductCodes", { query: `?codes=${list}&inbox=shop-key` })).body;
  expect(shown).toHaveLength(3);
  expect(shown[1]).toMatchObject({ product: "晶洁洗碗机", batch: "2026-10" });
  expect(shown[1].url).toBe(`http://localhost:80/h/shop-key/${codes[1].code}`);
  expect(shown[1].svg).toContain("<svg");
  const one = { params: { code: codes[0].code } };
  const png = await call("drawProductCode", { ...one, query: "?format=png&inbox=shop-key" });
  expect(png.raw.rawPayload.subarray(1, 4).toString()).toBe("PNG");
  const packed = await call("packProductCodes", { query: `?codes=${list}&inbox=shop-key&format=svg` });
  expect(Object.keys(unzipSync(packed.raw.rawPayload)).sort()).toEqual(
    codes
      .map(({ code, batch }: { code: string; batch: string }) =>
        ["晶洁洗碗机", batch, code].filter(Boolean).join(" "),
      )
      .map((name: string) => `${name}.svg`)
      .sort(),
  );
  expect((await call("showProductCodes", { query: "?codes=a&inbox=..%2Fx" })).status).toBe(400);

  expect((await call("removeProductCode", one)).status).toBe(204);
  expect((await known()).products.printed.size).toBe(2);
  expect((await call("removeProductCode", one)).code).toBe("product/code-not-found");
  await remove(product.id);
  expect((await known()).products.printed.size).toBe(0);
});

describe("a sheet", () => {
  const text = [
    "产品,型号,保修,故障码,含义,步骤,没解决时,备注",
    '洗碗机 X5,"X5、X5 Pro",整机两年,E04,进水超时,"1. 打开水龙头\n2）清洗滤网",报修,x',
    ",,,E05,漏水,关闭电源,马上转人工,",
    "洗碗机 X5,,,e-04,又一次,拔插头,,",
    "烤箱 K1,,,F1,,升温过快,,",
    "烤箱 K1,,,F2,风扇,看说明书,打电话,",
    "烤箱 K1,,,F3,传感器,断电十分钟,,",
  ].join("\n");
  const file = { name: "产品.csv", text };

  test("is looked at, problems named row by row, and nothing is kept", async () => {
    const looked = await call("importProducts", { file, query: "?dryRun=1" });
    expect(looked).toMatchObject({ status: 200, body: { added: 2, changed: 0, faults: 3 } });
    expect(looked.body.problems).toEqual([
      { row: 1, code: "unknown-column", text: "备注" },
      { row: 4, code: "same-code", text: "e-04" },
      { row: 5, code: "no-meaning", text: "F1" },
      { row: 6, code: "unknown-ending", text: "打电话" },
    ]);
    expect((await call("listProducts")).body).toEqual([]);
  });

  test("becomes products, changes those of the same name, and is taken out as it came in", async () => {
    const before = await made({ name: "洗碗机 X5", aliases: ["小晶"], faults: [...washer.faults] });
    expect((await call("importProducts", { file })).body).toMatchObject({ added: 1, changed: 1 });
    const params = { id: before.id };
    const { body } = await call("getProduct", { params });
    expect(body).toMatchObject({
      models: ["X5", "X5 Pro"],
      aliases: ["小晶"],
      warranty: "整机两年",
      faults: [
        { code: "E04", meaning: "进水超时", ending: "ticket" },
        { code: "E05", ending: "person-at-once" },
      ],
    });
    expect(body.faults[0].steps.map((step: { text: string }) => step.text)).toEqual([
      "打开水龙头",
      "清洗滤网",
    ]);
    for (const format of ["csv", "xlsx"]) {
      const { raw } = await call("exportProducts", { query: `?format=${format}` });
      expect(raw.headers["content-disposition"]).toContain(`products.${format}`);
      if (format === "csv") {
        const again = { file: { name: "a.csv", text: raw.body }, query: "?dryRun=1" };
        expect((await call("importProducts", again)).body).toMatchObject({ changed: 2, problems: [] });
      }
    }
    for (const { id } of (await call("listProducts")).body) await remove(id);
  });

  test("without a column of products, or that is no sheet, is refused with its reason", async () => {
    const none = await call("importProducts", { file: { name: "a.csv", text: "a,b\n1,2" } });
    expect(none.body).toMatchObject({ added: 0, problems: [{ row: 1, code: "no-header", text: "a b" }] });
    const binary = await call("importProducts", { file: { name: "a.csv", text: "a\u0000b" } });
    expect(binary.code).toBe("import/unreadable");
  });
});

test("what is refused: no permission, no name, a code twice, a name that is taken, a file of nobody's", async () => {
  const refused = async (changes: object) =>
    (await call("createProduct", { body: { ...washer, ...changes } })).code;
  expect((await call("listProducts", { as: "nobody" })).status).toBe(401);
  expect((await call("listProducts", { as: "viewer" })).status).toBe(200);
  expect((await call("createProduct", { as: "viewer", body: washer })).status).toBe(403);
  expect(await refused({ name: " " })).toBe("request/invalid");
  expect(await refused({ manualUrl: "javascript:alert(1)" })).toBe("request/invalid");
  const twice = [...washer.faults, { code: "e-04", meaning: "又" }];
  expect(await refused({ faults: twice })).toBe("product/same-fault");
  const stranger = {
    mediaId: "01980000-0000-7000-8000-000000000000",
    name: "x.png",
    type: "image/png",
    sizeBytes: 1,
  };
  expect(await refused({ pictures: [stranger] })).toBe("product/picture-not-found");
  const product = await made();
  expect(await refused({})).toBe("product/name-taken");
  await remove(product.id);
});

test("a video is taken by its content, kept with product and step, and nothing else is one", async () => {
  const film = `\0\0\0\x18ftypisom\0\0\x02\0isommp42${"\0".repeat(500)}`;
  const upload = (name: string, content: string, as = "owner") =>
    call("uploadProductVideo", { as, file: { name, text: content } });
  const { status, body: videoFile } = await upload("安装.txt", film);
  expect(status).toBe(200);
  expect(videoFile).toMatchObject({ type: "video/mp4", sizeBytes: 524 });
  expect((await upload("fake.mp4", "no film at all")).code).toBe("media/type-refused");
  expect((await upload("a.mp4", film, "viewer")).status).toBe(403);

  const step = { text: "打开水龙头。", videoFile };
  const product = await made({ videoFile, faults: [{ code: "E04", meaning: "进水超时", steps: [step] }] });
  expect(product).toMatchObject({ videoFile, faults: [{ steps: [{ videoFile }] }] });
  // a sheet of the same words leaves it where it is
  const text = "产品,故障码,含义,步骤\n晶洁洗碗机,E04,进水超时,打开水龙头。";
  await call("importProducts", { file: { name: "a.csv", text } });
  const params = { id: product.id };
  expect((await call("getProduct", { params })).body.faults[0].steps[0]).toMatchObject({ videoFile });
  const { body: paper } = await upload("b.mp4", film, "stranger");
  const foreign = await call("createProduct", { body: { name: "x", videoFile: paper } });
  expect(foreign.code).toBe("product/picture-not-found");
  await remove(product.id);
});

test("the help centre is off until it is switched on; the second writer is told", async () => {
  expect((await call("getHelpSettings")).body).toMatchObject({ isOn: false, isIndexed: false, version: 0 });
  const settings = {
    isOn: true,
    isIndexed: false,
    title: { zh: "帮助", en: "Help" },
    faqs: ["a", "a"],
    version: 0,
  };
  expect((await call("setHelpSettings", { body: settings })).body).toMatchObject({ faqs: ["a"], version: 1 });
  expect(await call("setHelpSettings", { body: settings })).toMatchObject({ code: "help/version-moved" });
  expect((await call("setHelpSettings", { as: "viewer", body: settings })).status).toBe(403);
  expect((await call("getHelpSettings", { as: "stranger" })).body).toMatchObject({ isOn: false });
});

test("another node takes the products anew when it hears of a change; a deleted one ends after 30 days", async () => {
  const before = await known(other);
  expect(before.products.all).toEqual([]);
  // written behind this node's back
  await database.db.transact(other, (tx) =>
    tx.run(
      `insert into product (tenant_id, id, name, body, fault_count, updated_at)
       values ($1, gen_random_uuid(), '远方', $2::jsonb, 0, now())`,
      [other, JSON.stringify({ name: "远方" })],
    ),
  );
  knowledgeListener(services).heard([
    { kind: "product-changed", tenantId: other, aggregateId: other, seq: 1 } as never,
  ]);
  await expect.poll(() => before.products.all.map(({ name }) => name)).toEqual(["远方"]);
  const product = await made();
  await remove(product.id);
  await services.db.system((tx) =>
    tx.run("update product set deleted_at = deleted_at - interval '31 days' where id = $1", [product.id]),
  );
  expect((await call("restoreProduct", { params: { id: product.id } })).code).toBe("product/not-found");
  expect(await purgeProducts(services)).toBeGreaterThanOrEqual(1);
});
