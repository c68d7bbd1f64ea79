// Figures for a monitoring system. Requests are counted in plain numbers; prom-client is only loaded when somebody asks.
import type { Services } from "../context.ts";

/** "GET 2xx" → how many, and their time in ms together. */
export type RequestCounts = Map<string, { count: number; totalMs: number }>;

export function countReply(counts: RequestCounts, method: string, status: number, tookMs: number): void {
  const key = `${method} ${Math.floor(status / 100)}xx`;
  const entry = counts.get(key);
  if (entry) {
    entry.count += 1;
    entry.totalMs += tookMs;
  } else counts.set(key, { count: 1, totalMs: tookMs });
}

type Render = () => Promise<string>;

/** A function that renders everything in the Prometheus text format. */
export function metricsOf(services: Services, counts: RequestCounts): Render {
  let render: Promise<Render> | null = null;
  return async () => {
    render ??= buildRender(services, counts);
    return (await render)();
  };
}

async function buildRender({ outbox, realtime, db }: Services, counts: RequestCounts): Promise<Render> {
  const { Counter, Gauge, Registry, collectDefaultMetrics } = await import("prom-client");
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "yingda_" });
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `yingda_${name}`,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("outbox_waiting", "Lanes with unhandled events", () => outbox.state().waiting);
  gauge("outbox_running", "Handlers at work", () => outbox.state().running);
  gauge("outbox_oldest_ms", "Age of the oldest unhandled event", () => outbox.state().oldestWaitingMs);
  gauge("outbox_shards", "Shards this node holds", () => outbox.state().shards);
  gauge("sockets_workbench", "Open workbench lines", () => realtime.hub.counts().workbench);
  gauge("sockets_visitors", "Open visitor lines", () => realtime.hub.counts().visitors);
  gauge("database_connections", "Open connections of use cases", () => db.stats().app.total);
  gauge("database_waiting", "Use cases that wait for a connection", () => db.stats().app.waiting);
  const labelNames = ["method", "status"];
  new Counter({
    name: "yingda_http_requests_total",
    help: "Replies by method and status class",
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const [key, { count }] of counts) this.inc(labelsOf(key), count);
    },
  });
  new Counter({
    name: "yingda_http_request_ms_total",
    help: "Time spent on replies, ms",
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const [key, { totalMs }] of counts) this.inc(labelsOf(key), totalMs);
    },
  });
  return () => registry.metrics();
}

function labelsOf(key: string): { method: string; status: string } {
  const [method = "", status = ""] = key.split(" ");
  return { method, status };
}
