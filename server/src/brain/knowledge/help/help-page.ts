// What anybody may read: the page behind a product's code, and the help centre, which is the same page without a product. Only
// what the owner has put there leaves: FAQs that are chosen, on and complete; products that are on. Called by the web role.

import type {
  FaultCode,
  FaultStep,
  HelpFault,
  HelpPage,
  HelpPicture,
  HelpProduct,
  HelpStep,
  HelpVideo,
  MediaId,
  ProductFile,
} from "@yingda/contract";
import { getTenant } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import { looseKey } from "../../products/fault-keys.ts";
import type { KnownProduct } from "../../products/known-products.ts";
import { codesShown } from "../../products/read-question.ts";
import { inLanguage } from "../../products/words.ts";
import type { Locale } from "../knowledge.ts";
import { knowledgeFor } from "../knowledge-cache.ts";
import { faqsOf, type Shop, showsFile } from "./help-faqs.ts";
import { helpOff } from "./help-settings.ts";
import { readHelpSettings, readPublicCategories } from "./help-store.ts";

export interface HelpVisit {
  publicKey: string;
  /** Null: the help centre itself. */
  code: string | null;
  locale: Locale;
  accent: string;
}

export interface ShownHelp {
  page: HelpPage;
  isIndexed: boolean;
}

/** Null: the help centre is off, or nothing is behind this code. */
export async function helpPageOf(ctx: Ctx, visit: HelpVisit): Promise<ShownHelp | null> {
  const { publicKey, code, locale, accent } = visit;
  const [knowledge, tenant, settings] = await Promise.all([
    knowledgeFor(ctx),
    getTenant(ctx),
    transact(ctx, (tx) => readHelpSettings(tx, ctx.tenantId)),
  ]);
  const { isOn, isIndexed, title, faqs } = settings ?? helpOff;
  const printed = code === null ? undefined : knowledge.products.printed.get(code);
  const product = printed && knowledge.products.byId.get(printed.product);
  if (code === null ? !isOn : product === undefined) return null;
  const chosen = [...new Set([...(product?.faqs ?? []), ...(isOn ? faqs : [])])];
  const ofFaults = product?.faults.map(({ faq }) => faq) ?? [];
  const categories = await transact(ctx, (tx) =>
    readPublicCategories(tx, ctx.tenantId, [...chosen, ...ofFaults]),
  );
  const moment = { at: ctx.clock.now(), timeZone: tenant.timeZone };
  const shop: Shop = { publicKey, knowledge, moment, categories };
  const page: HelpPage = {
    publicKey,
    locale,
    accent,
    shopName: tenant.name,
    title: title[locale === "en" ? "en" : "zh"],
    product:
      product === undefined ? null : productOf(shop, product, { ...visit, batch: printed?.batch ?? "" }),
    faqs: faqsOf(shop, chosen, locale),
    chatUrl: chatOf(publicKey, code, product, printed?.batch ?? ""),
  };
  return { page, isIndexed: isOn && isIndexed };
}

/** The product's codes that somebody's words may mean: "报e四" → ["E04"]. Null: nothing is behind this code. */
export async function findHelpFaults(ctx: Ctx, code: string, said: string): Promise<string[] | null> {
  const { products } = await knowledgeFor(ctx);
  const product = products.byId.get(products.printed.get(code)?.product ?? "");
  if (product === undefined) return null;
  const shown = codesShown(products, `报 ${said}`).map((found) => found.code);
  const own = new Map(product.faults.map((fault) => [looseKey(fault.code), fault.code]));
  return [...new Set(shown.flatMap((found) => own.get(looseKey(found)) ?? []))];
}

/** Whether a page of this shop shows the file: a picture, a video or the manual of a product that is on, or a file of a public FAQ. */
export async function isHelpFile(ctx: Ctx, mediaId: MediaId): Promise<boolean> {
  const knowledge = await knowledgeFor(ctx);
  const { all } = knowledge.products;
  if (all.some((product) => filesOf(product).some((file) => file.mediaId === mediaId))) return true;
  const settings = await transact(ctx, (tx) => readHelpSettings(tx, ctx.tenantId));
  const ofProducts = all.flatMap(({ faqs, faults }) => [...faqs, ...faults.map(({ faq }) => faq)]);
  const slugs = [...ofProducts, ...(settings?.isOn ? settings.faqs : [])];
  const { timeZone } = await getTenant(ctx);
  return showsFile({ knowledge, moment: { at: ctx.clock.now(), timeZone } }, slugs, mediaId);
}

function filesOf({ pictures, manualFile, videoFile, faults }: KnownProduct): ProductFile[] {
  const steps = faults.flatMap((fault) => fault.steps.flatMap((step) => [step.picture, step.videoFile]));
  return [...pictures, manualFile, videoFile, ...steps].filter((file) => file !== null);
}

/** Product and batch also in plain words, for the person who reads the conversation. */
function chatOf(
  publicKey: string,
  code: string | null,
  product: KnownProduct | undefined,
  batch: string,
): string {
  if (code === null || product === undefined) return `/c/${publicKey}`;
  const said = new URLSearchParams({ p: code, product: product.name, ...(batch === "" ? {} : { batch }) });
  return `/c/${publicKey}?${said.toString()}`;
}

interface Shown extends HelpVisit {
  batch: string;
}

function productOf(shop: Shop, product: KnownProduct, visit: Shown): HelpProduct {
  const { locale, batch, code } = visit;
  const { models, pictures, manualFile, manualUrl, videoFile, videoUrl } = product;
  const manual = manualFile === null ? manualUrl : pictureOf(visit.publicKey, manualFile).src;
  return {
    name: inLanguage(locale, product.name, product.nameEn),
    models,
    batch,
    code: code ?? "",
    pictures: pictures.map((picture) => pictureOf(visit.publicKey, picture)),
    manual: manual === "" ? null : { url: manual, name: manualFile?.name ?? "" },
    video: videoFile && videoOf(visit.publicKey, videoFile),
    videoUrl,
    warranty: inLanguage(locale, product.warranty, product.warrantyEn),
    faults: product.faults.map((fault) => faultOf(shop, fault, visit)),
  };
}

function faultOf(shop: Shop, fault: FaultCode, { publicKey, locale }: Shown): HelpFault {
  const [faq] = fault.faq === "" ? [] : faqsOf(shop, [fault.faq], locale);
  return {
    code: fault.code,
    meaning: inLanguage(locale, fault.meaning, fault.meaningEn),
    steps: fault.steps.map((step) => stepOf(step, publicKey, locale)),
    ending: fault.ending,
    faq: faq ?? null,
  };
}

function stepOf(
  { text, textEn, picture, videoFile, videoUrl }: FaultStep,
  publicKey: string,
  locale: Locale,
): HelpStep {
  return {
    text: inLanguage(locale, text, textEn),
    picture: picture === null ? null : pictureOf(publicKey, picture),
    video: videoFile && videoOf(publicKey, videoFile),
    videoUrl,
  };
}

function pictureOf(publicKey: string, { mediaId, name, width, height }: ProductFile): HelpPicture {
  return { src: `/h/${publicKey}/file/${mediaId}`, name, width, height };
}

function videoOf(publicKey: string, { mediaId, type }: ProductFile): HelpVideo {
  return { src: `/h/${publicKey}/file/${mediaId}`, type };
}
