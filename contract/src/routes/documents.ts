// The shop's documents: brought in as files or from the web, read by a job, searched and answered from by the passage.
import { z } from "zod";
import {
  documentChange,
  documentDraft,
  documentId,
  documentPassage,
  documentSummary,
  foundPassage,
  shopDocument,
  siteDraft,
} from "../documents.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: documentId });

export const documentRoutes = defineRoutes({
  listDocuments: {
    method: "GET",
    path: "/api/documents",
    access: "knowledge-read",
    apiKey: true,
    summary: "All documents with what is being read of them, newest first.",
    reply: z.array(documentSummary),
  },
  searchDocuments: {
    method: "GET",
    path: "/api/documents/search",
    access: "knowledge-read",
    apiKey: true,
    summary: "The passages that a question finds, best first, with their scores.",
    query: z.object({
      question: z.string().trim().min(1).max(500),
      most: z.coerce.number().int().min(1).max(20).default(5),
    }),
    reply: z.array(foundPassage),
  },
  getDocument: {
    method: "GET",
    path: "/api/documents/:id",
    access: "knowledge-read",
    apiKey: true,
    summary: "One document with what could not be read of it.",
    params: byId,
    reply: shopDocument,
  },
  uploadDocument: {
    method: "POST",
    path: "/api/documents/upload",
    access: "knowledge-write",
    apiKey: true,
    summary:
      "multipart/form-data, one file; it is read by a job (state waiting, reading, ready or failed). `replaces`: a new version of that document.",
    query: z.object({ title: z.string().trim().max(120).default(""), replaces: documentId.optional() }),
    reply: documentSummary,
  },
  addSite: {
    method: "POST",
    path: "/api/documents/site",
    access: "knowledge-write",
    apiKey: true,
    summary: "A page or a site by its address; it is read by a job.",
    body: siteDraft,
    reply: documentSummary,
  },
  updateDocument: {
    method: "PUT",
    path: "/api/documents/:id",
    access: "knowledge-write",
    apiKey: true,
    summary:
      "Changes title, on or off and when it is read again (document/version-moved if someone else did).",
    params: byId,
    body: documentDraft,
    reply: documentSummary,
  },
  readDocumentAgain: {
    method: "POST",
    path: "/api/documents/:id/read",
    access: "knowledge-write",
    apiKey: true,
    summary: "Reads it once more; what it said before answers until that is done.",
    params: byId,
    reply: documentSummary,
  },
  cancelReading: {
    method: "POST",
    path: "/api/documents/:id/cancel",
    access: "knowledge-write",
    summary: "Ends the reading; what it said before stays.",
    params: byId,
    reply: documentSummary,
  },
  deleteDocument: {
    method: "DELETE",
    path: "/api/documents/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Removes one; can be restored for 30 days.",
    params: byId,
  },
  restoreDocument: {
    method: "POST",
    path: "/api/documents/:id/restore",
    access: "knowledge-write",
    summary: "The undo of delete.",
    params: byId,
    reply: documentSummary,
  },
  listPassages: {
    method: "GET",
    path: "/api/documents/:id/passages",
    access: "knowledge-read",
    apiKey: true,
    summary:
      "What a document says, in its order, a part at a time; `text` only passages with these words, `page` and `heading` only those that stand there.",
    params: byId,
    query: z.object({
      from: z.coerce.number().int().min(0).default(0),
      most: z.coerce.number().int().min(1).max(100).default(30),
      text: z.string().trim().max(100).default(""),
      /** Only what stands on this page, and under these headings as a citation joins them (" › "). */
      page: z.coerce.number().int().min(1).optional(),
      heading: z.string().max(2_000).optional(),
    }),
    reply: z.object({ total: z.int(), passages: z.array(documentPassage) }),
  },
  listDocumentChanges: {
    method: "GET",
    path: "/api/documents/:id/changes",
    access: "knowledge-read",
    apiKey: true,
    summary: "What new readings changed and nobody has looked at: old text and new, at most 200.",
    params: byId,
    reply: z.array(documentChange),
  },
  seeDocumentChanges: {
    method: "POST",
    path: "/api/documents/:id/changes/seen",
    access: "knowledge-write",
    summary: "Marks changes as looked at.",
    params: byId,
    body: z.object({ ids: z.array(z.string().max(64)).min(1).max(200) }),
    reply: documentSummary,
  },
  downloadOriginal: {
    method: "GET",
    path: "/api/documents/:id/original",
    access: "knowledge-read",
    summary: "The file as it was brought in.",
    params: byId,
    file: "application/octet-stream",
  },
});
