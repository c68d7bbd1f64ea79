// HTTP of the shop's documents. Registered by the room's routes.

import { type DocumentId, documentBounds, routes } from "@yingda/contract";
import { requirePermission } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors.ts";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import { addSite, cancelReading, readAgain, replaceDocument, uploadDocument } from "./add-document.ts";
import { searchDocuments } from "./search-documents.ts";
import {
  deleteDocument,
  getDocument,
  listDocumentChanges,
  listDocuments,
  listPassages,
  livingDocument,
  restoreDocument,
  seeDocumentChanges,
  updateDocument,
} from "./shop-documents.ts";

const maxFileBytes = documentBounds.fileBytes;

export function documentRoutes(app: HttpApp): void {
  register(app, routes.listDocuments, (ctx) => listDocuments(ctx));
  register(app, routes.searchDocuments, (ctx, { query }) => searchDocuments(ctx, query));
  register(app, routes.getDocument, (ctx, { params }) => getDocument(ctx, params.id));
  register(app, routes.addSite, (ctx, { body }) => addSite(ctx, body));
  register(app, routes.updateDocument, (ctx, { params, body }) => updateDocument(ctx, params.id, body));
  register(app, routes.readDocumentAgain, (ctx, { params }) => readAgain(ctx, params.id));
  register(app, routes.cancelReading, (ctx, { params }) => cancelReading(ctx, params.id));
  register(app, routes.deleteDocument, (ctx, { params }) => deleteDocument(ctx, params.id));
  register(app, routes.restoreDocument, (ctx, { params }) => restoreDocument(ctx, params.id));
  register(app, routes.listPassages, (ctx, { params, query }) => listPassages(ctx, params.id, query));
  register(app, routes.listDocumentChanges, (ctx, { params }) => listDocumentChanges(ctx, params.id));
  register(app, routes.seeDocumentChanges, (ctx, { params, body }) =>
    seeDocumentChanges(ctx, params.id, body.ids),
  );
  register(app, routes.downloadOriginal, (ctx, { params }) => downloadOriginal(ctx, params.id));
  register(
    app,
    routes.uploadDocument,
    async (ctx, { query, request }) => {
      const part = await request.file({ limits: { fileSize: maxFileBytes + 1 }, throwFileSizeLimit: false });
      if (part === undefined) throw new AppError("import/unreadable", { details: { format: "none" } });
      const file = { source: part.file, name: part.filename, type: part.mimetype };
      return query.replaces === undefined
        ? uploadDocument(ctx, file, query.title)
        : replaceDocument(ctx, query.replaces, file);
    },
    { isMultipart: true, maxFileBytes, tooLarge: "document/too-large" },
  );
}

/** The file as it came. @throws AppError document/not-found, document/no-original */
async function downloadOriginal(ctx: Ctx, id: DocumentId) {
  requirePermission(ctx, "knowledge-read");
  const { media_id, file_name } = await transact(ctx, (tx) => livingDocument(ctx, tx, id));
  const opened = media_id === null ? undefined : await ctx.media.open(ctx.tenantId, media_id);
  if (opened === undefined) throw new AppError("document/no-original");
  const { body, media } = opened;
  return { body, name: file_name ?? "", type: "application/octet-stream", sizeBytes: media.sizeBytes };
}
