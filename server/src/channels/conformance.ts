// What every adapter must pass, whatever it speaks: called from each channel's adapter.test.ts with a harness of its own. A
// part that a channel has not (no webhook, no send) must be named in `notApplicable`: nothing is skipped silently.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { channelCapabilities, content, type InboxId, type TenantId } from "@yingda/contract";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fixedClock } from "../platform/clock.ts";
import { newId } from "../platform/ids.ts";
import { createGuardedFetch } from "../platform/net/index.ts";
import type {
  AdapterTools,
  ChannelAdapter,
  Endpoint,
  InboundEvent,
  OutboundMessage,
  RawRequest,
  SendOutcome,
} from "./adapter.ts";

export type RecordedCall = {
  name: string;
  /** When it was received, ms since 1970. */
  receivedAtMs: number;
  secrets: string[];
  request: { method: string; headers: Record<string, string>; query: Record<string, string>; body: string };
  events: unknown[];
};

export type Harness = {
  adapter: ChannelAdapter;
  /** Recorded webhook calls with what they mean; every inbound kind of the channel at least once. */
  recorded: readonly RecordedCall[];
  /** A call that the platform would make, signed. `atMs` is its time stamp. */
  signed?(body: Buffer, secret: string, atMs: number): RawRequest;
  /** The body with one good message, then an item that the channel does not know. */
  batchWithUnknown?: Buffer;
  /** Where sends go, for the local receiver. */
  endpointAt?(url: string, secrets: string[]): Endpoint;
  /** What the receiver reads as the key by which it drops repetitions. */
  keyOf?(request: { headers: IncomingMessage["headers"]; body: Buffer }): string | undefined;
  /** True when the receiver's check of our signature passes. */
  isSignedBy?(request: { headers: IncomingMessage["headers"]; body: Buffer }, secret: string): boolean;
  notApplicable: readonly ("webhook" | "send")[];
};

const nowMs = 1_795_000_000_000;
const secret = "whsec_conformance";

export function channelConformance(harness: Harness): void {
  const { adapter } = harness;
  describe(`channel ${adapter.id}`, () => {
    test("says what it can do as the contract's table does, and has what it says", () => {
      expect(adapter.capabilities).toEqual(channelCapabilities[adapter.id]);
      expect(adapter.capabilities.delivery === "push").toBe(adapter.send !== undefined);
      expect(harness.notApplicable.includes("webhook")).toBe(adapter.hook === undefined);
      expect(harness.notApplicable.includes("send")).toBe(adapter.send === undefined);
      expect(adapter.capabilities.contentKinds).toContain("text");
    });
    if (adapter.hook) webhookConformance(harness, adapter.hook);
    if (adapter.send) sendConformance(harness, adapter.send);
  });
}

const baseEndpoint: Endpoint = {
  tenantId: newId<TenantId>(),
  inboxId: newId<InboxId>(),
  webhookUrl: null,
  secrets: [secret],
};

