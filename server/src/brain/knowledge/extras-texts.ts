// All words of an FAQ's extras that are said to a contact, so that their blanks are known. Pure.

import type { FaqContent, FaqExtras } from "@yingda/contract";

export function textsOfExtras({ contents, variants, spoken, spokenEn }: FaqExtras): string[] {
  return [
    spoken,
    spokenEn,
    ...contents.flatMap(textsOfContent),
    ...variants.flatMap((variant) => [
      variant.answer,
      variant.answerEn,
      variant.spoken,
      variant.spokenEn,
      ...variant.contents.flatMap(textsOfContent),
    ]),
  ].filter((text) => text !== "");
}

export function textsOfContent(content: FaqContent): string[] {
  switch (content.kind) {
    case "text":
      return [content.text];
    case "link":
      return [content.title];
    case "card":
      return [content.title, content.text];
    case "choices":
      return [content.text, ...content.labels];
    case "image":
    case "video":
    case "file":
      return [];
    default:
      return content satisfies never;
  }
}
