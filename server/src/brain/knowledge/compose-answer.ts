// What an FAQ says to somebody: the variant for them or the answer itself, with its blanks filled, then its other contents.
// Spoken, it is one text: the spoken wording where there is one. Pure; called by knowledge.ts.

import { type Content, type FaqContent, noExtras } from "@yingda/contract";
import { chooseVariant, type Moment } from "./choose-variant.ts";
import { fillAnswer } from "./fill-answer.ts";
import type { KnownFaq, Locale } from "./knowledge.ts";

export interface Composed {
  text: string;
  contents: Content[];
  /** Blanks the shop has not filled, of all that would be said. */
  unfilled: string[];
}

/** Without a moment (a list, a check) it is the answer itself. */
export function composeAnswer(
  faq: KnownFaq,
  locale: Locale,
  blanks: ReadonlyMap<string, string>,
  moment: Moment | null,
): Composed {
  const extras = faq.extras ?? noExtras;
  const variant = moment === null ? null : chooseVariant(extras.variants, moment);
  const said = variant ?? { ...extras, answer: faq.answer, answerEn: faq.answerEn };
  const spoken = moment?.isSpoken === true ? inLocale(said.spoken, said.spokenEn, locale) : null;
  const written = inLocale(said.answer, said.answerEn, locale);
  const chosen = spoken !== null && spoken.text !== "" ? spoken : written;
  const unfilled: string[] = [];
  const fill = (text: string, side: Locale = locale) => {
    const filled = fillAnswer(text, blanks, side);
    unfilled.push(...filled.unfilled);
    return filled.text;
  };
  const text = fill(chosen.text, chosen.locale);
  const contents = moment?.isSpoken === true ? [] : said.contents.map((one) => contentOf(one, fill));
  return { text, contents, unfilled: [...new Set(unfilled)] };
}

/** The English side where English is wanted and there is one. */
function inLocale(chinese: string, english: string, locale: Locale): { text: string; locale: Locale } {
  const isEnglish = locale === "en" && english.trim() !== "";
  return { text: isEnglish ? english : chinese, locale: isEnglish ? "en" : "zh-CN" };
}

function contentOf(content: FaqContent, fill: (text: string) => string): Content {
  switch (content.kind) {
    case "text":
      return { kind: "text", text: fill(content.text) };
    case "image":
    case "video":
    case "file":
      return content;
    case "link":
      return { kind: "card", title: fill(content.title), url: content.url };
    case "card": {
      const { title, text, imageMediaId, url } = content;
      return {
        kind: "card",
        title: fill(title),
        ...(text === "" ? {} : { text: fill(text) }),
        ...(imageMediaId === null ? {} : { imageMediaId }),
        ...(url === null ? {} : { url }),
      };
    }
    case "choices": {
      const choices = content.labels.map((label, at) => ({
        id: `faq-${at + 1}`,
        label: fill(label).slice(0, 200),
        action: "say" as const,
      }));
      return { kind: "choices", text: fill(content.text), choices };
    }
    default:
      return content satisfies never;
  }
}
