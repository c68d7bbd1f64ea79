// Pinned statements: kept, ended, suggested.
import { z } from "zod";
import { incident, incidentDraft, incidentId, spike } from "../incident.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: incidentId });

export const incidentRoutes = defineRoutes({
  listIncidents: {
    method: "GET",
    path: "/api/incidents",
    access: "knowledge-read",
    apiKey: true,
    summary: "The newest first, with how many conversations were told.",
    reply: z.array(incident),
  },
  createIncident: {
    method: "POST",
    path: "/api/incidents",
    access: "knowledge-write",
    apiKey: true,
    summary: "Pins one; live from its start, ends by itself.",
    body: incidentDraft,
    reply: incident,
  },
  updateIncident: {
    method: "PUT",
    path: "/api/incidents/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Changes one, or ends it now (incident/version-moved if someone else did).",
    params: byId,
    body: incidentDraft.extend({ version: z.int() }),
    reply: incident,
  },
  deleteIncident: {
    method: "DELETE",
    path: "/api/incidents/:id",
    access: "knowledge-write",
    summary: "Removes one; can be restored for 30 days.",
    params: byId,
  },
  restoreIncident: {
    method: "POST",
    path: "/api/incidents/:id/restore",
    access: "knowledge-write",
    summary: "The undo of delete; one that is not over is told again.",
    params: byId,
    reply: incident,
  },
  listSpikes: {
    method: "GET",
    path: "/api/incidents/spikes",
    access: "knowledge-read",
    summary: "Questions that went unanswered or to a person far more often in the last hour than usual.",
    reply: z.array(spike),
  },
});
