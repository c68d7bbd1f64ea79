// HTTP of this room: FAQs, tables and documents, import and export, blanks, packs, flows, try it.

import { routes } from "@yingda/contract";
import type { Services } from "../platform/context.ts";
import { AppError } from "../platform/errors.ts";
import { type HttpApp, register } from "../platform/http/index.ts";
import { tryIt } from "./ask.ts";
import { documentRoutes } from "./documents/shop/document-routes.ts";
import type { PlacesOf } from "./flows/definition/check-places.ts";
import { flowRoutes } from "./flows/shop/flow-routes.ts";
import { draftRoutes } from "./knowledge/drafts/draft-routes.ts";
import { createFaq, deleteFaq, getFaq, listFaqs, restoreFaq, updateFaq } from "./knowledge/faqs.ts";
import { changeBorrowed, getFaqHealth, listFaqHealth } from "./knowledge/health/faq-health.ts";
import { exportFaqs, importFaqs } from "./knowledge/import-faqs.ts";
import { incidentRoutes } from "./knowledge/incidents/incident-routes.ts";
import { fillBlanks, listBlanks, listPacks, switchPack } from "./knowledge/packs.ts";
import { policyRoutes } from "./knowledge/policies/policy-routes.ts";
import { productRoutes } from "./knowledge/products/product-routes.ts";
import { maxSheetBytes } from "./knowledge/sheets/read-sheet.ts";
import { tableRoutes } from "./knowledge/tables/table-routes.ts";
import { wordRoutes } from "./knowledge/words/word-routes.ts";
import { toolRoutes } from "./tools/tool-routes.ts";

/** An FAQ with 200 phrasings of 500 characters is larger than an ordinary body. */
const faqBodyBytes = 1_024 * 1_024;

export function brainRoutes(app: HttpApp, _services: Services, placesOf: PlacesOf): void {
  register(app, routes.listFaqs, (ctx, { query }) => listFaqs(ctx, query));
  register(app, routes.exportFaqs, (ctx, { query }) => exportFaqs(ctx, query.format));
  register(app, routes.getFaq, (ctx, { params }) => getFaq(ctx, params.id));
  register(app, routes.createFaq, (ctx, { body }) => createFaq(ctx, body), { bodyLimit: faqBodyBytes });
  register(app, routes.updateFaq, (ctx, { params, body }) => updateFaq(ctx, params.id, body), {
    bodyLimit: faqBodyBytes,
  });
  register(app, routes.deleteFaq, (ctx, { params }) => deleteFaq(ctx, params.id));
  register(app, routes.restoreFaq, (ctx, { params }) => restoreFaq(ctx, params.id));
  register(app, routes.listFaqHealth, (ctx) => listFaqHealth(ctx));
  register(app, routes.getFaqHealth, (ctx, { params }) => getFaqHealth(ctx, params.id));
  register(app, routes.changeBorrowed, (ctx, { params, body }) => changeBorrowed(ctx, params.id, body), {
    bodyLimit: faqBodyBytes,
  });
  register(
    app,
    routes.importFaqs,
    async (ctx, { query, request }) => {
      const file = await request.file({ limits: { fileSize: maxSheetBytes + 1 }, throwFileSizeLimit: false });
      if (file === undefined) throw new AppError("import/unreadable", { details: { format: "none" } });
      return importFaqs(ctx, await file.toBuffer(), query.dryRun);
    },
    { isMultipart: true, maxFileBytes: maxSheetBytes, tooLarge: "import/too-large" },
  );
  draftRoutes(app, faqBodyBytes);
  tableRoutes(app);
  toolRoutes(app);
  productRoutes(app);
  policyRoutes(app);
  documentRoutes(app);
  incidentRoutes(app);
  wordRoutes(app);
  register(app, routes.tryIt, (ctx, { body }) => tryIt(ctx, body));
  register(app, routes.listBlanks, (ctx) => listBlanks(ctx));
  register(app, routes.fillBlanks, (ctx, { body }) => fillBlanks(ctx, body.values));
  register(app, routes.listPacks, (ctx) => listPacks(ctx));
  register(app, routes.switchPack, (ctx, { params, body }) => switchPack(ctx, params.slug, body.isOn));
  flowRoutes(app, placesOf);
}
