import { toolParameter, toolPick } from "@yingda/contract";
import { expect, test } from "vitest";
import { addressParts, parameterLine, pickLine, readParameters, readPicks } from "./tool-text.ts";

const parameters = [
  { name: "number", in: "path", isRequired: true, input: "orderNumber", about: "of the order" },
  { name: "people", in: "body", isRequired: false, input: "people", type: "number" },
  { name: "X-Version", in: "header", isRequired: false, input: null, value: 2 },
  { name: "with space", in: "query", isRequired: true, input: "q" },
].map((each) => toolParameter.parse(each));
const picks = [
  { name: "status", at: "data.state", codes: { WAIT_SEND: "paid", SENT: "shipped" } },
  { name: "total", at: "data.items[0].pay", type: "money" },
  { name: "all", at: "" },
].map((each) => toolPick.parse(each));

test("what is written as lines is read back as it was", () => {
  expect(readParameters(parameters.map(parameterLine).join("\n"), parameters)).toEqual({
    values: parameters,
    badLine: null,
  });
  expect(readPicks(picks.map(pickLine).join("\n"), [])).toEqual({ values: picks, badLine: null });
});

test("a new line is read, what is not shown of a known one stays, and a bad one is named", () => {
  const changed = "path number = {order} *\n\nbody ok = {ok} yes-no\nquery page=1";
  expect(readParameters(changed, parameters).values).toMatchObject([
    { in: "path", input: "order", isRequired: true, about: "of the order", type: "text" },
    { in: "body", name: "ok", type: "yes-no", isRequired: false },
    { in: "query", name: "page", input: null, value: "1" },
  ]);
  for (const bad of ["cookie a = {b}", "query = {b}", "body a = {b} time", "query a = {1}"])
    expect(readParameters(`query ok = 1\n${bad}`, []).badLine, bad).toBe(2);
  for (const bad of ["status", "status = data sometype", "status = data text A", "1x = data"])
    expect(readPicks(`ok = a\n${bad}`, []).badLine, bad).toBe(2);
});

test("an address says what goes into it", () => {
  expect(addressParts("https://erp.example.com/v1/orders/{orderNumber}?full=1&by={phone}")).toMatchObject({
    origin: "https://erp.example.com",
    path: "/v1/orders/{orderNumber}",
    parameters: [
      { in: "path", name: "orderNumber", input: "orderNumber", isRequired: true },
      { in: "query", name: "full", input: null, value: "1" },
      { in: "query", name: "by", input: "phone", isRequired: false },
    ],
  });
  expect(addressParts("https://erp.example.com")).toMatchObject({ path: "/", parameters: [] });
  expect(addressParts("erp")).toBeNull();
});
