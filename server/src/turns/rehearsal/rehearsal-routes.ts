// HTTP of rehearsals. Registered by the room's routes.

import { rehearsalBounds, routes } from "@yingda/contract";
import { type HttpApp, register } from "../../platform/http/index.ts";
import { changeCase, listCases, pasteCases, putCasesBack, takeCases } from "./cases.ts";
import { getRecordImport, previewRecord, startImport } from "./import-record.ts";
import { cancelRun, compareRuns, getRun, listRuns, rehearseGate, startRun } from "./runs.ts";

/** Characters of Chinese take three bytes. */
const large = { bodyLimit: rehearsalBounds.pasted * 4 };

export function rehearsalRoutes(app: HttpApp): void {
  register(app, routes.listRehearsalCases, (ctx) => listCases(ctx));
  register(app, routes.pasteRehearsal, (ctx, { body }) => pasteCases(ctx, body.text, body.isDryRun), large);
  register(app, routes.previewRecord, (ctx, { body }) => previewRecord(ctx, body));
  register(app, routes.importRecord, (ctx, { body }) => startImport(ctx, body));
  register(app, routes.getRecordImport, (ctx) => getRecordImport(ctx));
  register(app, routes.changeRehearsalCase, (ctx, { params, body }) => changeCase(ctx, params.id, body));
  register(app, routes.deleteRehearsalCases, (ctx, { body }) => takeCases(ctx, body.ids), large);
  register(app, routes.restoreRehearsalCases, (ctx, { body }) => putCasesBack(ctx, body.cases), large);
  register(app, routes.startRehearsal, (ctx, { body }) => startRun(ctx, body.area));
  register(app, routes.listRehearsalRuns, (ctx) => listRuns(ctx));
  register(app, routes.getRehearsalRun, (ctx, { params }) => getRun(ctx, params.id));
  register(app, routes.cancelRehearsal, (ctx, { params }) => cancelRun(ctx, params.id));
  register(app, routes.compareRehearsals, (ctx, { params, query }) =>
    compareRuns(ctx, params.id, query.before),
  );
  register(app, routes.rehearseGate, (ctx) => rehearseGate(ctx));
}
