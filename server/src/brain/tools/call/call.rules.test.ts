// What a call shows of what it must hide, and what is read out of an answer: without a server.

import { toolDraft } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { buildRequest } from "./build-request.ts";
import { hiddenOf, maskRequest } from "./mask.ts";
import { readFields } from "./read-answer.ts";

const connection = { baseUrl: "https://erp.example", headers: {} };
const parameter = (name: string, where: "query" | "body") => ({
  name,
  in: where,
  isRequired: false,
  input: "who",
});

describe("what is hidden is hidden however it is written", () => {
  const who = 'Ann "Lee" O\'Neil (2)\n+86';
  const shownOf = (call: object, where: "query" | "body") => {
    const tool = toolDraft.parse({
      name: "orders.find",
      title: "t",
      effect: "read",
      call: { kind: "http", method: "POST", path: "/find", ...call },
      parameters: [parameter("q", where)],
      redact: ["who"],
    });
    const { url, body } = maskRequest(
      buildRequest(tool, connection, { who }, null),
      hiddenOf(["s3cret!(1)"], tool.redact, { who }),
    );
    return url + body;
  };

  test.each([
    ["in the query", {}, "query"],
    ["in a form", { bodyAs: "form" }, "body"],
    ["in JSON", { bodyAs: "json" }, "body"],
  ] as const)("a value %s", (_, call, where) => {
    const shown = shownOf(call, where);
    expect(shown).toContain("•");
    expect(decodeURIComponent(shown)).not.toMatch(/Ann|Lee|Neil/u);
  });

  test("a secret in the query", () => {
    const url = new URL("https://erp.example/find");
    url.searchParams.set("key", "s3cret!(1)");
    const request = { method: "GET" as const, url, headers: {}, body: null };
    expect(maskRequest(request, hiddenOf(["s3cret!(1)"], [], {})).url).not.toContain("s3cret");
  });
});

describe("fields of an answer", () => {
  const pick = (type: "number" | "money") => [{ name: "left", at: "left", type, codes: {} }];

  test.each(["", " ", null, "-"])("%j is no amount, and no zero", (left) => {
    expect(readFields({ left }, pick("money"))).toEqual({});
    expect(readFields({ left }, pick("number"))).toEqual({});
  });

  test("a zero is one", () => {
    expect(readFields({ left: "0" }, pick("number"))).toEqual({ left: 0 });
    expect(readFields({ left: 0 }, pick("money"))).toEqual({
      left: { amountMinor: 0, currency: "CNY" },
    });
  });
});
