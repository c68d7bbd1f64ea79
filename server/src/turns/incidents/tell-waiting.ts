// Whoever waits for a person hears what the owner has pinned, once: those who wait when it begins, and those who come to wait
// while it lasts. The row of who was told is written with the message, so that no repetition says it twice.
import type { ConversationId, IncidentId, TenantId } from "@yingda/contract";
import { getTenant } from "../../accounts/index.ts";
import { type KnownIncident, knowledgeFor, recordIncidentTold, textOfIncident } from "../../brain/index.ts";
import { appendMessage, getInbox, readTurnMaterial } from "../../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { transact } from "../../platform/db/index.ts";
import type { JobPayload } from "../../platform/jobs/index.ts";
import type { Subscriber } from "../../platform/outbox/index.ts";
import { waitingPlaces } from "../../routing/index.ts";
import { localeOf } from "../texts.ts";

export const beginIncidentJob = "begin-incident";

export const incidentSubscriber: Subscriber<"incident-changed" | "conversation-queued"> = {
  name: "incidents",
  kinds: ["incident-changed", "conversation-queued"],
  wants: (event) => event.kind !== "incident-changed" || event.payload.how !== "removed",
  async handle(ctx, event, done) {
    switch (event.kind) {
      case "conversation-queued":
        for (const incident of await incidentsOn(ctx))
          await tell(ctx, incident, event.payload.conversationId);
        break;
      case "incident-changed":
        await begin(ctx, event.payload.incidentId);
        break;
      default:
        event satisfies never;
    }
    await transact(ctx, done);
  },
};

/** The job of an incident that begins later. */
export async function beginIncident(services: Services, payload: JobPayload): Promise<void> {
  const tenantId = String(payload.tenantId) as TenantId;
  const ctx = makeCtx(services, { tenantId, actor: { kind: "bot" } });
  await begin(ctx, String(payload.incidentId) as IncidentId);
}

async function begin(ctx: Ctx, id: IncidentId): Promise<void> {
  const { incidents } = await knowledgeFor(ctx);
  const incident = incidents.find((one) => one.id === id);
  const atMs = ctx.clock.nowMs();
  if (incident === undefined || incident.endsAtMs <= atMs) return;
  if (incident.startsAtMs > atMs) {
    const startAfter = new Date(incident.startsAtMs);
    await ctx.jobs.send(
      null,
      beginIncidentJob,
      { tenantId: ctx.tenantId, incidentId: id },
      {
        startAfter,
        singletonKey: `${id}:${String(incident.startsAtMs)}`,
      },
    );
    return;
  }
  for (const { conversationId } of await waitingPlaces(ctx)) await tell(ctx, incident, conversationId);
}

async function incidentsOn(ctx: Ctx): Promise<KnownIncident[]> {
  const { incidents } = await knowledgeFor(ctx);
  const atMs = ctx.clock.nowMs();
  return incidents.filter(({ startsAtMs, endsAtMs }) => startsAtMs <= atMs && atMs < endsAtMs);
}

async function tell(ctx: Ctx, incident: KnownIncident, conversationId: ConversationId): Promise<void> {
  const material = await readTurnMaterial(ctx, conversationId);
  if (material?.conversation.handler.kind !== "queue" || material.contact.isBlocked) return;
  const inbox = await getInbox(ctx, material.conversation.inboxId);
  if (!inbox) return;
  const { locale: usual } = await getTenant(ctx);
  const locale = localeOf(material.contact.language, usual);
  const name = inbox.bot.name[locale === "en" ? "en" : "zh"];
  await transact(ctx, async (tx) => {
    if (!(await recordIncidentTold(ctx, tx, incident.id, conversationId))) return;
    await appendMessage(ctx, tx, {
      conversationId,
      author: { kind: "bot", id: null, name },
      content: { kind: "text", text: textOfIncident(incident, locale) },
      clientMessageId: `incident:${incident.id}`,
    });
  });
}
