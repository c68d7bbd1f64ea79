// Documents by the product's own routes: a 300-page PDF, a sheet of 5,000 rows and a site of 200 pages on loopback are brought
// in while visitors chat. Prints how long it took, the most memory of the server and all its children (the database too), how
// fast chats were answered meanwhile, and in how many of the hand-written questions the answer stands in the first three
// passages found.
// Usage: npm run lab -- documents [--per-second 8] [--show-misses]
import { type ChildProcess, fork } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DocumentSummary, FoundPassage } from "@yingda/contract";
import { percentile, printResult, round, say } from "../shared/figures.ts";
import { familyOf, pssOf } from "../shared/processes.ts";
import {
  type LabServer,
  type Owner,
  removeDataFolder,
  signInOwner,
  startServer,
  webInboxKey,
} from "../shared/server.ts";
import type { ChatOrder, ChatTimes } from "./chat.ts";
import { makeManual } from "./make-manual.ts";
import { makeParts } from "./make-parts.ts";
import { readChapters, readModels, readRows } from "./material.ts";
import { type Site, serveSite } from "./serve-site.ts";

const perSecond = Number(argument("per-second", "8"));
const pages = { manual: 300, site: 200 };
const longestMs = 15 * 60_000;

function argument(name: string, fallback: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return (at > 0 ? process.argv[at + 1] : undefined) ?? fallback;
}

/** The most memory since it was opened, looked at five times a second. */
function watchMemory(pid: number): () => number {
  let most = 0;
  const look = () => {
    most = Math.max(most, pssOf(familyOf(pid)));
  };
  const timer = setInterval(look, 200);
  return () => {
    look();
    clearInterval(timer);
    return most / 1_048_576;
  };
}

