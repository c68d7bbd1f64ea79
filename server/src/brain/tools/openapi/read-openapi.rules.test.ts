// OpenAPI descriptions as shops have them: what becomes a tool, how sign-in is mapped, and what is refused with a reason.
import { describe, expect, test } from "vitest";
import { AppError } from "../../../platform/errors.ts";
import { readOpenApi } from "./read-openapi.ts";

const shop = `
openapi: 3.1.0
info: { title: Pet Store, version: "1" }
servers: [{ url: "https://{region}.pets.example/v1", variables: { region: { default: cn } } }]
components:
  securitySchemes:
    oauth:
      type: oauth2
      flows: { clientCredentials: { tokenUrl: https://login.pets.example/token, scopes: { read: Reads } } }
  parameters:
    orderId: { name: orderId, in: path, required: true, schema: { type: string } }
  schemas:
    Node:
      type: object
      properties: { name: { type: string }, child: { $ref: "#/components/schemas/Node" } }
    Order:
      allOf:
        - { type: object, required: [status], properties: { status: { type: string, description: 现在的状态 } } }
        - { type: object, properties: { total: { type: number }, customer: { type: object, properties: { phone: { type: [string, "null"] } } }, node: { $ref: "#/components/schemas/Node" } } }
paths:
  /orders/{orderId}:
    parameters: [{ $ref: "#/components/parameters/orderId" }]
    get:
      operationId: getOrderById
      summary: 查订单
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } } }
    put:
      requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
      responses: {}
  /orders:
    get:
      operationId: getOrderById
      parameters:
        - { name: limit, in: query, schema: { type: integer, default: 20 } }
        - { name: Authorization, in: header, schema: { type: string } }
      responses: { "200": { content: { application/json: { schema: { type: array, items: { $ref: "#/components/schemas/Order" } } } } } }
  /files:
    post: { requestBody: { content: { multipart/form-data: {} } }, responses: {} }
  /broken:
    get: { parameters: [{ $ref: "other.yaml#/x" }], responses: {} }
`;

test("operations become tools, with inputs and fields", () => {
  const { title, baseUrl, auth, secretsNeeded, tools, skipped } = readOpenApi(shop, null);
  expect({ title, baseUrl, secretsNeeded }).toEqual({
    title: "Pet Store",
    baseUrl: "https://cn.pets.example/v1",
    secretsNeeded: ["clientSecret"],
  });
  expect(auth).toMatchObject({
    kind: "oauth2",
    tokenUrl: "https://login.pets.example/token",
    scopes: ["read"],
  });
  const [get, put, list] = tools;
  expect(get).toMatchObject({
    name: "pet-store.get-order-by-id",
    title: "查订单",
    effect: "read",
    call: { kind: "http", method: "GET", path: "/orders/{orderId}", bodyAs: "none" },
    parameters: [{ name: "orderId", in: "path", isRequired: true, input: "orderId" }],
    picks: [
      { name: "status", at: "status" },
      { name: "total", at: "total", type: "number" },
      { name: "customerPhone", at: "customer.phone" },
      { name: "nodeName", at: "node.name" },
      { name: "nodeChildName", at: "node.child.name" },
    ],
  });
  expect(put).toMatchObject({ effect: "change", call: { method: "PUT", bodyAs: "json" } });
  expect(put?.parameters.map(({ name, in: where, isRequired }) => [name, where, isRequired])).toEqual([
    ["orderId", "path", true],
    ["status", "body", true],
    ["total", "body", false],
    ["customer.phone", "body", false],
    ["node.name", "body", false],
    ["node.child.name", "body", false],
  ]);
  expect(list).toMatchObject({
    name: "pet-store.get-order-by-id-2",
    parameters: [{ name: "limit", type: "number", value: 20 }],
    picks: [{ at: "[0].status" }, {}, {}, {}, {}],
  });
  expect(skipped).toEqual([
    { name: "POST /files", why: "body" },
    { name: "GET /broken", why: "reference" },
  ]);
});

