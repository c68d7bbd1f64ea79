// Flows: which there are, on and off; drafts, checks, dialogues, publishing with versions; trying one out.
import { z } from "zod";
import {
  dialogueReport,
  flowBounds,
  flowChecked,
  flowDetail,
  flowDraft,
  flowSummary,
  flowToolShown,
  flowTrialAsked,
  flowTrialReply,
  flowVersion,
  newFlow,
} from "../flow.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: z.string().max(40) });
const byVersion = byId.extend({ number: z.coerce.number().int() });
const yaml = z.string().max(flowBounds.yamlCharacters);

export const flowRoutes = defineRoutes({
  listFlows: {
    method: "GET",
    path: "/api/flows",
    access: "knowledge-read",
    summary: "All flows, on and off.",
    reply: z.array(flowSummary),
  },
  getFlow: {
    method: "GET",
    path: "/api/flows/:id",
    access: "knowledge-read",
    summary: "One flow as YAML, with its draft, its dialogues and what is wrong with it.",
    params: byId,
    reply: flowDetail,
  },
  createFlow: {
    method: "POST",
    path: "/api/flows",
    access: "knowledge-write",
    summary: "A new draft: blank, a copy of another flow, or an imported text (flow/limit-reached).",
    body: newFlow,
    reply: flowDetail,
  },
  switchFlow: {
    method: "PUT",
    path: "/api/flows/:id",
    access: "knowledge-write",
    summary: "Switches a flow on or off (flow/has-problems if it cannot run, flow/not-published).",
    params: byId,
    body: z.object({ isOn: z.boolean() }),
    reply: flowSummary,
  },
  saveFlowDraft: {
    method: "PUT",
    path: "/api/flows/:id/draft",
    access: "knowledge-write",
    summary:
      "Keeps a draft and its dialogues, with problems and all (flow/version-moved if someone else did).",
    params: byId,
    body: flowDraft,
    reply: flowDetail,
  },
  publishFlow: {
    method: "POST",
    path: "/api/flows/:id/publish",
    access: "knowledge-write",
    summary:
      "Makes the draft what customers get (flow/has-problems; flow/dialogues-failed unless `isConfirmed`).",
    params: byId,
    body: z.object({ version: z.int(), isConfirmed: z.boolean().default(false) }),
    reply: flowDetail,
  },
  listFlowVersions: {
    method: "GET",
    path: "/api/flows/:id/versions",
    access: "knowledge-read",
    summary: "What was published when, newest first.",
    params: byId,
    reply: z.array(flowVersion),
  },
  getFlowVersion: {
    method: "GET",
    path: "/api/flows/:id/versions/:number",
    access: "knowledge-read",
    summary: "The text of an earlier version.",
    params: byVersion,
    reply: z.object({ yaml: z.string() }),
  },
  rollBackFlow: {
    method: "POST",
    path: "/api/flows/:id/versions/:number/restore",
    access: "knowledge-write",
    summary: "Publishes an earlier version anew (flow/has-problems where it can no longer run).",
    params: byVersion,
    body: z.object({ version: z.int() }),
    reply: flowDetail,
  },
  deleteFlow: {
    method: "DELETE",
    path: "/api/flows/:id",
    access: "knowledge-write",
    summary: "Removes an own flow, or puts the shipped text back; can be restored for 30 days.",
    params: byId,
  },
  restoreFlow: {
    method: "POST",
    path: "/api/flows/:id/restore",
    access: "knowledge-write",
    summary: "The undo of delete.",
    params: byId,
    reply: flowSummary,
  },
  exportFlow: {
    method: "GET",
    path: "/api/flows/:id/export",
    access: "knowledge-read",
    summary: "The draft, or the published text, as YAML.",
    params: byId,
    file: "application/yaml",
  },
  checkFlow: {
    method: "POST",
    path: "/api/flows/check",
    access: "knowledge-read",
    summary: "What is wrong with a text, with the places.",
    body: z.object({ id: z.string().max(40), yaml }),
    reply: flowChecked,
  },
  listFlowTools: {
    method: "GET",
    path: "/api/flow-tools",
    access: "knowledge-read",
    summary: "The tools that flows may name.",
    reply: z.array(flowToolShown),
  },
  runFlowDialogues: {
    method: "POST",
    path: "/api/flows/dialogues",
    access: "knowledge-read",
    summary: "Plays scripted dialogues against a text; nothing is recorded.",
    body: z.object({ yaml, dialogues: yaml }),
    reply: dialogueReport,
  },
  tryFlow: {
    method: "POST",
    path: "/api/flows/try",
    access: "knowledge-read",
    summary: "One event of a trial against a text (flow/has-problems if it cannot run); nothing is recorded.",
    body: flowTrialAsked,
    reply: flowTrialReply,
  },
});
