// HTTP of the shop's products, their codes and the help centre's settings. Registered by the room's routes.

import { productBounds, routes } from "@yingda/contract";
import type { FastifyRequest } from "fastify";
import { AppError } from "../../../platform/errors.ts";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import { getHelpSettings, setHelpSettings } from "../help/help-settings.ts";
import { maxSheetBytes } from "../sheets/read-sheet.ts";
import { drawProductCode, packProductCodes, showProductCodes } from "./draw-codes.ts";
import { exportProducts, importProducts } from "./import-products.ts";
import { listProductCodes, makeProductCodes, removeProductCode } from "./product-codes.ts";
import {
  createProduct,
  deleteProduct,
  getProduct,
  listProducts,
  restoreProduct,
  updateProduct,
} from "./shop-products.ts";
import { uploadProductVideo } from "./upload-video.ts";

const maxVideoBytes = productBounds.videoBytes;
/** 200 fault codes with twelve steps in two languages. */
const large = { bodyLimit: 4 * 1_024 * 1_024 };

export function productRoutes(app: HttpApp): void {
  register(app, routes.listProducts, (ctx) => listProducts(ctx));
  register(app, routes.exportProducts, (ctx, { query }) => exportProducts(ctx, query.format));
  register(app, routes.getProduct, (ctx, { params }) => getProduct(ctx, params.id));
  register(app, routes.createProduct, (ctx, { body }) => createProduct(ctx, body), large);
  register(app, routes.updateProduct, (ctx, { params, body }) => updateProduct(ctx, params.id, body), large);
  register(app, routes.deleteProduct, (ctx, { params }) => deleteProduct(ctx, params.id));
  register(app, routes.restoreProduct, (ctx, { params }) => restoreProduct(ctx, params.id));
  register(
    app,
    routes.importProducts,
    async (ctx, { query, request }) => {
      const file = await request.file({ limits: { fileSize: maxSheetBytes + 1 }, throwFileSizeLimit: false });
      if (file === undefined) throw new AppError("import/unreadable", { details: { format: "none" } });
      return importProducts(ctx, await file.toBuffer(), query.dryRun);
    },
    { isMultipart: true, maxFileBytes: maxSheetBytes, tooLarge: "import/too-large" },
  );
  register(
    app,
    routes.uploadProductVideo,
    async (ctx, { request }) => {
      const limits = { fileSize: maxVideoBytes + 1 };
      const file = await request.file({ limits, throwFileSizeLimit: false });
      if (file === undefined) throw new AppError("media/empty");
      return uploadProductVideo(ctx, { source: file.file, name: file.filename });
    },
    { isMultipart: true, maxFileBytes: maxVideoBytes },
  );
  codeRoutes(app);
  register(app, routes.getHelpSettings, (ctx) => getHelpSettings(ctx));
  register(app, routes.setHelpSettings, (ctx, { body }) => setHelpSettings(ctx, body), large);
}

function codeRoutes(app: HttpApp): void {
  register(app, routes.listProductCodes, (ctx, { params }) => listProductCodes(ctx, params.id));
  register(app, routes.makeProductCodes, (ctx, { params, body }) =>
    makeProductCodes(ctx, params.id, body.batches),
  );
  register(app, routes.removeProductCode, (ctx, { params }) => removeProductCode(ctx, params.code));
  register(app, routes.showProductCodes, (ctx, { query, request }) =>
    showProductCodes(ctx, query.codes, place(request, query.inbox)),
  );
  register(app, routes.packProductCodes, (ctx, { query, request }) =>
    packProductCodes(ctx, query.codes, query.format, place(request, query.inbox)),
  );
  register(app, routes.drawProductCode, (ctx, { params, query, request }) =>
    drawProductCode(ctx, params.code, query.format, place(request, query.inbox)),
  );
}

function place(request: FastifyRequest, publicKey: string) {
  return { host: `${request.protocol}://${request.host}`, publicKey };
}
