// Kills the product under load and counts: nothing acknowledged may be lost, nothing doubled, no answer given twice, the audit chain whole.
// The load speaks through the api channel (signed calls in, signed webhook out), at least 50 lines a second, each line from a contact of its
// own, so that every line must be answered exactly once. Kinds of round, in turn: the server; the database's postmaster; everything; during the
// first start and its migrations; during a backup.
// Usage: npm run lab -- crash --rounds 20
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { printResult, say } from "../shared/figures.ts";
import { familyOf } from "../shared/processes.ts";
import {
  freePort,
  type LabServer,
  newDataFolder,
  type Owner,
  removeDataFolder,
  signInOwner,
  startServer,
} from "../shared/server.ts";
import { ApiLoad } from "./api-load.ts";
import { countRecord } from "./count-record.ts";
import { interruptFirstStart } from "./first-start.ts";
import { startReceiver } from "./receiver.ts";

const kinds = ["server", "postmaster", "everything", "first-start", "backup"] as const;
type Kind = (typeof kinds)[number];

const at = process.argv.indexOf("--rounds");
const rounds = Number((at > 0 ? process.argv[at + 1] : undefined) ?? "20");
const perSecond = 80;
/** Lines acknowledged over all rounds, at least. */
const wanted = rounds >= 20 ? 10_000 : rounds * 120;

const dataFolder = newDataFolder();
const scratch = mkdtempSync(join(tmpdir(), "yingda-crash-"));
const port = await freePort();
const receiver = await startReceiver();
const env = { YINGDA_ALLOW_PRIVATE: `webhook=127.0.0.1:${receiver.port}`, YINGDA_DEMO: "1" };

let server = await startServer({ dataFolder, port, env });
const owner = await signInOwner(server);
const load = new ApiLoad(server.base, await makeInbox(owner), perSecond);
load.start();

for (let number = 0; number < rounds; number += 1) {
  const kind = kinds[number % kinds.length] ?? "server";
  const phaseMs = 1_500 + Math.random() * 4_500;
  await sleep(phaseMs);
  say(
    `round ${number + 1}/${rounds}: ${kind} after ${Math.round(phaseMs)} ms, ${load.acknowledged.size} acknowledged`,
  );
  server = await interrupt(kind, server);
}
while (load.acknowledged.size < wanted) await sleep(500);
await load.stop();
say("waiting until every line is answered …");
await untilQuiet();
const audit = await (await signInOwner(server)).call<{ ok: boolean; entries: number }>(
  "POST",
  "/api/audit/verify",
);
await server.stop();

const counted = await countRecord(join(dataFolder, "data"), [...load.acknowledged]);
await receiver.close();
removeDataFolder(dataFolder);
removeDataFolder(scratch);
printResult({
  rounds,
  acknowledged: load.acknowledged.size,
  lost: counted.missing,
  doubled: counted.doubled,
  unanswered: counted.unanswered,
  answersDoubled: counted.answersDoubled + receiver.conversationsWithTwoAnswers(),
  webhooksRepeated: receiver.repeated(),
  auditOk: audit.ok && audit.entries > 0,
});
process.exit(0);

async function makeInbox(asOwner: Owner): Promise<{ id: string; secret: string }> {
  const inbox = await asOwner.call<{ id: string; version: number }>("POST", "/api/inboxes", {
    channel: "api",
    name: "crash lab",
  });
  const { secret } = await asOwner.call<{ secret: string }>("POST", `/api/inboxes/${inbox.id}/secret`);
  const now = await asOwner.call<{ id: string; version: number }[]>("GET", "/api/inboxes");
  const version = now.find((one) => one.id === inbox.id)?.version ?? inbox.version;
  await asOwner.call("PATCH", `/api/inboxes/${inbox.id}`, {
    webhookUrl: `http://127.0.0.1:${receiver.port}/hook`,
    version,
  });
  return { id: inbox.id, secret };
}

/** Does the harm and leaves a running server behind. */
async function interrupt(kind: Kind, running: LabServer): Promise<LabServer> {
  switch (kind) {
    case "server":
      await running.kill();
      return startServer({ dataFolder, port, env });
    case "postmaster": {
      const postmaster = postmasterOf(running.pid);
      process.kill(postmaster, "SIGKILL");
      await untilHealthyAgain(running);
      return running;
    }
    case "everything":
      for (const pid of familyOf(running.pid).toReversed()) killQuietly(pid);
      await running.kill();
      return startServer({ dataFolder, port, env });
    case "first-start":
      await interruptFirstStart(scratch);
      return running;
    case "backup": {
      const asOwner = await signInOwner(running);
      await asOwner.call("POST", "/api/backups");
      await sleep(Math.random() * 400);
      await running.kill();
      const next = await startServer({ dataFolder, port, env });
      await checkBackups(next);
      return next;
    }
    default:
      return kind satisfies never;
  }
}

function postmasterOf(pid: number): number {
  const [, first] = familyOf(pid);
  if (first === undefined) throw new Error("the server has no database child");
  return first;
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // gone already
  }
}

async function untilHealthyAgain(running: LabServer): Promise<void> {
  for (let tries = 0; tries < 300; tries += 1) {
    const reply = await fetch(`${running.base}/health`).catch(() => null);
    if (reply?.ok) return;
    await sleep(100);
  }
  throw new Error(`the server did not recover:\n${running.output().slice(-3_000)}`);
}

/** A backup that was cut off is not offered as whole, and a new one can be made. */
async function checkBackups(next: LabServer): Promise<void> {
  const asOwner = await signInOwner(next);
  type Listing = { files: { name: string; isComplete: boolean }[]; running: { state: string } | null };
  const before = await asOwner.call<Listing>("GET", "/api/backups");
  await asOwner.call("POST", "/api/backups");
  for (let tries = 0; tries < 600; tries += 1) {
    const now = await asOwner.call<Listing>("GET", "/api/backups");
    if (
      now.running?.state !== "running" &&
      now.files.filter((file) => file.isComplete).length >
        before.files.filter((file) => file.isComplete).length
    )
      return;
    if (now.running?.state === "failed") throw new Error("the backup after the crash failed");
    await sleep(100);
  }
  throw new Error("no backup could be finished after the crash");
}

/** Until every acknowledged line's conversation has its answer, or a minute without news. */
async function untilQuiet(): Promise<void> {
  let last = -1;
  let calmSince = performance.now();
  while (performance.now() - calmSince < 15_000) {
    await sleep(500);
    if (receiver.answered() !== last) {
      last = receiver.answered();
      calmSince = performance.now();
    }
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
