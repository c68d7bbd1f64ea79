// HTTP of drafts, versions and of how the shop publishes its FAQs.

import { routes } from "@yingda/contract";
import { type HttpApp, register } from "../../../platform/http/index.ts";
import {
  createFaqDraft,
  discardFaqDraft,
  getFaqDraft,
  listFaqDrafts,
  saveFaqDraft,
  sendFaqDraft,
} from "./faq-drafts.ts";
import { changeFaqPolicy, getFaqPolicy } from "./faq-policy.ts";
import { confirmFaq, listFaqVersions, rollBackFaq } from "./faq-versions.ts";
import { publishFaqDrafts } from "./publish-drafts.ts";

export function draftRoutes(app: HttpApp, bodyLimit: number): void {
  register(app, routes.listFaqDrafts, (ctx) => listFaqDrafts(ctx));
  register(app, routes.createFaqDraft, (ctx, { body }) => createFaqDraft(ctx, body), { bodyLimit });
  register(app, routes.getFaqDraft, (ctx, { params }) => getFaqDraft(ctx, params.id));
  register(app, routes.saveFaqDraft, (ctx, { params, body }) => saveFaqDraft(ctx, params.id, body), {
    bodyLimit,
  });
  register(app, routes.discardFaqDraft, (ctx, { params }) => discardFaqDraft(ctx, params.id));
  register(app, routes.sendFaqDraft, (ctx, { params, body }) => sendFaqDraft(ctx, params.id, body));
  register(app, routes.publishFaqDrafts, (ctx, { body }) => publishFaqDrafts(ctx, body.ids));
  register(app, routes.listFaqVersions, (ctx, { params }) => listFaqVersions(ctx, params.id));
  register(app, routes.rollBackFaq, (ctx, { params, body }) =>
    rollBackFaq(ctx, params.id, body.to, body.version),
  );
  register(app, routes.confirmFaq, (ctx, { params, body }) => confirmFaq(ctx, params.id, body.extendDays));
  register(app, routes.getFaqPolicy, (ctx) => getFaqPolicy(ctx));
  register(app, routes.changeFaqPolicy, (ctx, { body }) => changeFaqPolicy(ctx, body));
}
