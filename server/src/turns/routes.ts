// HTTP of this room: the trace behind an answer, and how the bot behaves.
import { routes } from "@yingda/contract";
import type { Services } from "../platform/context.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { questionRoutes } from "./ask-colleague/question-routes.ts";
import { assistState, draftForAgent, summariseForAgent } from "./assist/assist-agent.ts";
import { gapRoutes } from "./gaps/gap-routes.ts";
import { getTrace } from "./get-trace.ts";
import { listSpikes } from "./incidents/spikes.ts";
import { previewBot } from "./manner/preview-bot.ts";
import { listPictureReadings } from "./pictures/list-readings.ts";
import { pilotRoutes } from "./pilot/pilot-routes.ts";
import { rehearsalRoutes } from "./rehearsal/rehearsal-routes.ts";

export function turnsRoutes(app: HttpApp, _services: Services): void {
  gapRoutes(app);
  questionRoutes(app);
  register(app, routes.getTrace, (ctx, { params }) => getTrace(ctx, params.id));
  rehearsalRoutes(app);
  pilotRoutes(app);
  register(app, routes.assistState, (ctx) => assistState(ctx));
  register(app, routes.draftReply, (ctx, { params, body }) => draftForAgent(ctx, params.id, body.wish));
  register(app, routes.summariseConversation, (ctx, { params }) => summariseForAgent(ctx, params.id));
  register(app, routes.listPictureReadings, (ctx, { params }) => listPictureReadings(ctx, params.id));
  register(app, routes.listSpikes, (ctx) => listSpikes(ctx));
  register(app, routes.previewBot, (ctx, { body }) => previewBot(ctx, body));
}
