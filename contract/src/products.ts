// The shop's products as the workbench and the API see them: models, pictures, manual, warranty, and fault codes with the
// steps that are told word for word; the codes printed on a product that lead to its page.
import { z } from "zod";
import { safeUrl } from "./content.ts";
import { documentId } from "./documents.ts";
import { idOf, instant, mediaId } from "./ids.ts";
import { slug } from "./knowledge.ts";

export const productId = idOf<"product">();
export type ProductId = z.infer<typeof productId>;

/** What one shop may keep: a customer's turn reads all of it. */
export const productBounds = {
  products: 300,
  names: 40,
  faults: 200,
  steps: 12,
  pictures: 8,
  /** Codes printed on products, over all of them. */
  codes: 5_000,
  /** Codes made or printed in one go. */
  codesAtOnce: 200,
  /** A clip of some minutes; the shop's own line has to carry it. */
  videoBytes: 100_000_000,
} as const;

const words = (most: number) => z.string().trim().max(most);
const name = words(80).min(1);
const link = z.union([z.literal(""), safeUrl.refine((url) => /^https?:/i.test(url), { error: "http only" })]);

/** What browsers play without help, told by content. */
export const productVideoTypes: readonly string[] = ["video/mp4", "video/webm"];

/** A picture, video or document that lies in the media store. */
export const productFile = z.object({
  mediaId,
  name: z.string().max(255),
  type: z.string().max(127),
  sizeBytes: z.int().nonnegative(),
  width: z.int().optional(),
  height: z.int().optional(),
});
export type ProductFile = z.infer<typeof productFile>;

export const faultStep = z.object({
  text: words(1_000).min(1),
  textEn: words(1_000).default(""),
  picture: productFile.nullable().default(null),
  videoFile: productFile.nullable().default(null),
  videoUrl: link.default(""),
});
export type FaultStep = z.infer<typeof faultStep>;

/** What follows when the steps did not help, or at once: a person, or a ticket. */
export const faultEndings = ["person", "ticket", "person-at-once", "ticket-at-once"] as const;
export type FaultEnding = (typeof faultEndings)[number];

export const faultCode = z.object({
  /** As the display shows it: "E04". */
  code: words(20).min(1),
  meaning: words(500).min(1),
  meaningEn: words(500).default(""),
  steps: z.array(faultStep).max(productBounds.steps).default([]),
  ending: z.enum(faultEndings).default("person"),
  /** Slug of an FAQ that belongs to it; "" none. */
  faq: z.union([z.literal(""), slug]).default(""),
});
export type FaultCode = z.infer<typeof faultCode>;

export const productDraft = z.object({
  name,
  nameEn: words(80).default(""),
  /** "X5", "X5 Pro": one of them is on the nameplate. */
  models: z.array(words(60).min(1)).max(productBounds.names).default([]),
  /** What customers call it. */
  aliases: z.array(words(60).min(1)).max(productBounds.names).default([]),
  /** Digits below the bar code (EAN, UPC) or any text of a code on the package. */
  barcodes: z.array(words(60).min(1)).max(productBounds.names).default([]),
  pictures: z.array(productFile).max(productBounds.pictures).default([]),
  manualFile: productFile.nullable().default(null),
  /** A document of Knowledge: its original is the manual, and questions about the product are answered from it first. */
  manualDocument: documentId.nullable().default(null),
  manualUrl: link.default(""),
  videoFile: productFile.nullable().default(null),
  videoUrl: link.default(""),
  warranty: words(2_000).default(""),
  warrantyEn: words(2_000).default(""),
  faults: z.array(faultCode).max(productBounds.faults).default([]),
  /** Slugs of the FAQs that its page shows. */
  faqs: z.array(slug).max(50).default([]),
  isOn: z.boolean().default(true),
});
export type ProductDraft = z.infer<typeof productDraft>;

export const productSummary = z.object({
  id: productId,
  name: z.string(),
  models: z.array(z.string()),
  faultCount: z.int(),
  codeCount: z.int(),
  isOn: z.boolean(),
  picture: productFile.nullable(),
  version: z.int(),
  updatedAt: instant,
});
export type ProductSummary = z.infer<typeof productSummary>;

export const product = productDraft.extend({ id: productId, version: z.int(), updatedAt: instant });
export type Product = z.infer<typeof product>;

/** A code printed on a product; "" is no batch. */
export const productCode = z.object({
  code: z.string(),
  batch: z.string(),
  createdAt: instant,
});
export type ProductCode = z.infer<typeof productCode>;

/** A code as it is printed. */
export const drawnCode = z.object({
  code: z.string(),
  batch: z.string(),
  product: z.string(),
  productEn: z.string(),
  url: z.string(),
  svg: z.string(),
  /** What stands below it on paper, in both languages. */
  scan: z.object({ zh: z.string(), en: z.string() }),
});
export type DrawnCode = z.infer<typeof drawnCode>;

export const batchName = words(40);

/** What is wrong with a row of an imported sheet; rows count as in the file. */
export const productProblem = z.object({
  row: z.int(),
  code: z.enum([
    "no-header",
    "no-name",
    "unknown-column",
    "too-long",
    "too-many",
    "no-meaning",
    "no-code",
    "same-code",
    "unknown-ending",
    "bad-link",
    "unknown-faq",
    "limit-reached",
  ]),
  /** What stands there, cut to 80 characters. */
  text: z.string(),
});
export type ProductProblem = z.infer<typeof productProblem>;

export const productImport = z.object({
  added: z.int(),
  changed: z.int(),
  faults: z.int(),
  problems: z.array(productProblem),
});
export type ProductImport = z.infer<typeof productImport>;
