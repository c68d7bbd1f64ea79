// Before a product is kept: no fault code twice, lists without doubles, and files as the media store knows them rather than as
// the client calls them.

import { type DocumentId, type ProductDraft, type ProductFile, productVideoTypes } from "@yingda/contract";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import type { StoredMedia } from "../../../platform/media/index.ts";
import { livingDocument } from "../../documents/shop/shop-documents.ts";
import { plainKey } from "../../products/fault-keys.ts";

type FileKind = "image" | "video" | "file";

/** @throws AppError product/same-fault (details: the code), product/picture-not-found (details: its name), document/not-found */
export async function checkProduct(ctx: Ctx, draft: ProductDraft): Promise<ProductDraft> {
  const faults = new Set<string>();
  for (const { code } of draft.faults) {
    if (faults.has(plainKey(code))) throw new AppError("product/same-fault", { details: { code } });
    faults.add(plainKey(code));
  }
  const file = (given: ProductFile, kind: FileKind) => storedFile(ctx, given, kind);
  const pictures: ProductFile[] = [];
  for (const picture of draft.pictures) pictures.push(await file(picture, "image"));
  const manualFile = draft.manualFile && (await file(draft.manualFile, "file"));
  await checkDocument(ctx, draft.manualDocument);
  const videoFile = draft.videoFile && (await file(draft.videoFile, "video"));
  const checkedFaults: ProductDraft["faults"] = [];
  for (const fault of draft.faults) {
    const steps: typeof fault.steps = [];
    for (const step of fault.steps)
      steps.push({
        ...step,
        picture: step.picture && (await file(step.picture, "image")),
        videoFile: step.videoFile && (await file(step.videoFile, "video")),
      });
    checkedFaults.push({ ...fault, steps });
  }
  return {
    ...draft,
    models: once(draft.models),
    aliases: once(draft.aliases),
    barcodes: once(draft.barcodes),
    faqs: once(draft.faqs),
    pictures,
    manualFile,
    videoFile,
    faults: checkedFaults,
  };
}

async function checkDocument(ctx: Ctx, id: DocumentId | null): Promise<void> {
  if (id !== null) await transact(ctx, (tx) => livingDocument(ctx, tx, id));
}

function once(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

async function storedFile(ctx: Ctx, given: ProductFile, kind: FileKind): Promise<ProductFile> {
  const stored = await ctx.media.find(ctx.tenantId, given.mediaId);
  if (stored === undefined || !isOfKind(stored, kind))
    throw new AppError("product/picture-not-found", { details: { name: given.name.slice(0, 80) } });
  const { id, name, type, sizeBytes, width, height } = stored;
  const size = width === null || height === null ? {} : { width, height };
  return { mediaId: id, name, type, sizeBytes, ...size };
}

function isOfKind({ kind, type }: StoredMedia, wanted: FileKind): boolean {
  if (wanted === "image") return kind === "image";
  return wanted === "file" || productVideoTypes.includes(type);
}
