// The public page behind a product's code, and the help centre, which is the same page without a product. Everything here
// is what anybody may read.
import { z } from "zod";
import type { FaultEnding } from "./products.ts";

const bothTexts = z.object({ zh: z.string().trim().max(120), en: z.string().trim().max(120) });

export const helpSettings = z.object({
  /** Off: only the pages of products can be opened. */
  isOn: z.boolean(),
  /** May search engines list it. */
  isIndexed: z.boolean(),
  title: bothTexts,
  /** Slugs of the FAQs that anybody may read; those that are off or have a blank are left out all the same. */
  faqs: z.array(z.string().max(100)).max(1_000),
  version: z.int(),
});
export type HelpSettings = z.infer<typeof helpSettings>;

export type HelpPicture = {
  src: string;
  name: string;
  width?: number | undefined;
  height?: number | undefined;
};
/** `src` plays in the page, of an uploaded file. */
export type HelpVideo = { src: string; type: string };
/** What stands below an answer's text, in its order. `list`: what the chat offers as buttons. */
export type HelpContent =
  | { kind: "text"; text: string }
  | ({ kind: "image" } & HelpPicture)
  | ({ kind: "video"; name: string } & HelpVideo)
  | { kind: "file"; src: string; name: string }
  | { kind: "card"; title: string; text: string; url: string; image: string | null }
  | { kind: "list"; text: string; lines: string[] };
export type HelpFaq = {
  slug: string;
  question: string;
  answer: string;
  contents: HelpContent[];
  category: string;
};
export type HelpStep = {
  text: string;
  picture: HelpPicture | null;
  video: HelpVideo | null;
  videoUrl: string;
};
export type HelpFault = {
  code: string;
  meaning: string;
  steps: HelpStep[];
  ending: FaultEnding;
  faq: HelpFaq | null;
};
export type HelpProduct = {
  name: string;
  models: string[];
  batch: string;
  code: string;
  pictures: HelpPicture[];
  manual: { url: string; name: string } | null;
  video: HelpVideo | null;
  videoUrl: string;
  warranty: string;
  faults: HelpFault[];
};

/** Stands in the page as JSON, so that nothing is loaded before the first line is read. */
export type HelpPage = {
  publicKey: string;
  locale: "zh-CN" | "en";
  shopName: string;
  title: string;
  accent: string;
  product: HelpProduct | null;
  faqs: HelpFaq[];
  /** The chat's address with product and batch, of the same host. */
  chatUrl: string;
};

/** GET /h/:publicKey/:code/fault?q= : the codes of the product that the words may mean. */
export type HelpFaultFound = { codes: string[] };