async function openChat(order: ChatOrder): Promise<() => Promise<ChatTimes>> {
  const child: ChildProcess = fork(join(import.meta.dirname, "chat.ts"), {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const heard = () => new Promise((done) => child.once("message", done));
  const ready = heard();
  child.send(order);
  await ready;
  return async () => {
    const times = heard();
    child.send("stop");
    const said = (await times) as ChatTimes;
    child.kill();
    return said;
  };
}

async function upload(server: LabServer, { cookie }: Owner, name: string, bytes: Buffer): Promise<void> {
  const form = new FormData();
  form.set("file", new Blob([new Uint8Array(bytes)]), name);
  const reply = await fetch(`${server.base}/api/documents/upload`, {
    method: "POST",
    headers: { cookie, origin: server.base },
    body: form,
  });
  if (!reply.ok) throw new Error(`${name} was not taken: ${reply.status} ${await reply.text()}`);
}

async function untilRead(owner: Owner): Promise<DocumentSummary[]> {
  const started = performance.now();
  for (let told = ""; ; ) {
    const documents = await owner.call<DocumentSummary[]>("GET", "/api/documents");
    const state = documents.map((one) => `${one.title} ${one.state}`).join(", ");
    if (state !== told) say(`  ${round((performance.now() - started) / 1_000, 1)} s: ${state}`);
    told = state;
    const failed = documents.find((one) => one.state === "failed");
    if (failed !== undefined) throw new Error(`${failed.title} failed: ${JSON.stringify(failed.error)}`);
    if (documents.every((one) => one.state === "ready")) return documents;
    if (performance.now() - started > longestMs) throw new Error("not read in time");
    await new Promise((done) => setTimeout(done, 1_000));
  }
}

/** The share of questions whose answer stands in the first three passages. */
async function score(owner: Owner): Promise<{ hit3: number; questions: number }> {
  const names = ["manual", "site", "parts", "unseen"];
  let hits = 0;
  let all = 0;
  for (const name of names) {
    const rows = readRows(`questions-${name}.tsv`);
    let own = 0;
    for (const [question = "", wanted = ""] of rows) {
      const query = new URLSearchParams({ question, most: "3" });
      const found = await owner.call<FoundPassage[]>("GET", `/api/documents/search?${query}`);
      const answers = wanted.split("|").map(bare);
      const isHit = found.some(({ heading, text }) => {
        const said = bare([...heading, text].join(" "));
        return answers.some((answer) => said.includes(answer));
      });
      own += isHit ? 1 : 0;
      if (!isHit && process.argv.includes("--show-misses"))
        say(
          `  missed: ${question} → ${wanted}\n    ${found.map((one) => `${one.heading.at(-1)}: ${one.text.slice(0, 60)}`).join("\n    ")}`,
        );
    }
    say(`${name}: ${own} of ${rows.length} in the first three`);
    hits += own;
    all += rows.length;
  }
  return { hit3: hits / all, questions: all };
}

/** Passages are taken in between customers' lines, some moments after a document is ready: asked again until nothing is new. */
async function scoreSettled(owner: Owner): ReturnType<typeof score> {
  for (let before = -1; ; ) {
    const scored = await score(owner);
    if (scored.hit3 === before) return scored;
    before = scored.hit3;
  }
}

/** Without white space: where lines are broken is not what is asked. */
function bare(text: string): string {
  return text.replace(/\s+/gu, "").toLowerCase();
}

async function measure(server: LabServer, site: Site, files: [string, Buffer][]): Promise<object> {
  const owner = await signInOwner(server);
  const stopChat = await openChat({ base: server.base, key: await webInboxKey(owner), perSecond });
  await new Promise((done) => setTimeout(done, 3_000));
  const stopWatch = watchMemory(server.pid);
  const started = performance.now();
  for (const [name, bytes] of files) await upload(server, owner, name, bytes);
  const draft = {
    kind: "site",
    url: `${site.origin}/`,
    title: "帮助中心",
    depth: 5,
    mostPages: site.pages + 50,
    schedule: "never",
  };
  await owner.call("POST", "/api/documents/site", draft);
  const documents = await untilRead(owner);
  const seconds = (performance.now() - started) / 1_000;
  const { answeredMs, failed, unanswered } = await stopChat();
  const { hit3, questions } = await scoreSettled(owner);
  const peakMb = stopWatch();
  const total = documents.reduce((sum, { pageCount }) => sum + pageCount, 0);
  const passages = documents.reduce((sum, { passageCount }) => sum + passageCount, 0);
  say(
    `${passages} passages; chats: ${answeredMs.length} answered at once, ${unanswered} by nobody, ${failed} failed, p50 ${round(percentile(answeredMs, 0.5), 1)} ms`,
  );
  if (total < pages.manual + pages.site) throw new Error(`only ${total} pages were read`);
  return {
    pages: total,
    seconds: round(seconds, 1),
    peakMb: round(peakMb, 0),
    chatP99Ms: round(percentile(answeredMs, 0.99), 1),
    hit3: round(hit3, 3),
    questions,
  };
}

const models = readModels();
say("writing the manual, the parts sheet and the site …");
const files: [string, Buffer][] = [
  [
    "云栖电器用户手册.pdf",
    await makeManual(
      readChapters("manual.md"),
      models.filter(({ code }) => !readRows("written-models.tsv").flat().includes(code)),
      pages.manual,
    ),
  ],
  ["配件价格表.xlsx", await makeParts(models)],
];
const folder = argument("keep-files", "");
if (folder !== "") for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
const site = await serveSite(readChapters("site.md"), models, pages.site);
say(
  `  ${files.map(([name, bytes]) => `${name} ${round(bytes.length / 1_048_576, 1)} MB`).join(", ")}, ${site.pages} pages at ${site.origin}`,
);
const server = await startServer({
  env: { YINGDA_DEMO: "1", YINGDA_ALLOW_PRIVATE: `site=${new URL(site.origin).host}` },
});
try {
  printResult(await measure(server, site, files));
} finally {
  await server.stop();
  site.close();
  removeDataFolder(server.dataFolder);
}
