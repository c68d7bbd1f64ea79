// The channel for own programs against recorded calls and a real receiver.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { InboxId, TenantId } from "@yingda/contract";
import { expect, test } from "vitest";
import { newId } from "../../platform/ids.ts";
import { channelConformance, type RecordedCall } from "../conformance.ts";
import { checkSignature, sign, signatureHeaders } from "../shared/signature.ts";
import { apiAdapter } from "./adapter.ts";

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, "fixtures", "calls.json"), "utf8"),
) as RecordedCall[];
const message = (id: string, content: unknown) => ({ contact: { id: "u-1" }, message: { id, content } });

channelConformance({
  adapter: apiAdapter,
  recorded,
  signed: (body, secret, atMs) => {
    const timestamp = Math.floor(atMs / 1_000);
    return {
      method: "POST",
      query: {},
      body,
      headers: {
        [signatureHeaders.at]: String(timestamp),
        [signatureHeaders.signature]: sign(secret, timestamp, body),
        [signatureHeaders.id]: "call-1",
      },
    };
  },
  batchWithUnknown: Buffer.from(
    JSON.stringify({
      events: [message("1", { kind: "text", text: "您好" }), message("2", { kind: "hologram" })],
    }),
  ),
  endpointAt: (webhookUrl, secrets) => ({
    tenantId: newId<TenantId>(),
    inboxId: newId<InboxId>(),
    webhookUrl,
    secrets,
  }),
  keyOf: ({ headers }) => headers[signatureHeaders.id] as string | undefined,
  isSignedBy: ({ headers, body }, secret) => {
    const timestamp = headers[signatureHeaders.at] as string;
    const signature = headers[signatureHeaders.signature] as string;
    return checkSignature([secret], { timestamp, signature }, body, Number(timestamp) * 1_000) === "valid";
  },
  notApplicable: [],
});

test("an inbox without an address or a secret sends nothing", async () => {
  const nowhere = {
    tenantId: newId<TenantId>(),
    inboxId: newId<InboxId>(),
    webhookUrl: null,
    secrets: ["s"],
  };
  const tools = { clock: { now: () => new Date(0), nowMs: () => 0 }, fetch: undefined as never };
  const { outbound } = await import("../conformance.ts");
  expect(await apiAdapter.send?.(outbound(), nowhere, tools)).toEqual({
    kind: "refused",
    why: "config",
    code: "no-webhook-url",
  });
  const unsigned = { ...nowhere, webhookUrl: "https://shop.example/hook", secrets: [] };
  expect(await apiAdapter.send?.(outbound(), unsigned, tools)).toEqual({
    kind: "refused",
    why: "config",
    code: "no-secret",
  });
});
