// The crash rounds: the product is killed under load, and then everything is counted. Used by the lab and by the crash test.
import { globSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { say } from "../shared/figures.ts";
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
import { type Receiver, startReceiver } from "./receiver.ts";

const kinds = ["server", "postmaster", "everything", "first-start", "backup"] as const;
type Kind = (typeof kinds)[number];

const perSecond = 80;
const quietMs = 15_000;

export interface CrashResult {
  rounds: number;
  acknowledged: number;
  lost: number;
  doubled: number;
  unanswered: number;
  answersDoubled: number;
  webhooksRepeated: number;
  auditOk: boolean;
}

interface Scene {
  dataFolder: string;
  scratch: string;
  port: number;
  receiver: Receiver;
  env: Record<string, string>;
}

/** Plays `rounds` rounds and goes on until at least `wanted` lines were acknowledged; then everything is counted. */
export async function crashRounds(rounds: number, wanted: number): Promise<CrashResult> {
  const receiver = await startReceiver();
  const scene: Scene = {
    dataFolder: newDataFolder(),
    scratch: mkdtempSync(join(tmpdir(), "yingda-crash-")),
    port: await freePort(),
    receiver,
    env: { YINGDA_ALLOW_PRIVATE: `webhook=127.0.0.1:${receiver.port}`, YINGDA_DEMO: "1" },
  };
  let server = await startServer(scene);
  const inbox = await makeInbox(await signInOwner(server), receiver);
  const load = new ApiLoad(server.base, inbox, perSecond);
  load.start();
  for (let number = 0; number < rounds; number += 1) {
    const kind = kinds[number % kinds.length] ?? "server";
    const phaseMs = 1_500 + Math.random() * 4_500;
    await sleep(phaseMs);
    say(
      `round ${number + 1}/${rounds}: ${kind} after ${Math.round(phaseMs)} ms, ${load.acknowledged.size} acknowledged`,
    );
    server = await interrupt(kind, server, scene);
  }
  while (load.acknowledged.size < wanted) await sleep(500);
  await load.stop();
  say("waiting until every line is answered …");
  await untilQuiet(receiver);
  const audit = await (await signInOwner(server)).call<{ ok: boolean; entries: number }>(
    "POST",
    "/api/audit/verify",
  );
  await server.stop();
  const counted = await countRecord(join(scene.dataFolder, "data"), [...load.acknowledged]);
  await receiver.close();
  removeDataFolder(scene.dataFolder);
  removeDataFolder(scene.scratch);
  return {
    rounds,
    acknowledged: load.acknowledged.size,
    lost: counted.missing,
    doubled: counted.doubled,
    unanswered: counted.unanswered,
    answersDoubled: counted.answersDoubled + receiver.conversationsWithTwoAnswers(),
    webhooksRepeated: receiver.repeated(),
    auditOk: audit.ok && audit.entries > 0,
  };
}

async function makeInbox(asOwner: Owner, receiver: Receiver): Promise<{ id: string; secret: string }> {
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
async function interrupt(kind: Kind, running: LabServer, scene: Scene): Promise<LabServer> {
  switch (kind) {
    case "server":
      await running.kill();
      return startServer(scene);
    case "postmaster": {
      process.kill(postmasterOf(scene.dataFolder), "SIGKILL");
      await untilHealthyAgain(running);
      return running;
    }
    case "everything":
      for (const pid of [...familyOf(running.pid), ...familyOf(postmasterOf(scene.dataFolder))].toReversed())
        killQuietly(pid);
      await running.kill();
      return startServer(scene);
    case "first-start":
      await interruptFirstStart(scene.scratch);
      return running;
    case "backup": {
      const asOwner = await signInOwner(running);
      await asOwner.call("POST", "/api/backups");
      await sleep(Math.random() * 400);
      await running.kill();
      const next = await startServer(scene);
      await checkBackups(next);
      return next;
    }
    default:
      return kind satisfies never;
  }
}

/** The database is a child at first, and an orphan that was adopted after the server was killed. */
function postmasterOf(folder: string): number {
  const [file] = globSync("**/postmaster.pid", { cwd: join(folder, "data") });
  if (!file) throw new Error("no running database");
  return Number(readFileSync(join(folder, "data", file), "utf8").split("\n")[0]);
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
async function untilQuiet(receiver: Receiver): Promise<void> {
  let last = -1;
  let calmSince = performance.now();
  while (performance.now() - calmSince < quietMs) {
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
