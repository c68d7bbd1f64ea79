import { describe, expect, test } from "vitest";
import { applicationEntry, families, familyNames, regions } from "./application.ts";
import { partsOf } from "./application-problems.ts";
import { readCatalogue } from "./read-catalogue.ts";

const catalogue = readCatalogue();
const operations = catalogue.flatMap(({ id, operations }) =>
  operations.map((operation) => ({ ...operation, of: `${id} ${operation.id}` })),
);

/** What an owner of a small shop asks for by name; each must be there. */
const promised =
  `wecom dingtalk feishu lark kingdee yonyou youzan weimob shopify woocommerce adobe-commerce salesforce hubspot
  zoho-crm pipedrive fxiaoke xiaoshouyi notion airtable jira zendesk freshdesk github gitlab linear trello asana slack
  microsoft-teams google-sheets google-calendar google-drive gmail microsoft-365 stripe paypal alipay wechat-pay kuaidi100
  kdniao sf-express shipstation aftership 17track quickbooks xero sap-business-one odoo erpnext jushuitan wangdiantong jd
  taobao-tmall pinduoduo douyin-shop amazon-sp ebay etsy square lightspeed toast calendly cal-com typeform jinshuju
  mailchimp sendgrid twilio aliyun-sms tencent-docs yuque confluence monday clickup zapier make n8n postgrest supabase
  strapi directus`.split(/\s+/u);

describe("the catalogue as it ships", () => {
  test("holds at least 80 applications, every promised one among them", () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(80);
    const ids = catalogue.map(({ id }) => id);
    expect(promised.filter((id) => !ids.includes(id))).toEqual([]);
  });

  test("is in the order of ids, no id twice, and read once", () => {
    const ids = catalogue.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(readCatalogue()).toBe(catalogue);
  });

  test("has something in every family and at home in both regions", () => {
    for (const family of families) {
      expect(catalogue.filter((application) => application.family === family).length).toBeGreaterThan(5);
      expect(familyNames[family].zh).toMatch(/\p{Script=Han}/u);
    }
    for (const region of regions)
      expect(catalogue.filter((application) => application.region === region).length).toBeGreaterThan(20);
  });

  test("says in both languages what each gives and does", () => {
    const told = catalogue.flatMap(({ gives, operations }) => [
      gives,
      ...operations.map((each) => each.purpose),
    ]);
    expect(told.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([]);
    expect(told.filter(({ en }) => /\p{Script=Han}/u.test(en))).toEqual([]);
  });

  test("claims of nothing that it was called", () => {
    expect([...new Set(catalogue.map(({ tried }) => tried))]).toEqual(["not live"]);
  });

  test("declares every part of every path, and asks for it", () => {
    for (const { of, path, parameters } of operations) {
      const declared = parameters.filter((parameter) => parameter.in === "path" && parameter.required);
      expect([of, declared.map(({ name }) => name).sort()]).toEqual([of, partsOf(path).sort()]);
    }
  });

  test("asks before everything that changes the world, and never reads by a changing method", () => {
    const writes = operations.filter(({ effect }) => effect === "write");
    expect(writes.length).toBeGreaterThan(50);
    expect(writes.filter((operation) => !("confirm" in operation) || !operation.confirm)).toEqual([]);
    const reads = operations.filter(({ effect }) => effect === "read");
    expect(reads.filter(({ method }) => method !== "GET" && method !== "POST")).toEqual([]);
  });

  test("gives no money back and opens no order, mailbox or table to somebody who has proven nothing", () => {
    const personal =
      /order|refund|receipt|contact|customer|trade|mail$|record|rows?$|range|data|calendar$|^list-events$/u;
    const read = operations.filter(({ id, effect }) => effect === "read" && personal.test(id));
    expect(read.length).toBeGreaterThan(80);
    expect(read.filter(({ identity }) => identity === "none").map(({ of }) => of)).toEqual([]);
    const refunds = operations.filter(({ id, effect }) => id === "refund" && effect === "write");
    expect(refunds.length).toBeGreaterThan(4);
    expect(refunds.filter(({ identity }) => identity === "none")).toEqual([]);
  });

  test("names only public https hosts: no address of one machine, no secret inside", () => {
    for (const { baseUrl, mcp, documentation } of catalogue)
      for (const address of [baseUrl, mcp ?? documentation, documentation]) {
        const url = new URL(address.replaceAll(/\{[^{}]*\}/gu, "x"));
        expect([url.protocol, url.username, url.password, url.hash]).toEqual(["https:", "", "", ""]);
        expect(url.hostname).not.toMatch(/^(?:localhost|\d+\.\d+\.\d+\.\d+)$/u);
      }
  });
});