function webhookConformance(
  { recorded, signed, batchWithUnknown }: Harness,
  hook: NonNullable<ChannelAdapter["hook"]>,
): void {
  const clock = fixedClock(new Date(nowMs));
  const call = (body: Buffer, by = secret, atMs = nowMs) => {
    if (!signed) throw new Error("a channel with a webhook needs `signed`");
    return signed(body, by, atMs);
  };
  const goodBody = Buffer.from(recorded[0]?.request.body ?? "");

  test.each(recorded)("recorded: $name", ({ request, secrets, receivedAtMs, events }) => {
    const raw = { ...request, body: Buffer.from(request.body) };
    const endpoint = { ...baseEndpoint, secrets };
    const verification = hook.verify(raw, endpoint, fixedClock(new Date(receivedAtMs)));
    if (verification.kind !== "verified") throw new Error(`not verified: ${JSON.stringify(verification)}`);
    const parsed = hook.parse(verification.call, endpoint);
    expect(parsed.kind === "events" ? JSON.parse(JSON.stringify(parsed.events)) : parsed).toEqual(events);
  });

  test("a forged call is refused: wrong secret, no signature, any changed byte", () => {
    expect(hook.verify(call(goodBody), baseEndpoint, clock).kind).toBe("verified");
    expect(hook.verify(call(goodBody, "other"), baseEndpoint, clock).kind).toBe("refused");
    expect(hook.verify(call(goodBody), { ...baseEndpoint, secrets: [] }, clock).kind).toBe("refused");
    expect(hook.verify({ ...call(goodBody), headers: {} }, baseEndpoint, clock).kind).toBe("refused");
    fc.assert(
      fc.property(fc.nat({ max: goodBody.length - 1 }), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const forged = Buffer.from(goodBody);
        forged.writeUInt8(forged.readUInt8(index) ^ flip, index);
        expect(hook.verify({ ...call(goodBody), body: forged }, baseEndpoint, clock).kind).toBe("refused");
      }),
    );
  });

  test("while a secret is replaced both are accepted", () => {
    const endpoint = { ...baseEndpoint, secrets: ["old", "new"] };
    for (const by of ["old", "new"])
      expect(hook.verify(call(goodBody, by), endpoint, clock).kind).toBe("verified");
  });

  test("an old call is a replay, one from the future too", () => {
    for (const offset of [-3_600_000, 3_600_000])
      expect(hook.verify(call(goodBody, secret, nowMs + offset), baseEndpoint, clock)).toEqual({
        kind: "refused",
        code: "channel/replayed",
      });
  });

  const parseBody = (body: Buffer) => {
    const verification = hook.verify(call(body), baseEndpoint, clock);
    if (verification.kind !== "verified") throw new Error("not verified");
    return hook.parse(verification.call, baseEndpoint);
  };

  test("any signed bytes give events or a refusal, never an exception; contents are the contract's", () => {
    const odd = fc.oneof(
      fc.json().map((text) => Buffer.from(text)),
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    );
    fc.assert(
      fc.property(odd, (body) => {
        const parsed = parseBody(body);
        if (parsed.kind === "invalid") return;
        for (const event of parsed.events) checkEvent(event);
      }),
    );
  });

  test("an item that we do not know becomes a visible note, the others stay what they are", () => {
    if (!batchWithUnknown) throw new Error("a channel with a webhook needs `batchWithUnknown`");
    const parsed = parseBody(batchWithUnknown);
    if (parsed.kind === "invalid") throw new Error(`invalid: ${JSON.stringify(parsed.details)}`);
    const kinds = parsed.events.map((event) => (event.kind === "message" ? event.content.kind : event.kind));
    expect(kinds).toEqual(["text", "unsupported"]);
  });
}

function checkEvent(event: InboundEvent): void {
  expect(event.externalId.length).toBeGreaterThan(0);
  if (event.kind === "message" && event.content.kind !== "media")
    expect(content.safeParse(event.content).success).toBe(true);
}

type Heard = { headers: IncomingMessage["headers"]; body: Buffer };
type Behaviour = (request: Heard, response: ServerResponse) => void;

