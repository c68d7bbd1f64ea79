// HTTP of the shop's tables. Registered by the room's routes.

import { routes } from "@yingda/contract";
import { AppError } from "../../../platform/errors.ts";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import { maxSheetBytes } from "../sheets/read-sheet.ts";
import { exportTable, importTable } from "./import-table.ts";
import { createTable, deleteTable, getTable, listTables, restoreTable, updateTable } from "./shop-tables.ts";

/** As large as an uploaded sheet may be. */
const large = { bodyLimit: maxSheetBytes };

export function tableRoutes(app: HttpApp): void {
  register(app, routes.listTables, (ctx) => listTables(ctx));
  register(app, routes.getTable, (ctx, { params }) => getTable(ctx, params.id));
  register(app, routes.createTable, (ctx, { body }) => createTable(ctx, body), large);
  register(app, routes.updateTable, (ctx, { params, body }) => updateTable(ctx, params.id, body), large);
  register(app, routes.deleteTable, (ctx, { params }) => deleteTable(ctx, params.id));
  register(app, routes.restoreTable, (ctx, { params }) => restoreTable(ctx, params.id));
  register(app, routes.exportTable, (ctx, { params }) => exportTable(ctx, params.id));
  register(
    app,
    routes.importTable,
    async (ctx, { query, request }) => {
      const file = await request.file({ limits: { fileSize: maxSheetBytes + 1 }, throwFileSizeLimit: false });
      if (file === undefined) throw new AppError("import/unreadable", { details: { format: "none" } });
      const sheet = { bytes: await file.toBuffer(), fileName: file.filename };
      return importTable(ctx, sheet, { name: query.name, isDryRun: query.dryRun });
    },
    { isMultipart: true, maxFileBytes: maxSheetBytes, tooLarge: "import/too-large" },
  );
}