test.each<[unknown, string, string[]]>([
  [{ type: "apiKey", in: "header", name: "X-Key" }, "key", ["key"]],
  [{ type: "apiKey", in: "query", name: "key" }, "key", ["key"]],
  [{ type: "http", scheme: "bearer" }, "key", ["key"]],
  [{ type: "http", scheme: "basic" }, "basic", ["password"]],
  [{ type: "openIdConnect" }, "none", []],
])("sign-in %j", (scheme, kind, secrets) => {
  const document = {
    openapi: "3.0.3",
    paths: { "/a": { get: { responses: {} } } },
    components: { securitySchemes: { one: scheme } },
  };
  const read = readOpenApi(JSON.stringify(document), "https://api.example/docs/openapi.json");
  expect(read.auth.kind).toBe(kind);
  expect(read.secretsNeeded).toEqual(secrets);
  expect(read.baseUrl).toBe("https://api.example");
});

describe("refused, with the reason", () => {
  test.each<[string, string, string]>([
    ["a page", "<html><body>登录</body></html>", "tool/description-unreadable"],
    ["Swagger 2", '{"swagger":"2.0","paths":{"/a":{"get":{}}}}', "tool/description-unreadable"],
    ["broken JSON", "{", "tool/description-unreadable"],
    ["broken YAML", "a: [", "tool/description-unreadable"],
    ["nothing to call", "openapi: 3.0.0\npaths: {}", "tool/description-unreadable"],
    ["a giant", " ".repeat(5_000_001), "tool/description-too-large"],
    [
      "a bomb of anchors",
      `openapi: 3.0.0\na: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f"].map((name, at) => `${name}: &${name} [${Array(9).fill(`*${"abcde"[at]}`).join(",")}]`).join("\n")}\npaths: *f`,
      "tool/description-unreadable",
    ],
  ])("%s", (_what, text, code) => {
    expect(() => readOpenApi(text, null)).toThrow(AppError);
    try {
      readOpenApi(text, null);
    } catch (error) {
      expect(error).toMatchObject({ code });
    }
  });

  test("references that go round cost nothing", () => {
    const document = {
      openapi: "3.0.0",
      components: {
        schemas: { A: { $ref: "#/components/schemas/B" }, B: { $ref: "#/components/schemas/A" } },
      },
      paths: {
        "/a": {
          get: {
            responses: {
              200: { content: { "application/json": { schema: { $ref: "#/components/schemas/A" } } } },
            },
          },
        },
      },
    };
    expect(readOpenApi(JSON.stringify(document), null).tools[0]?.picks).toEqual([]);
  });

  test("what stands there without a word behind it is passed over", () => {
    const text = `
openapi: 3.0.0
components: { schemas: { A: { type: object, properties: }, B: { oneOf: 5, properties: { a: { oneOf: {} } } } } }
paths:
  /a:
    get: { responses: { "200": { content: { application/json: } } } }
    post:
      requestBody: { content: { application/json: } }
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/A" } } } } }
    put:
      requestBody: { content: { application/x-www-form-urlencoded: } }
      responses: { "200": { content: { application/json: { schema: { $ref: "#/components/schemas/B" } } } } }
`;
    const { tools } = readOpenApi(text, null);
    expect(tools.map(({ parameters, picks }) => [...parameters, ...picks])).toEqual([[], [], []]);
  });

  test("a schema that unfolds without an end is looked at for a while only", () => {
    const names = Array.from({ length: 400 }, (_, at) => `p${at}`);
    const schema = { $ref: "#/components/schemas/A" };
    const document = {
      openapi: "3.0.0",
      components: { schemas: { A: { properties: Object.fromEntries(names.map((name) => [name, schema])) } } },
      paths: { "/a": { post: { requestBody: { content: { "application/json": { schema } } } } } },
    };
    expect(readOpenApi(JSON.stringify(document), null).tools[0]?.parameters).toEqual([]);
  });
});
