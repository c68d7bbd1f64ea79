// What the product weighs: time to ready (first start, warm start), memory at rest as PSS, and what an idle visitor costs.
// Usage: npm run lab -- footprint [--visitors 10000]
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { printResult, round, say } from "../shared/figures.ts";
import { familyOf, pssOf } from "../shared/processes.ts";
import {
  freePort,
  newDataFolder,
  removeDataFolder,
  signInOwner,
  startServer,
  webInboxKey,
} from "../shared/server.ts";
import { Visitor } from "../shared/visitor.ts";

const at = process.argv.indexOf("--visitors");
const visitors = Number((at > 0 ? process.argv[at + 1] : undefined) ?? "10000");
const mib = 1_048_576;
const restMs = 20_000; // start-up garbage is collected and background work is done

const rest = () => new Promise((done) => setTimeout(done, restMs));

/** What `npm start` itself keeps in memory beside the server: npm, its shell, the bootstrap. */
async function launcherBytes(dataFolder: string): Promise<number> {
  const port = await freePort();
  const root = resolve(import.meta.dirname, "../..");
  const npm = spawn("npm", ["start"], {
    cwd: root,
    detached: true,
    stdio: "ignore",
    env: {
      ...process.env,
      YINGDA_DATA: `${dataFolder}/data`,
      YINGDA_KEY_FILE: `${dataFolder}/key/master.key`,
      YINGDA_PORT: String(port),
      YINGDA_HOST: "127.0.0.1",
    },
  });
  const pid = npm.pid ?? 0;
  try {
    for (let tries = 0; tries < 600; tries += 1) {
      const reply = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
      if (reply?.ok) break;
      await new Promise((done) => setTimeout(done, 100));
    }
    await rest();
    const family = familyOf(pid);
    const server = family.find((member) => isServer(member)) ?? 0;
    const inner = new Set(familyOf(server));
    return pssOf(family.filter((member) => !inner.has(member)));
  } finally {
    process.kill(-pid, "SIGTERM");
    await new Promise((done) => npm.once("exit", done));
  }
}

function isServer(pid: number): boolean {
  try {
    return readCommand(pid).includes("server/src/main.ts");
  } catch {
    return false;
  }
}

function readCommand(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
}

const dataFolder = newDataFolder();
say("first start, with the demo …");
const first = await startServer({ dataFolder, env: { YINGDA_DEMO: "1" } });
const firstReadyMs = first.readyMs;
const owner = await signInOwner(first);
const key = await webInboxKey(owner);
await first.stop();

say("warm starts …");
const warm: number[] = [];
for (let round_ = 0; round_ < 3; round_ += 1) {
  const again = await startServer({ dataFolder });
  warm.push(again.readyMs);
  await again.stop();
}

say("memory at rest …");
const server = await startServer({ dataFolder });
await rest();
const idleBytes = pssOf(familyOf(server.pid));

say(`${visitors} idle visitors …`);
const sockets: Visitor[] = [];
for (let from = 0; from < visitors; from += 100) {
  const some = Array.from(
    { length: Math.min(100, visitors - from) },
    (_, index) => new Visitor(server.base, key, from + index),
  );
  await Promise.all(some.map((visitor) => visitor.ready()));
  sockets.push(...some);
}
await rest();
const busyBytes = pssOf(familyOf(server.pid));
for (const visitor of sockets) visitor.close();
await server.stop();

say("npm start's own memory …");
const launcher = await launcherBytes(dataFolder);
removeDataFolder(dataFolder);

printResult({
  warmReadyMs: round(warm.toSorted((a, b) => a - b)[1] ?? Number.NaN, 0),
  firstReadyMs: round(firstReadyMs, 0),
  idleMb: round(idleBytes / mib, 1),
  launcherMb: round(launcher / mib, 1),
  visitors,
  kibPerVisitor: round((busyBytes - idleBytes) / 1_024 / visitors, 1),
});
process.exit(0);
