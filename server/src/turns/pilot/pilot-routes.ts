// HTTP of the trial: drafts at the desk, and how it goes.
import { routes } from "@yingda/contract";
import { type HttpApp, register } from "../../platform/http/index.ts";
import { judgeBotDraft, listBotDrafts } from "./list-drafts.ts";
import { exportPilot, getPilot } from "./pilot-report.ts";

export function pilotRoutes(app: HttpApp): void {
  register(app, routes.listBotDrafts, (ctx, { params }) => listBotDrafts(ctx, params.id));
  register(app, routes.judgeBotDraft, (ctx, { params, body }) => judgeBotDraft(ctx, params.id, body));
  register(app, routes.getPilot, (ctx, { query }) => getPilot(ctx, query));
  register(app, routes.exportPilot, (ctx, { query }) => exportPilot(ctx, query));
}
