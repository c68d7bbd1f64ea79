import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { createLog, logContext, withLogContext } from "./log.ts";

function capture(keepsPersonal = false) {
  const lines: string[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk));
      done();
    },
  });
  return { log: createLog({ level: "debug", keepsPersonal, destination }), lines };
}

test("personal fields are dropped and secrets blanked, in lines and in children", () => {
  const { log, lines } = capture();
  log.info(
    { pii: { phone: "13800138000" }, smtp: { password: "hunter2" }, token: "t0ken" },
    "settings saved",
  );
  log.child({ pii: "张三" }).warn("nobody there");
  expect(lines.join("")).not.toMatch(/13800138000|hunter2|t0ken|张三|pii/);
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({
    level: "info",
    msg: "settings saved",
    token: "[redacted]",
  });
});

test("a developer's sink keeps personal fields", () => {
  const { log, lines } = capture(true);
  log.info({ pii: { phone: "13800138000" } }, "settings saved");
  expect(lines[0]).toContain("13800138000");
});

test("ids of the work in hand are on every line and nest", async () => {
  const { log, lines } = capture();
  await withLogContext({ requestId: "r1", tenantId: "t1" }, async () => {
    await new Promise((resolve) => setImmediate(resolve));
    withLogContext({ conversationId: "c1" }, () => log.info("recorded"));
    expect(logContext()).toEqual({ requestId: "r1", tenantId: "t1" });
  });
  log.info("outside");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ requestId: "r1", tenantId: "t1", conversationId: "c1" });
  expect(JSON.parse(lines[1] ?? "")).not.toHaveProperty("requestId");
});

test("a database error is logged by its names, never by its words", () => {
  const { log, lines } = capture();
  const error = Object.assign(new Error('invalid input: "13800138000"'), {
    severity: "ERROR",
    routine: "string_to_uuid",
    code: "22P02",
    detail: "Key (phone)=(13800138000) exists",
    constraint: "contact_phone",
  });
  log.error({ err: new Error("it failed", { cause: error }) }, "request failed");
  expect(lines[0]).not.toContain("13800138000");
  expect(JSON.parse(lines[0] ?? "").err).toMatchObject({
    message: "it failed",
    cause: { code: "22P02", constraint: "contact_phone" },
  });
});