describe("an entry is refused", () => {
  const good = structuredClone(catalogue.find(({ id }) => id === "shopify"));
  if (good === undefined) throw new Error("shopify is the sample of these tests");
  const { family: _, ...sample } = good;
  const problemsOf = (changed: object) =>
    applicationEntry.safeParse({ ...sample, ...changed }).error?.issues.map(({ message }) => message) ?? [];
  const get = { ...sample.operations[0], id: "get", path: "/things/{id}", parameters: [] };
  const pathId = { name: "id", in: "path", required: true };

  test("never as it ships", () => expect(problemsOf({})).toEqual([]));

  test("for a part of a path without a parameter, and a parameter without a part", () => {
    expect(problemsOf({ operations: [get] })).toEqual(["{id} in the path has no parameter"]);
    expect(problemsOf({ operations: [{ ...get, path: "/things", parameters: [pathId] }] })).toEqual([
      "path parameter id is not in the path",
    ]);
    expect(problemsOf({ operations: [{ ...get, parameters: [pathId] }] })).toEqual([]);
  });

  test("for a write without confirmation, and a read that deletes", () => {
    const write = { ...get, parameters: [pathId], effect: "write", method: "DELETE" };
    expect(problemsOf({ operations: [write] })).toHaveLength(1);
    expect(problemsOf({ operations: [{ ...write, confirm: false }] })).toHaveLength(1);
    expect(problemsOf({ operations: [{ ...write, confirm: true }] })).toEqual([]);
    expect(problemsOf({ operations: [{ ...get, parameters: [pathId], method: "DELETE" }] })).toHaveLength(1);
  });

  test("for a part of an address that nobody is asked for, and one asked for in vain", () => {
    expect(problemsOf({ account: [] })).toEqual(["{shop} is used but not declared"]);
    const plain = { baseUrl: "https://example.com", mcp: null };
    expect(problemsOf(plain)).toEqual(["shop is declared but no address uses {shop}"]);
  });

  test("for http, an operation that stands twice, and a claim of having been tried", () => {
    expect(problemsOf({ mcp: "http://mcp.example.com" })).toHaveLength(1);
    const twice = { ...get, parameters: [pathId] };
    expect(problemsOf({ operations: [twice, twice] })).toEqual([
      "operation get stands twice; give each its own id",
    ]);
    expect(problemsOf({ tried: "live" })).toHaveLength(1);
  });

  test("for a body on a GET, and the whole body beside a part of it", () => {
    const part = { name: "note", in: "body", required: true };
    const whole = { ...part, name: "*" };
    const post = { ...get, path: "/things", method: "POST", bodyAs: "json" };
    expect(problemsOf({ operations: [{ ...post, method: "GET", parameters: [part] }] })).toEqual([
      "a GET has no body; use query parameters",
    ]);
    expect(problemsOf({ operations: [{ ...post, parameters: [part, whole] }] })).toEqual([
      "* is the whole body and stands alone",
    ]);
    expect(problemsOf({ operations: [{ ...post, parameters: [whole] }] })).toEqual([]);
  });
});
