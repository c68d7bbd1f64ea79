// FAQs as anybody may read them: those that are on, complete and not expired for anybody, with what stands below their text.
// Other answers for some channels, times or customers are not for a public page. Pure.

import type { Content, HelpContent, HelpFaq, MediaId } from "@yingda/contract";
import type { Moment } from "../choose-variant.ts";
import type { Answer, Locale, ShopKnowledge } from "../knowledge.ts";

export type ExpiryMoment = Pick<Moment, "at" | "timeZone">;

export interface Shop {
  publicKey: string;
  knowledge: ShopKnowledge;
  /** What has expired by then is not shown. */
  moment: ExpiryMoment;
  /** By slug, of FAQs that are on. */
  categories: ReadonlyMap<string, string>;
}

/** In the order given; those that are off, gone or have an unfilled blank are left out. */
export function faqsOf(shop: Shop, slugs: readonly string[], locale: Locale): HelpFaq[] {
  return slugs.flatMap((slug) => {
    const category = shop.categories.get(slug);
    const answer = category === undefined ? null : publicAnswer(shop, slug, locale);
    if (category === undefined || answer === null) return [];
    const contents = answer.contents.flatMap((content) => contentOf(shop.publicKey, content));
    return [{ slug, question: answer.title, answer: answer.text, contents, category }];
  });
}

/** Whether a page shows the file with one of these FAQs. */
export function showsFile(
  shop: Pick<Shop, "knowledge" | "moment">,
  slugs: readonly string[],
  mediaId: MediaId,
): boolean {
  return slugs.some((slug) =>
    publicAnswer(shop, slug, "zh-CN")?.contents.some((content) => fileOf(content) === mediaId),
  );
}

function publicAnswer(
  { knowledge, moment }: Pick<Shop, "knowledge" | "moment">,
  slug: string,
  locale: Locale,
): Answer | null {
  if (knowledge.isExpired(slug, moment)) return null;
  const answer = knowledge.answer(slug, locale);
  return answer === null || answer.unfilled.length > 0 || answer.text.trim() === "" ? null : answer;
}

function fileOf(content: Content): string | null {
  if ("mediaId" in content) return content.mediaId;
  return content.kind === "card" ? (content.imageMediaId ?? null) : null;
}

function contentOf(publicKey: string, content: Content): HelpContent[] {
  const at = (mediaId: string) => `/h/${publicKey}/file/${mediaId}`;
  switch (content.kind) {
    case "text":
      return [{ kind: "text", text: content.text }];
    case "image": {
      const { mediaId, name, width, height } = content;
      return [{ kind: "image", src: at(mediaId), name, width, height }];
    }
    case "video":
      return [{ kind: "video", src: at(content.mediaId), type: content.type, name: content.name }];
    case "file":
      return [{ kind: "file", src: at(content.mediaId), name: content.name }];
    case "card": {
      const { title, text = "", url = "", imageMediaId } = content;
      return [
        { kind: "card", title, text, url, image: imageMediaId === undefined ? null : at(imageMediaId) },
      ];
    }
    case "choices":
      return [{ kind: "list", text: content.text, lines: content.choices.map(({ label }) => label) }];
    default:
      return [];
  }
}
