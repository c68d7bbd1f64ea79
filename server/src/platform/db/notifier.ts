// LISTEN and NOTIFY on one connection of their own, past any connection pooler. A NOTIFY inside a write transaction
// would queue all commits of the installation behind each other, so it never shares one; and notifications that
// arrive while one is on its way leave together, which is what keeps a burst cheap.
import pg from "pg";
import { ExternalError } from "../errors.ts";
import type { Log } from "../log.ts";
import { unreachable } from "./database-error.ts";
import { connectPatiently } from "./patience.ts";
import type { Subscription } from "./transact.ts";

interface Listener {
  channel: string;
  onNotification: (payload: string) => void;
  onReconnect: () => void;
}

interface Outgoing {
  channel: string;
  payload: string;
  sent: () => void;
  failed: (error: unknown) => void;
}

export interface Notifier {
  listen(
    channel: string,
    onNotification: (payload: string) => void,
    onReconnect: () => void,
  ): Promise<Subscription>;
  notify(channel: string, payload: string): Promise<void>;
  close(): Promise<void>;
}

const retryFirstMs = 50;
const retryMostMs = 5000;
const aliveCheckMs = 30_000; // a connection that a router dropped without a word is noticed by this
const patience = { connectionTimeoutMillis: 10_000, query_timeout: 10_000 };

export function openNotifier(config: pg.ClientConfig, log: Log): Notifier {
  const listeners = new Set<Listener>();
  let outgoing: Outgoing[] = [];
  let isSending = false;
  let isClosed = false;
  let connection: Promise<pg.Client> | null = null;
  let last: Promise<unknown> = Promise.resolve();
  let cancelRetry: () => void = () => undefined;

  /** One at a time: the driver no longer wants to queue. */
  function ask(client: pg.Client, query: string | pg.QueryConfig): Promise<unknown> {
    const answer = last.then(() => client.query(query));
    last = answer.catch(() => undefined);
    return answer;
  }

  /** The connection, made at the first use and again whenever it was lost. */
  function connected(): Promise<pg.Client> {
    if (isClosed) return Promise.reject(new ExternalError({ system: "database", retryable: false }));
    connection ??= connect().catch((error: unknown) => {
      connection = null;
      throw error;
    });
    return connection;
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...config, ...patience, keepAlive: true });
    let wasUp = false;
    const checking = setInterval(() => void ask(client, "select 1").catch(() => client.end()), aliveCheckMs);
    checking.unref();
    client.on("error", (error) => log.warn({ err: error }, "notification connection lost"));
    client.on("end", () => {
      clearInterval(checking);
      if (!wasUp) return; // whoever tried to connect has been told
      connection = null;
      if (!isClosed && listeners.size > 0) void reconnect();
    });
    client.on("notification", ({ channel, payload = "" }) => {
      for (const listener of listeners) if (listener.channel === channel) listener.onNotification(payload);
    });
    try {
      await client.connect();
      const channels = new Set([...listeners].map(({ channel }) => channel));
      for (const channel of channels) await ask(client, `listen ${pg.escapeIdentifier(channel)}`);
      wasUp = true;
    } catch (error) {
      clearInterval(checking);
      await client.end().catch(() => undefined);
      throw error;
    }
    return client;
  }

  async function reconnect(): Promise<void> {
    for (let waitMs = retryFirstMs; !isClosed; waitMs = Math.min(waitMs * 2, retryMostMs)) {
      const isBack = await connected().then(
        () => true,
        () => false,
      );
      if (isBack) {
        for (const listener of listeners) listener.onReconnect();
        return;
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        cancelRetry = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  async function sendAll(): Promise<void> {
    isSending = true;
    while (outgoing.length > 0) {
      const batch = outgoing;
      outgoing = [];
      try {
        const client = await connectPatiently(connected);
        await ask(client, {
          name: "notify",
          text: "select pg_notify(channel, payload) from unnest($1::text[], $2::text[]) as n(channel, payload)",
          values: [batch.map(({ channel }) => channel), batch.map(({ payload }) => payload)],
        });
        for (const { sent } of batch) sent();
      } catch (error) {
        for (const { failed } of batch) failed(unreachable(error));
      }
    }
    isSending = false;
  }

  return {
    async listen(channel, onNotification, onReconnect) {
      const listener = { channel, onNotification, onReconnect };
      const client = await connectPatiently(connected);
      listeners.add(listener);
      await ask(client, `listen ${pg.escapeIdentifier(channel)}`);
      return {
        async close() {
          listeners.delete(listener);
          if ([...listeners].some((other) => other.channel === channel) || !connection) return;
          await ask(await connection, `unlisten ${pg.escapeIdentifier(channel)}`).catch(() => undefined);
        },
      };
    },
    notify: (channel, payload) =>
      new Promise((sent, failed) => {
        outgoing.push({ channel, payload, sent, failed });
        if (!isSending) void sendAll();
      }),
    async close() {
      isClosed = true;
      cancelRetry();
      const client = await connection?.catch(() => null);
      await client?.end();
    },
  };
}
