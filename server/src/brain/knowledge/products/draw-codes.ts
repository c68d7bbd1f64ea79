// The codes of products as pictures: drawings to look at and print, one file, or many in a ZIP. The address in them is short,
// so that the squares stay large on a small label.

import { type DrawnCode, productBounds } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { productWords } from "../../products/words.ts";
import { findCodeRows } from "./product-store.ts";

type Format = "png" | "svg";
/** `host`: scheme and host under which the person who asks has reached us, used while no public address is set. */
export interface CodePlace {
  host: string;
  publicKey: string;
}
interface FoundCode {
  code: string;
  batch: string;
  product: string;
  productEn: string;
  url: string;
}

/** A printed label gets dirty: a quarter of it may be lost. */
const drawing = { errorCorrectionLevel: "Q", margin: 4 } as const;
/** Sharp on a label of 8 cm. */
const pngPixels = 1_024;
const types: Record<Format, string> = { png: "image/png", svg: "image/svg+xml" };

/** In the order asked; a code that there is no more is left out. */
export async function showProductCodes(ctx: Ctx, codes: string, place: CodePlace): Promise<DrawnCode[]> {
  const found = await findCodes(ctx, codes.split(","), place);
  const { toString: draw } = await import("qrcode");
  const scan = { zh: productWords["zh-CN"].scan, en: productWords.en.scan };
  const shown: DrawnCode[] = [];
  for (const code of found)
    shown.push({ ...code, scan, svg: await draw(code.url, { ...drawing, type: "svg" }) });
  return shown;
}

/** @throws AppError product/code-not-found */
export async function drawProductCode(
  ctx: Ctx,
  code: string,
  format: Format,
  place: CodePlace,
): Promise<{ body: Uint8Array; name: string; type: string }> {
  const [found] = await findCodes(ctx, [code], place);
  if (found === undefined) throw new AppError("product/code-not-found");
  return { body: await bytesOf(found.url, format), name: fileName(found, format), type: types[format] };
}

/** @throws AppError product/code-not-found when there is none of them */
export async function packProductCodes(
  ctx: Ctx,
  codes: string,
  format: Format,
  place: CodePlace,
): Promise<{ body: Uint8Array; name: string }> {
  const found = await findCodes(ctx, codes.split(","), place);
  if (found.length === 0) throw new AppError("product/code-not-found");
  const files: Record<string, Uint8Array> = {};
  for (const code of found) files[fileName(code, format)] = await bytesOf(code.url, format);
  const { zipSync } = await import("fflate");
  return { body: zipSync(files, { level: format === "svg" ? 6 : 0 }), name: "codes.zip" };
}

async function findCodes(ctx: Ctx, codes: readonly string[], place: CodePlace): Promise<FoundCode[]> {
  requirePermission(ctx, "knowledge-read");
  const asked = codes.slice(0, productBounds.codesAtOnce);
  const rows = await transact(ctx, (tx) => findCodeRows(tx, ctx.tenantId, asked));
  const base = ctx.config.publicUrl ?? place.host;
  return asked.flatMap((code) => {
    const row = rows.find((one) => one.code === code);
    if (row === undefined) return [];
    const { batch, product, product_en: productEn } = row;
    return [{ code, batch, product, productEn, url: `${base}/h/${place.publicKey}/${code}` }];
  });
}

async function bytesOf(url: string, format: Format): Promise<Uint8Array> {
  const { toBuffer, toString: draw } = await import("qrcode");
  if (format === "svg") return Buffer.from(await draw(url, { ...drawing, type: "svg" }));
  return toBuffer(url, { ...drawing, type: "png", width: pngPixels });
}

/** Product, batch and code, without what a folder of Windows refuses. */
function fileName({ product, batch, code }: FoundCode, format: Format): string {
  const words = [product, batch, code].filter((part) => part !== "").join(" ");
  return `${words.replace(/[\p{Cc}<>:"/\\|?*]/gu, "_")}.${format}`;
}
