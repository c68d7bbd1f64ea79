// Rehearsal: past conversations put to the bot before customers meet it.
import { z } from "zod";
import {
  expected,
  gateReply,
  pasteReply,
  recordChoice,
  recordImport,
  recordPreview,
  rehearsalArea,
  rehearsalBounds,
  rehearsalCase,
  rehearsalCaseId,
  rehearsalChange,
  rehearsalRun,
  rehearsalRunFull,
  rehearsalRunId,
} from "../rehearsal.ts";
import { defineRoutes } from "../route.ts";

const caseById = z.object({ id: rehearsalCaseId });
const runById = z.object({ id: rehearsalRunId });

export const rehearsalRoutes = defineRoutes({
  listRehearsalCases: {
    method: "GET",
    path: "/api/rehearsal/cases",
    access: "knowledge-read",
    apiKey: true,
    summary: "The conversations that are rehearsed, the newest first.",
    reply: z.array(rehearsalCase),
  },
  pasteRehearsal: {
    method: "POST",
    path: "/api/rehearsal/cases",
    access: "knowledge-write",
    apiKey: true,
    summary:
      "Adds conversations from text (lines with 客户/客服 or plain ones, a blank line between) or JSON lines; or looks only.",
    body: z.object({ text: z.string().max(rehearsalBounds.pasted), isDryRun: z.boolean().default(false) }),
    reply: pasteReply,
  },
  previewRecord: {
    method: "POST",
    path: "/api/rehearsal/record/preview",
    access: "knowledge-write",
    summary:
      "Which past conversations would be rehearsed, with persons' data replaced; needs conversations-read, too.",
    body: recordChoice,
    reply: recordPreview,
  },
  importRecord: {
    method: "POST",
    path: "/api/rehearsal/record",
    access: "knowledge-write",
    summary: "Makes cases of past conversations, behind; needs conversations-read, too.",
    body: recordChoice,
    reply: recordImport,
  },
  getRecordImport: {
    method: "GET",
    path: "/api/rehearsal/record",
    access: "knowledge-read",
    summary: "How far the last import from the record is; null without one.",
    reply: recordImport.nullable(),
  },
  changeRehearsalCase: {
    method: "PATCH",
    path: "/api/rehearsal/cases/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Says what a line should lead to, and whether the case guards publishing.",
    params: caseById,
    body: z.object({
      isGate: z.boolean().optional(),
      expect: z.object({ at: z.int().min(0), wanted: expected.nullable() }).optional(),
    }),
    reply: rehearsalCase,
  },
  deleteRehearsalCases: {
    method: "POST",
    path: "/api/rehearsal/cases/delete",
    access: "knowledge-write",
    summary: "Takes cases away; the reply holds them, so that they can be put back.",
    body: z.object({ ids: z.array(rehearsalCaseId).min(1).max(rehearsalBounds.cases) }),
    reply: z.array(rehearsalCase),
  },
  restoreRehearsalCases: {
    method: "POST",
    path: "/api/rehearsal/cases/restore",
    access: "knowledge-write",
    summary: "The undo of delete.",
    body: z.object({ cases: z.array(rehearsalCase).min(1).max(rehearsalBounds.cases) }),
  },
  startRehearsal: {
    method: "POST",
    path: "/api/rehearsal/runs",
    access: "knowledge-write",
    apiKey: true,
    summary: "Puts all cases to the bot as it is now, or with all drafts; runs behind.",
    body: z.object({ area: rehearsalArea }),
    reply: rehearsalRun,
  },
  listRehearsalRuns: {
    method: "GET",
    path: "/api/rehearsal/runs",
    access: "knowledge-read",
    apiKey: true,
    summary: "The last twenty runs with their sums.",
    reply: z.array(rehearsalRun),
  },
  getRehearsalRun: {
    method: "GET",
    path: "/api/rehearsal/runs/:id",
    access: "knowledge-read",
    apiKey: true,
    summary: "One run with every line.",
    params: runById,
    reply: rehearsalRunFull,
  },
  cancelRehearsal: {
    method: "POST",
    path: "/api/rehearsal/runs/:id/cancel",
    access: "knowledge-write",
    summary: "Ends a run that is still going.",
    params: runById,
    reply: rehearsalRun,
  },
  compareRehearsals: {
    method: "GET",
    path: "/api/rehearsal/runs/:id/changes",
    access: "knowledge-read",
    apiKey: true,
    summary: "Lines that came out otherwise than in another run.",
    params: runById,
    query: z.object({ before: rehearsalRunId }),
    reply: z.array(rehearsalChange),
  },
  rehearseGate: {
    method: "POST",
    path: "/api/rehearsal/gate",
    access: "knowledge-read",
    apiKey: true,
    summary:
      "Puts the guarding cases to the bot with all drafts: what fails must be looked at before publishing.",
    reply: gateReply,
  },
});