function sendConformance(
  { endpointAt, keyOf, isSignedBy, adapter }: Harness,
  send: NonNullable<ChannelAdapter["send"]>,
): void {
  const heard: Heard[] = [];
  let behave: Behaviour = (_request, response) => response.end("{}");
  let server: Server;
  let url: string;
  let tools: AdapterTools;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        const taken = { headers: request.headers, body: Buffer.concat(chunks) };
        heard.push(taken);
        behave(taken, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    url = `http://127.0.0.1:${port}/receiver`;
    const clock = fixedClock(new Date(nowMs));
    const allow = ["webhook", "channel"].map((purpose) => ({ purpose, host: "127.0.0.1", port }));
    tools = { clock, fetch: createGuardedFetch({ clock, allow }) };
  });
  afterAll(async () => {
    await tools.fetch.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const sendTo = (
    message: OutboundMessage,
    behaviour: Behaviour,
    secrets = [secret],
  ): Promise<SendOutcome> => {
    if (!endpointAt) throw new Error("a channel that sends needs `endpointAt`");
    behave = behaviour;
    heard.length = 0;
    return send(message, endpointAt(url, secrets), tools);
  };
  const status =
    (code: number, headers: Record<string, string> = {}): Behaviour =>
    (_request, response) => {
      response.writeHead(code, headers).end("<html>no json</html>");
    };

  test("what arrives is what was said, signed, with a key", async () => {
    const text = "退货地址：𠮷野家 👨‍👩‍👧‍👦 ]]> \u0000 <b>\r\n שלום";
    const outcome = await sendTo(outbound({ content: { kind: "text", text } }), status(200));
    expect(outcome.kind).toBe("accepted");
    const [request] = heard;
    if (!request) throw new Error("nothing was sent");
    expect(JSON.stringify(JSON.parse(request.body.toString("utf8")))).toContain(
      JSON.stringify(text).slice(1, -1),
    );
    expect(keyOf?.(request)).toBe("key-1");
    expect(isSignedBy?.(request, secret)).toBe(true);
    expect(isSignedBy?.(request, "other")).toBe(false);
  });

  test("while a secret is replaced the receiver may check with either", async () => {
    await sendTo(outbound(), status(200), ["old", "new"]);
    for (const one of ["old", "new"]) expect(heard[0] && isSignedBy?.(heard[0], one)).toBe(true);
  });

  test.each([
    [429, "rate"],
    [500, "temporary"],
    [502, "temporary"],
    [503, "temporary"],
    [401, "auth"],
    [403, "auth"],
    [413, "too-large"],
    [400, "content"],
    [404, "config"],
    [410, "config"],
    [302, "config"],
  ] as const)("an answer %i means %s", async (code, why) => {
    const outcome = await sendTo(
      outbound(),
      status(code, code === 302 ? { location: "http://169.254.169.254/" } : {}),
    );
    expect(outcome).toMatchObject({ kind: "refused", why });
    expect(heard).toHaveLength(1);
  });

  test("waits as long as it was asked to", async () => {
    expect(await sendTo(outbound(), status(429, { "retry-after": "90" }))).toMatchObject({
      kind: "refused",
      why: "rate",
      retryAfterMs: 90_000,
    });
  });

  test("a line that breaks after sending is unknown, a closed door is not", async () => {
    const broken = await sendTo(outbound(), (_request, response) => response.destroy());
    expect(broken.kind).toBe("unknown");
    if (!endpointAt) throw new Error("a channel that sends needs `endpointAt`");
    const nobody = await send(outbound(), endpointAt("http://127.0.0.1:1/", [secret]), tools);
    expect(nobody).toMatchObject({ kind: "refused" });
  });

  test("a private address is not called, whoever set it", async () => {
    if (!endpointAt) throw new Error("a channel that sends needs `endpointAt`");
    for (const address of ["http://169.254.169.254/latest", "http://10.0.0.1/", "http://[::1]:8787/"])
      expect(await send(outbound(), endpointAt(address, [secret]), tools)).toMatchObject({ kind: "refused" });
  });

  test("a second attempt carries the same key", async () => {
    if (!adapter.capabilities.idempotentSend) return;
    await sendTo(outbound(), status(500));
    const [first] = heard;
    await sendTo(outbound(), status(200));
    expect(first && keyOf?.(first)).toBe(heard[0] && keyOf?.(heard[0]));
  });
}

export function outbound(given: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    key: "key-1",
    conversationId: newId<string>(),
    messageId: newId<string>(),
    seq: 2,
    to: "customer-1",
    author: { kind: "bot", name: "小应" },
    content: { kind: "text", text: "您好" },
    mediaUrls: {},
    at: new Date(nowMs),
    ...given,
  };
}
