// Fills a data folder with past conversations through the record's own door (rows sealed and searchable as in real life, no bot woken).
// The blind index is dropped meanwhile and made again at the end: the lab measures searching, not this filling.
import { join } from "node:path";
import type { InboxId, TenantId, UserId } from "@yingda/contract";
import { type HistoricContact, importHistory } from "../../server/src/conversations/index.ts";
import { systemClock } from "../../server/src/platform/clock.ts";
import { readConfig } from "../../server/src/platform/config.ts";
import { makeCtx } from "../../server/src/platform/context.ts";
import { newId } from "../../server/src/platform/ids.ts";
import { silentLog } from "../../server/src/platform/log.ts";
import { openGround } from "../../server/src/roles/ground.ts";
import { createServices, stopServices } from "../../server/src/roles/services.ts";
import { say } from "../shared/figures.ts";
import { seeded, talkAt } from "./words.ts";

export interface FillOrder {
  dataFolder: string;
  tenantId: TenantId;
  inboxId: InboxId;
  agentId: UserId;
  conversations: number;
  messagesEach: number;
}

const perTransaction = 100;
const dayMs = 86_400_000;

export async function fill(order: FillOrder): Promise<void> {
  const config = readConfig({
    ...process.env,
    YINGDA_DATA: join(order.dataFolder, "data"),
    YINGDA_KEY_FILE: join(order.dataFolder, "key/master.key"),
  });
  const ground = await openGround({ config, clock: systemClock, log: silentLog });
  const services = await createServices({
    config,
    clock: systemClock,
    log: silentLog,
    db: ground.db,
    masterKey: ground.masterKey,
  });
  const ctx = makeCtx(services, { tenantId: order.tenantId, actor: { kind: "system", name: "lab" } });
  const owner = await ground.db.dedicated("owner");
  await owner.query("drop index message_search_tokens");
  const random = seeded(20_261_121);
  const now = systemClock.nowMs();
  for (let from = 0; from < order.conversations; from += perTransaction) {
    const contacts = Array.from(
      { length: Math.min(perTransaction, order.conversations - from) },
      (_, index) =>
        contactAt(
          order,
          random,
          now - dayMs - (order.conversations - from - index) * 300_000 * random(),
          from + index,
        ),
    );
    await importHistory(ctx, { inboxId: order.inboxId, isDemo: false, contacts });
    if ((from / perTransaction) % 100 === 0) say(`  ${from} conversations`);
  }
  say("  making the index …");
  await owner.query("set maintenance_work_mem = '512MB'");
  await owner.query("create index message_search_tokens on message_search using gin (tokens)");
  await owner.query("analyze");
  await owner.end();
  await stopServices(services);
  await ground.close();
}

function contactAt(order: FillOrder, random: () => number, startMs: number, number: number): HistoricContact {
  const steps: HistoricContact["conversations"][number]["steps"][number][] = [];
  let atMs = startMs;
  const isAgents = random() < 0.2;
  for (let line = 0; line < order.messagesEach / 2; line += 1) {
    const talk = talkAt(random);
    atMs += 5_000 + random() * 60_000;
    steps.push({ kind: "inbound", at: new Date(atMs), content: { kind: "text", text: talk.said } });
    atMs += 800 + random() * 20_000;
    steps.push(
      isAgents
        ? {
            kind: "agent-answer",
            at: new Date(atMs),
            agentId: order.agentId,
            name: "林晓",
            content: { kind: "text", text: talk.answered },
          }
        : {
            kind: "bot-answer",
            at: new Date(atMs),
            name: null,
            content: { kind: "text", text: talk.answered },
          },
    );
  }
  if (random() < 0.97)
    steps.push({
      kind: "change",
      at: new Date(atMs + 1_000),
      event: { kind: "resolve", at: new Date(atMs + 1_000), by: "system", disposition: "solved" } as never,
    });
  return {
    externalId: newId<string>(),
    name: `访客 ${number.toString(16).toUpperCase().padStart(5, "0")}`,
    phone: null,
    email: null,
    notes: "",
    tags: [],
    language: "zh-CN",
    context: {},
    conversations: [{ steps, tags: [], rating: null }],
    seenAt: new Date(startMs),
  };
}
