// The shop's documents (files, pages and sites that are read into passages) as the workbench and the API see them.
import { z } from "zod";
import { idOf, instant } from "./ids.ts";

export const documentId = idOf<"document">();
export type DocumentId = z.infer<typeof documentId>;

/** What one shop may keep. */
export const documentBounds = {
  documents: 200,
  passages: 20_000,
  fileBytes: 30 * 1_024 * 1_024,
  sitePages: 1_000,
  siteDepth: 10,
} as const;

/** "page": one address; "site": all pages that can be reached from it on the same site. */
export const documentKinds = ["file", "page", "site"] as const;
export const documentStates = ["waiting", "reading", "ready", "failed", "cancelled"] as const;
export type DocumentState = (typeof documentStates)[number];
export const documentSchedules = ["never", "daily", "weekly"] as const;
export type DocumentSchedule = (typeof documentSchedules)[number];

/** Why something was not read, or was read with a doubt; its sentence is looked up by code. */
export const documentProblem = z.object({
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  page: z.int().nullable(),
  url: z.string().nullable(),
});
export type DocumentProblem = z.infer<typeof documentProblem>;

export const documentSummary = z.object({
  id: documentId,
  kind: z.enum(documentKinds),
  title: z.string(),
  /** Of a page or site. */
  url: z.string().nullable(),
  /** Of a file, which can be had again. */
  fileName: z.string().nullable(),
  sizeBytes: z.int().nullable(),
  /** Off: kept, but nobody is answered from it. */
  isOn: z.boolean(),
  /** Of the last reading. After a failed one the passages of the one before go on answering. */
  state: z.enum(documentStates),
  /** While it is read: pages (or parts) done of all; all is 0 while unknown. */
  done: z.int(),
  total: z.int(),
  /** Why the last reading failed. */
  error: documentProblem.nullable(),
  problemCount: z.int(),
  /** Of pages, sheets or site pages in use. */
  pageCount: z.int(),
  passageCount: z.int(),
  /** Passages that the last readings changed and nobody has looked at. */
  changedCount: z.int(),
  schedule: z.enum(documentSchedules),
  /** Links to follow from the first page, and the most pages; of a site. */
  depth: z.int(),
  mostPages: z.int(),
  /** When it was last read whole, and when it will be again. */
  readAt: instant.nullable(),
  nextReadAt: instant.nullable(),
  version: z.int(),
  updatedAt: instant,
});
export type DocumentSummary = z.infer<typeof documentSummary>;

export const shopDocument = documentSummary.extend({ problems: z.array(documentProblem) });
export type ShopDocument = z.infer<typeof shopDocument>;

const title = z.string().trim().min(1).max(120);

/** An address to read: one page of it, or the site from there on. */
export const siteDraft = z.object({
  kind: z.enum(["page", "site"]),
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  /** "": as the page calls itself. */
  title: z.string().trim().max(120).default(""),
  depth: z.int().min(1).max(documentBounds.siteDepth).default(3),
  mostPages: z.int().min(1).max(documentBounds.sitePages).default(100),
  schedule: z.enum(documentSchedules).default("never"),
});

export const documentDraft = z.object({
  title,
  isOn: z.boolean(),
  schedule: z.enum(documentSchedules),
  version: z.int(),
});

/** A stretch of a document that is found and quoted as one. */
export const documentPassage = z.object({
  id: z.string(),
  /** Counted from 1; null where the document has none. */
  page: z.int().nullable(),
  /** Of a site: the page's address. */
  url: z.string().nullable(),
  heading: z.array(z.string()),
  text: z.string(),
});
export type DocumentPassage = z.infer<typeof documentPassage>;

/** What a new reading found otherwise than the one before: old and new text. */
export const documentChange = z.object({
  id: z.string(),
  kind: z.enum(["added", "changed", "removed"]),
  page: z.int().nullable(),
  url: z.string().nullable(),
  heading: z.array(z.string()),
  before: z.string().nullable(),
  after: z.string().nullable(),
  at: instant,
});
export type DocumentChange = z.infer<typeof documentChange>;

/** A passage that a question finds. */
export const foundPassage = documentPassage.extend({
  document: documentId,
  title: z.string(),
  /** 0 to 1. */
  score: z.number(),
});
export type FoundPassage = z.infer<typeof foundPassage>;
