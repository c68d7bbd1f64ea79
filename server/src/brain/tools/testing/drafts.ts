// A connected shop system and its tools as an owner would enter them, for tests.

import { type ConnectionDraft, connectionDraft, type ToolDraft, toolDraft } from "@yingda/contract";

export function systemDraft(url: string, changes: Partial<ConnectionDraft> = {}): ConnectionDraft {
  return {
    ...connectionDraft.parse({
      name: "我的系统",
      kind: "http",
      baseUrl: url,
      auth: { kind: "oauth2", tokenUrl: `${url}/token`, clientId: "shop" },
      secrets: { clientSecret: "client-secret" },
    }),
    ...changes,
  };
}

export const findOrder: ToolDraft = toolDraft.parse({
  name: "orders.find",
  title: "查订单",
  effect: "read",
  call: { kind: "http", method: "GET", path: "/orders/{number}" },
  parameters: [{ name: "number", in: "path", isRequired: true, input: "orderNumber" }],
  picks: [
    { name: "number", at: "data.order_no" },
    { name: "status", at: "data.state", codes: { WAIT_SEND: "paid" } },
    { name: "item", at: "data.title" },
    { name: "total", at: "data.pay", type: "money" },
    { name: "placedAt", at: "data.created", type: "time" },
  ],
  timeoutMs: 800,
  redact: ["phone"],
});

export const changeAddress: ToolDraft = toolDraft.parse({
  name: "orders.change-address",
  title: "改地址",
  effect: "change",
  call: {
    kind: "http",
    method: "POST",
    path: "/returns",
    bodyAs: "json",
    body: '{"order":"{{orderNumber}}","to":{"text":"{{address}}"}}',
  },
  picks: [{ name: "address", at: "number" }],
  timeoutMs: 800,
  idempotency: { in: "header", name: "Idempotency-Key" },
  redact: ["address"],
});
