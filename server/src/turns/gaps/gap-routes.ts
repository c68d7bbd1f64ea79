// HTTP of gaps and of how each FAQ does.

import { routes } from "@yingda/contract";
import { type HttpApp, register } from "../../platform/http/index.ts";
import { collectGaps } from "./collect-gaps.ts";
import { decideGap, mergeGap } from "./decide-gap.ts";
import { getFaqFigures } from "./faq-figures.ts";
import { listGaps } from "./list-gaps.ts";
import { suggestFromGap } from "./suggest-faq.ts";

export function gapRoutes(app: HttpApp): void {
  register(app, routes.listGaps, (ctx, { query }) => listGaps(ctx, query.state));
  register(app, routes.collectGaps, (ctx) => collectGaps(ctx));
  register(app, routes.suggestFromGap, (ctx, { params }) => suggestFromGap(ctx, params.id));
  register(app, routes.decideGap, (ctx, { params, body }) => decideGap(ctx, params.id, body));
  register(app, routes.mergeGap, (ctx, { params, body }) => mergeGap(ctx, params.id, body.faqId));
  register(app, routes.getFaqFigures, (ctx, { query }) => getFaqFigures(ctx, query.days));
}
