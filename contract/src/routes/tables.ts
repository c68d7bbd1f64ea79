// The shop's tables: kept as FAQs are, answered from by the cell.
import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { shopTable, tableDraft, tableId, tableImport, tableSummary } from "../tables.ts";

const byId = z.object({ id: tableId });

export const tableRoutes = defineRoutes({
  listTables: {
    method: "GET",
    path: "/api/tables",
    access: "knowledge-read",
    apiKey: true,
    summary: "All tables, without their rows.",
    reply: z.array(tableSummary),
  },
  getTable: {
    method: "GET",
    path: "/api/tables/:id",
    access: "knowledge-read",
    apiKey: true,
    summary: "One table with its rows, how they are understood and what to look at.",
    params: byId,
    reply: shopTable,
  },
  createTable: {
    method: "POST",
    path: "/api/tables",
    access: "knowledge-write",
    apiKey: true,
    summary: "Adds one; live at once.",
    body: tableDraft,
    reply: shopTable,
  },
  importTable: {
    method: "POST",
    path: "/api/tables/import",
    access: "knowledge-write",
    summary: "multipart/form-data, one xlsx or csv becomes a table; `dryRun=1` only reads it.",
    query: z.object({
      name: z.string().trim().max(60).default(""),
      dryRun: z.stringbool().default(false),
    }),
    reply: tableImport,
  },
  updateTable: {
    method: "PUT",
    path: "/api/tables/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Changes name and rows (table/version-moved if someone else did).",
    params: byId,
    body: tableDraft.extend({ version: z.int() }),
    reply: shopTable,
  },
  deleteTable: {
    method: "DELETE",
    path: "/api/tables/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Removes one; can be restored for 30 days.",
    params: byId,
  },
  restoreTable: {
    method: "POST",
    path: "/api/tables/:id/restore",
    access: "knowledge-write",
    summary: "The undo of delete.",
    params: byId,
    reply: shopTable,
  },
  exportTable: {
    method: "GET",
    path: "/api/tables/:id/export",
    access: "knowledge-read",
    summary: "The rows as csv.",
    params: byId,
    file: "text/csv",
  },
});
