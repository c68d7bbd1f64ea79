// The shop's products and the codes printed on them; the public help centre's settings.
import { z } from "zod";
import { helpSettings } from "../help.ts";
import {
  batchName,
  drawnCode,
  product,
  productBounds,
  productCode,
  productDraft,
  productFile,
  productId,
  productImport,
  productSummary,
} from "../products.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: productId });
/** Of the inbox whose chat the code opens. */
const publicKey = z.string().regex(/^[\w-]{1,60}$/);
const codeFormat = z.enum(["png", "svg"]);
const codesAsked = z.object({ codes: z.string().min(1).max(8_000), inbox: publicKey });

export const productRoutes = defineRoutes({
  listProducts: {
    method: "GET",
    path: "/api/products",
    access: "knowledge-read",
    apiKey: true,
    summary: "All products, without their fault codes.",
    reply: z.array(productSummary),
  },
  getProduct: {
    method: "GET",
    path: "/api/products/:id",
    access: "knowledge-read",
    apiKey: true,
    summary: "One product with its fault codes and steps.",
    params: byId,
    reply: product,
  },
  createProduct: {
    method: "POST",
    path: "/api/products",
    access: "knowledge-write",
    apiKey: true,
    summary: "Adds one; live at once.",
    body: productDraft,
    reply: product,
  },
  updateProduct: {
    method: "PUT",
    path: "/api/products/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Changes all of it (product/version-moved if someone else did).",
    params: byId,
    body: productDraft.extend({ version: z.int() }),
    reply: product,
  },
  deleteProduct: {
    method: "DELETE",
    path: "/api/products/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Removes one with its codes; can be restored for 30 days.",
    params: byId,
  },
  restoreProduct: {
    method: "POST",
    path: "/api/products/:id/restore",
    access: "knowledge-write",
    summary: "The undo of delete; its codes work again.",
    params: byId,
    reply: product,
  },
  importProducts: {
    method: "POST",
    path: "/api/products/import",
    access: "knowledge-write",
    summary: "multipart/form-data, one xlsx or csv: a row per fault code; `dryRun=1` only reads it.",
    query: z.object({ dryRun: z.stringbool().default(false) }),
    reply: productImport,
  },
  exportProducts: {
    method: "GET",
    path: "/api/products/export",
    access: "knowledge-read",
    summary: "All products and fault codes as a sheet that can be imported again.",
    query: z.object({ format: z.enum(["xlsx", "csv"]).default("xlsx") }),
    file: "application/octet-stream",
  },
  uploadProductVideo: {
    method: "POST",
    path: "/api/products/video",
    access: "knowledge-write",
    summary: "multipart/form-data, one mp4 or webm of at most 100 MB; returns what a product refers to.",
    reply: productFile,
  },
  listProductCodes: {
    method: "GET",
    path: "/api/products/:id/codes",
    access: "knowledge-read",
    summary: "The codes made for this product, newest first.",
    params: byId,
    reply: z.array(productCode),
  },
  makeProductCodes: {
    method: "POST",
    path: "/api/products/:id/codes",
    access: "knowledge-write",
    summary: "One code for each batch; a batch that has one keeps it.",
    params: byId,
    body: z.object({ batches: z.array(batchName).min(1).max(productBounds.codesAtOnce) }),
    reply: z.array(productCode),
  },
  removeProductCode: {
    method: "DELETE",
    path: "/api/product-codes/:code",
    access: "knowledge-write",
    summary: "The printed code no longer opens anything.",
    params: z.object({ code: z.string().max(20) }),
  },
  showProductCodes: {
    method: "GET",
    path: "/api/product-codes",
    access: "knowledge-read",
    summary: "Several codes (comma-separated) with their addresses and drawings, to look at or print.",
    query: codesAsked,
    reply: z.array(drawnCode),
  },
  drawProductCode: {
    method: "GET",
    path: "/api/product-codes/:code/picture",
    access: "knowledge-read",
    summary: "One code as a picture file.",
    params: z.object({ code: z.string().max(20) }),
    query: z.object({ format: codeFormat, inbox: publicKey }),
    file: "image/png",
  },
  packProductCodes: {
    method: "GET",
    path: "/api/product-codes/pack",
    access: "knowledge-read",
    summary: "Pictures of several codes (comma-separated) as one ZIP.",
    query: codesAsked.extend({ format: codeFormat }),
    file: "application/zip",
  },
  getHelpSettings: {
    method: "GET",
    path: "/api/help-centre",
    access: "knowledge-read",
    summary: "Whether there is a public help centre, and what it shows.",
    reply: helpSettings,
  },
  setHelpSettings: {
    method: "PUT",
    path: "/api/help-centre",
    access: "knowledge-write",
    summary: "Changes it (help/version-moved if someone else did).",
    body: helpSettings,
    reply: helpSettings,
  },
});
