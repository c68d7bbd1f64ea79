// A shop's own system on a real socket, for tests: OAuth2 client credentials, orders, and returns that know a repeated request
// by its key. It keeps what was really done, and can be told to be slow, to fail before or after doing it, to answer with a
// page, too much or without an end.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type Mood =
  | "well"
  /** 500 before anything is done. */
  | "fails"
  /** Done, and then 500. */
  | "fails-after"
  /** Done, and then no answer. */
  | "silent-after"
  | "busy"
  | "page"
  | "giant"
  | "endless"
  | "moved"
  | "refuses";

export interface Seen {
  method: string;
  path: string;
  headers: IncomingMessage["headers"];
  body: string;
}

export class ShopSystem {
  readonly seen: Seen[] = [];
  /** What was really done, with the key it was done under. */
  readonly returns: { key: string | null; order: string }[] = [];
  tokens = 0;
  /** How the next calls go; "well" when it is empty. */
  moods: Mood[] = [];
  tokenSeconds = 3_600;
  readonly #server: Server;
  readonly #valid = new Set<string>();

  private constructor() {
    this.#server = createServer((request, response) => {
      void this.#serve(request, response).catch(() => response.destroy());
    });
  }

  static async start(): Promise<ShopSystem> {
    const system = new ShopSystem();
    await new Promise<void>((resolve) => system.#server.listen(0, "127.0.0.1", resolve));
    return system;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get exit() {
    return { purpose: "tool", host: "127.0.0.1", port: this.port };
  }

  /** Tokens given out are no longer taken. */
  revoke(): void {
    this.#valid.clear();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = Buffer.concat((await request.toArray()) as Buffer[]).toString("utf8");
    const { method = "", url: path = "", headers } = request;
    this.seen.push({ method, path, headers, body });
    if (path === "/token") {
      this.#token(headers, body, response);
      return;
    }
    const given = headers.authorization?.replace("Bearer ", "") ?? "";
    if (!this.#valid.has(given)) {
      json(response, 401, { error: "token" });
      return;
    }
    const mood = this.moods.shift() ?? "well";
    switch (mood) {
      case "fails":
        json(response, 500, { error: "down" });
        return;
      case "busy":
        response.setHeader("retry-after", "0");
        json(response, 429, { error: "busy" });
        return;
      case "refuses":
        json(response, 409, { error: "订单已关闭" });
        return;
      case "page":
        response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><p>登录");
        return;
      case "moved":
        response.writeHead(302, { location: "http://169.254.169.254/latest" }).end();
        return;
      case "giant":
        response.writeHead(200, { "content-type": "application/json" });
        for (let sent = 0; sent < 20; sent += 1) response.write(`"${"x".repeat(1_000_000)}"`);
        response.end();
        return;
      case "endless":
        response.writeHead(200, { "content-type": "application/json" }).write('{"status":"pa');
        return;
      default:
        this.#order(method, path, headers, body, mood, response);
    }
  }

  #token(headers: IncomingMessage["headers"], body: string, response: ServerResponse): void {
    const [id, secret] = Buffer.from(headers.authorization?.replace("Basic ", "") ?? "", "base64")
      .toString()
      .split(":");
    const isGrant = new URLSearchParams(body).get("grant_type") === "client_credentials";
    if (id !== "shop" || secret !== "client-secret" || !isGrant) {
      json(response, 401, { error: "invalid_client", error_description: "unknown client" });
      return;
    }
    this.tokens += 1;
    const token = `access-token-${this.tokens}`;
    this.#valid.add(token);
    json(response, 200, { access_token: token, token_type: "bearer", expires_in: this.tokenSeconds });
    return;
  }

  #order(
    method: string,
    path: string,
    headers: IncomingMessage["headers"],
    body: string,
    mood: Mood,
    response: ServerResponse,
  ): void {
    const [, number = ""] = /^\/orders\/([^/?]+)/u.exec(path) ?? [];
    if (method === "GET") {
      if (number !== "1002") {
        json(response, 404, { error: "none" });
        return;
      }
      const order = {
        order_no: "1002",
        state: "WAIT_SEND",
        title: "羊毛外套",
        pay: "459.00",
        created: "2026-11-20",
      };
      json(response, 200, { data: order, phone: "13800000101" });
      return;
    }
    const key = headers["idempotency-key"]?.toString() ?? null;
    const { order } = JSON.parse(body) as { order: string };
    const known = key !== null && this.returns.some((each) => each.key === key);
    if (!known) this.returns.push({ key, order });
    if (mood === "fails-after") {
      json(response, 500, { error: "after" });
      return;
    }
    if (mood === "silent-after") return;
    json(response, 200, { number: `R${this.returns.length}` });
    return;
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
