// The round trip over the widget's real socket: how fast a line is durable, how fast it is answered, how many turns a second two cores
// finish. The load comes from a process of its own; beside it, in the same run, a bare "ws echo + one durable insert".
// Usage: npm run lab -- roundtrip [--seconds 60] [--rounds 300]
import { fork } from "node:child_process";
import { join } from "node:path";
import { printResult, round, say } from "../shared/figures.ts";
import { cpuMsOf, familyOf } from "../shared/processes.ts";
import { type LabServer, removeDataFolder, signInOwner, startServer, webInboxKey } from "../shared/server.ts";
import type { LoadOrder, LoadResult } from "./load.ts";

const seconds = Number(argument("seconds", "60"));
const rounds = Number(argument("rounds", "300"));
const visitors = 1_024;
/** Ten million turns a day; and the ten million dialogues a day that the largest vendor claims, about six turns each. */
const turnsPerSecondGoals = { turns: 116, dialogues: 700 };

function argument(name: string, fallback: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return (at > 0 ? process.argv[at + 1] : undefined) ?? fallback;
}

function runLoad(order: LoadOrder): Promise<LoadResult> {
  const child = fork(join(import.meta.dirname, "load.ts"), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return new Promise((done, fail) => {
    child.once("message", (result) => {
      child.kill();
      done(result as LoadResult);
    });
    child.once("exit", (code) => code && fail(new Error(`the load generator ended with ${code}`)));
    child.send(order);
  });
}

async function bareFigures(): Promise<{ p50: number; p99: number }> {
  const child = fork(join(import.meta.dirname, "bare.ts"), [], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const url = await new Promise<string>((done, fail) => {
    child.once("message", (message) => done(String(message)));
    child.once("exit", () => fail(new Error("the bare server ended")));
  });
  try {
    const { acceptMs } = await runLoad({
      kind: "bare",
      base: url,
      key: "",
      rounds,
      seconds: 0,
      visitors: 1,
      perSecond: 0,
    });
    return { p50: acceptMs.p50, p99: acceptMs.p99 };
  } finally {
    child.send("stop");
    await new Promise((done) => child.once("exit", done));
  }
}

async function measure(server: LabServer): Promise<object> {
  const owner = await signInOwner(server);
  const key = await webInboxKey(owner);
  const base = { base: server.base, key };
  say("bare: ws echo + one durable insert …");
  const bare = await bareFigures();
  say(`  p50 ${round(bare.p50, 3)} ms, p99 ${round(bare.p99, 3)} ms`);
  say("one visitor at a time …");
  const one = await runLoad({ ...base, kind: "sequential", rounds, seconds: 0, visitors: 30, perSecond: 0 });
  say(
    `  accept p50 ${round(one.acceptMs.p50, 3)}, p99 ${round(one.acceptMs.p99, 3)}; answer p50 ${round(one.answerMs.p50, 3)} ms`,
  );
  say(`open loop, ${turnsPerSecondGoals.turns} turns/s, ${visitors} visitors …`);
  const open = await runLoad({
    ...base,
    kind: "open",
    rounds: 0,
    seconds,
    visitors,
    perSecond: turnsPerSecondGoals.turns,
  });
  say(
    `  accept p99 ${round(open.acceptMs.p99)}, answer p99 ${round(open.answerMs.p99)}, held ${round(open.heldShare, 3)}, failed ${open.failed}`,
  );
  say(`saturated, closed loop, ${visitors} visitors …`);
  const cpuBefore = cpuMsOf(familyOf(server.pid));
  const full = await runLoad({ ...base, kind: "closed", rounds: 0, seconds, visitors, perSecond: 0 });
  const cpuMs = cpuMsOf(familyOf(server.pid)) - cpuBefore;
  const perSecond = full.finished / full.tookSeconds;
  say(`  ${round(perSecond, 1)} turns/s, failed ${full.failed}`);
  return {
    bareP50Ms: round(bare.p50, 3),
    bareP99Ms: round(bare.p99, 3),
    sequential: {
      acceptP50Ratio: round(one.acceptMs.p50 / bare.p50),
      acceptP99Ratio: round(one.acceptMs.p99 / bare.p99),
      answerP50Ratio: round(one.answerMs.p50 / bare.p50),
    },
    openLoop: {
      turnsPerSecond: round(open.finished / open.tookSeconds, 1),
      acceptP99Ms: round(open.acceptMs.p99),
      answerP99Ms: round(open.answerMs.p99),
      heldShare: round(open.heldShare, 3),
      heldExtraP99Ms: round(open.heldExtraMs.p99),
      failed: open.failed,
    },
    saturated: {
      turnsPerSecond: round(perSecond, 1),
      cpuMsPerTurn: round(cpuMs / Math.max(1, full.finished), 3),
      ratioTo116: round(perSecond / turnsPerSecondGoals.turns),
      ratioTo700: round(perSecond / turnsPerSecondGoals.dialogues),
      failed: full.failed,
    },
  };
}

const server = await startServer({ env: { YINGDA_DEMO: "1" } });
try {
  printResult(await measure(server));
} finally {
  await server.stop();
  removeDataFolder(server.dataFolder);
}
