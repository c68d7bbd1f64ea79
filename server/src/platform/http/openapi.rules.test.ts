import { type Route, routes } from "@yingda/contract";
import { expect, test } from "vitest";
import { openApiOf } from "./openapi.ts";

type Operation = {
  operationId: string;
  security: object[];
  parameters: { name: string; in: string }[];
  requestBody?: object;
};
const document = openApiOf("1.2.3") as unknown as {
  openapi: string;
  info: { version: string };
  paths: Record<string, Record<string, Operation>>;
};

test("the OpenAPI document has every route once, with its parameters, and is plain JSON", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.info.version).toBe("1.2.3");
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(routes).sort());
  for (const [name, route] of Object.entries<Route>(routes)) {
    const operation = operations.find(({ operationId }) => operationId === name);
    const inPath = operation?.parameters
      .filter((parameter) => parameter.in === "path")
      .map((parameter) => parameter.name);
    expect([name, inPath]).toEqual([
      name,
      [...route.path.matchAll(/:(\w+)/g)].map(([, parameter]) => parameter),
    ]);
    expect([name, operation?.requestBody !== undefined]).toEqual([name, route.body !== undefined]);
    expect([name, operation?.security.length === 0]).toEqual([name, route.access === "public"]);
  }
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
});
