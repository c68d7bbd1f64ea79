// Traditional characters for a contact who writes them: the bot's bubbles are converted as they go out, and what it said is
// read back in simplified ones, because its rules know their own sentences in these. Facts stay: the table of characters has
// no digits and no Latin letters, and links, addresses of mail and names of files are left as they are.
import { type Choice, type Citation, type Content, textOf } from "@yingda/contract";
import { writesTraditional } from "../../brain/index.ts";
import type { InboxRecord, TurnMaterial } from "../../conversations/index.ts";

type Convert = (text: string) => string;
type Said = Pick<TurnMaterial, "lines" | "history">;

/** Whether the newest line of the contact's that tells it is in traditional characters. */
export function isTraditional({ lines, history }: Said): boolean {
  const said = [...history, ...lines].flatMap(({ author, content }) =>
    author.kind === "contact" && content.kind !== "notice" ? [textOf(content)] : [],
  );
  return writesTraditional(said.reverse());
}

/** The bubbles as this contact reads them. */
export async function inTheirScript(
  contents: Content[],
  { behaviour }: Pick<InboxRecord, "behaviour">,
  said: Said,
): Promise<Content[]> {
  if (!behaviour.repliesInTheirLanguage || !isTraditional(said)) return contents;
  const convert = await converter();
  return contents.map((content) => convertContent(content, convert));
}

let loaded: Promise<Convert> | undefined;

/** A fifth of a second and up to 80 MB of memory, so only once a contact writes traditional characters. */
function converter(): Promise<Convert> {
  loaded ??= import("opencc-js/cn2t").then(({ Converter }) => Converter({ from: "cn", to: "tw" }));
  return loaded;
}

const kept = /(?:https?:\/\/|mailto:|tel:|www\.)[^\s，。；！？、）】》”"'<>]+|[\w.+-]+@[\w.-]+/giu;

function outsideLinks(text: string, convert: Convert): string {
  let converted = "";
  let at = 0;
  for (const { 0: link, index } of text.matchAll(kept)) {
    converted += convert(text.slice(at, index)) + link;
    at = index + link.length;
  }
  return converted + convert(text.slice(at));
}

export function convertContent(content: Content, convert: Convert): Content {
  const words = (text: string) => outsideLinks(text, convert);
  const labels = (choices: readonly Choice[]) =>
    choices.map((choice) => ({ ...choice, label: words(choice.label) }));
  const titles = ({ citations }: { citations?: Citation[] | undefined }) =>
    citations === undefined
      ? {}
      : { citations: citations.map((one) => ({ ...one, title: words(one.title) })) };
  switch (content.kind) {
    case "text":
      return { ...content, text: words(content.text), ...titles(content) };
    case "choices":
      return { ...content, text: words(content.text), choices: labels(content.choices), ...titles(content) };
    case "card":
      return {
        ...content,
        title: words(content.title),
        ...(content.text === undefined ? {} : { text: words(content.text) }),
        ...(content.choices === undefined ? {} : { choices: labels(content.choices) }),
      };
    default:
      return content;
  }
}
