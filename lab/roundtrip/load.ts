// The load generator, in a process of its own: takes an order over IPC, speaks as visitors, answers with figures.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { WebSocket } from "ws";
import { percentile } from "../shared/figures.ts";
import { type SaidTimes, Visitor } from "../shared/visitor.ts";

export interface LoadOrder {
  kind: "bare" | "sequential" | "open" | "closed";
  base: string;
  key: string;
  rounds: number;
  seconds: number;
  visitors: number;
  perSecond: number;
}

interface Spread {
  p50: number;
  p99: number;
}

export interface LoadResult {
  acceptMs: Spread;
  /** Turns that were answered at once. */
  answerMs: Spread;
  /** Turns that waited for the quiet window, less the window. */
  heldExtraMs: Spread;
  heldShare: number;
  finished: number;
  failed: number;
  tookSeconds: number;
}

/** Default of the web channel (contract, channel capabilities). */
const quietWindowMs = 1_200;

const lines = readFileSync(join(import.meta.dirname, "../data/unseen-apparel.tsv"), "utf8")
  .split("\n")
  .filter(Boolean)
  .map((line) => line.split("\t")[0] ?? "");

/** 60% of what is said has no question mark, whatever the data file holds. */
function lineAt(index: number): string {
  const plain = (lines[index % lines.length] ?? "").replace(/[?？]+$/, "");
  return index % 10 < 6 ? plain : `${plain}？`;
}

function spread(samples: number[]): Spread {
  return { p50: percentile(samples, 0.5), p99: percentile(samples, 0.99) };
}

function summarize(times: SaidTimes[], failed: number, tookSeconds: number): LoadResult {
  // not by how long it took: under load an answer that was not held may take longer than the window
  const held = times.filter((one) => one.isHeld);
  const atOnce = times.filter((one) => !one.isHeld);
  return {
    acceptMs: spread(times.map((one) => one.acceptedMs)),
    answerMs: spread(atOnce.map((one) => one.answeredMs)),
    heldExtraMs: spread(held.map((one) => one.answeredMs - quietWindowMs)),
    heldShare: times.length === 0 ? 0 : held.length / times.length,
    finished: times.length,
    failed,
    tookSeconds,
  };
}

async function bare({ base, rounds }: LoadOrder): Promise<LoadResult> {
  const socket = new WebSocket(base, { perMessageDeflate: false });
  await new Promise((done) => socket.once("open", done));
  const times: SaidTimes[] = [];
  for (let index = 0; index < rounds + 50; index += 1) {
    const started = performance.now();
    const answered = new Promise((done) => socket.once("message", done));
    socket.send(JSON.stringify({ t: "say", text: lineAt(index) }));
    await answered;
    const took = performance.now() - started;
    if (index >= 50) times.push({ acceptedMs: took, answeredMs: took, isHeld: false, answer: null });
  }
  socket.close();
  return summarize(times, 0, 1);
}

async function connect(order: LoadOrder): Promise<Visitor[]> {
  const visitors: Visitor[] = [];
  const batch = 64; // a browser's handshake each; all at once would only measure the accept queue
  for (let from = 0; from < order.visitors; from += batch) {
    const some = Array.from(
      { length: Math.min(batch, order.visitors - from) },
      (_, at) => new Visitor(order.base, order.key, offset + from + at),
    );
    await Promise.all(some.map((visitor) => visitor.ready()));
    visitors.push(...some);
  }
  return visitors;
}

// every run has addresses of its own, so that one run's chats do not count against the next one's limits
const offset = (process.pid % 200) * 4_096;

/** One visitor speaks at a time; each stays under the 60 messages a minute of its address. */
async function sequential(order: LoadOrder): Promise<LoadResult> {
  const visitors = await connect(order);
  const times: SaidTimes[] = [];
  let failed = 0;
  const warmUp = visitors.length;
  for (let index = 0; index < order.rounds + warmUp; index += 1) {
    const visitor = visitors[index % visitors.length];
    if (!visitor) break;
    try {
      const one = await visitor.say(lineAt(index));
      if (index >= warmUp) times.push(one);
    } catch {
      failed += 1;
    }
  }
  for (const visitor of visitors) visitor.close();
  return summarize(times, failed, 1);
}

/** Lines fall due at random moments (Poisson); latency counts from the due time, also when the generator itself is late. */
async function openLoop(order: LoadOrder): Promise<LoadResult> {
  const visitors = await connect(order);
  await speakOnceEach(visitors, order.perSecond);
  const times: SaidTimes[] = [];
  let failed = 0;
  const free = [...visitors];
  const running: Promise<void>[] = [];
  const started = performance.now();
  let due = started;
  for (let index = 0; ; index += 1) {
    due += (-Math.log(1 - Math.random()) * 1_000) / order.perSecond;
    if (due - started > order.seconds * 1_000) break;
    const wait = due - performance.now();
    if (wait > 1) await new Promise((done) => setTimeout(done, wait));
    const visitor = free.shift();
    if (!visitor) throw new Error("every visitor is waiting: the server does not keep up");
    running.push(
      visitor
        .say(lineAt(index), due)
        .then(
          (one) => void times.push(one),
          () => {
            failed += 1;
          },
        )
        .then(() => void free.push(visitor)),
    );
  }
  await Promise.all(running);
  const tookSeconds = (performance.now() - started) / 1_000;
  for (const visitor of visitors) visitor.close();
  return summarize(times, failed, tookSeconds);
}

/** Every visitor says the next line as soon as the last one is answered. */
async function closedLoop(order: LoadOrder): Promise<LoadResult> {
  const visitors = await connect(order);
  const times: SaidTimes[] = [];
  let failed = 0;
  const started = performance.now();
  const end = started + order.seconds * 1_000;
  const mostPerVisitor = Math.max(1, Math.floor((order.seconds / 60) * 58)); // the public limit is 60 a minute and address
  await Promise.all(
    visitors.map(async (visitor, number) => {
      for (let turn = 0; turn < mostPerVisitor && performance.now() < end; turn += 1) {
        try {
          times.push(await visitor.say(lineAt(number * 7 + turn)));
        } catch {
          failed += 1;
        }
      }
    }),
  );
  const tookSeconds = (performance.now() - started) / 1_000;
  for (const visitor of visitors) visitor.close();
  return summarize(times, failed, tookSeconds);
}

/** Opens every conversation before the clock starts, at a pace the goal itself has. */
async function speakOnceEach(visitors: Visitor[], perSecond: number): Promise<void> {
  const running: Promise<unknown>[] = [];
  for (const visitor of visitors) {
    running.push(visitor.say("你好").catch(() => null));
    await new Promise((done) => setTimeout(done, 1_000 / Math.max(perSecond, 100)));
  }
  await Promise.all(running);
}

process.once("message", (order: LoadOrder) => {
  const runs = { bare, sequential, open: openLoop, closed: closedLoop };
  runs[order.kind](order).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
});
