// A picture without words: the number on a parcel or an order is told back and asked what for; of what a vision model saw the
// kind is told and asked about; where nothing could be read the bot asks what is written on it, once, before a person looks. What
// else cannot be read goes to a person. A step of decide.ts; a product's label is answer-product.ts's affair.

import type { Choice } from "@yingda/contract";
import { answerSeenWords } from "./pictures/answer-seen.ts";
import { numbersSeen, seenIn } from "./pictures/seen-words.ts";
import { numbersPictured } from "./products/picture-codes.ts";
import { productWords } from "./products/words.ts";
import { type Turn, toPerson, type Verdict } from "./turn.ts";
import { awayBecause } from "./words.ts";

/** Null where more was said than what stands in a picture. */
export function answerFromPictures(turn: Turn): Verdict | null {
  const { heard, input } = turn;
  const pictures = input.pictures ?? [];
  if (pictures.length === 0) return null;
  const words = productWords[heard.locale];
  const [seen] = seenIn(input);
  // what was seen is worth a second question, to another picture
  if (input.turnsWithoutProgress > (seen === undefined ? 0 : 1)) return null;
  const isPictureOnly = heard.text === "" && heard.unreadable.every(({ kind }) => kind === "image");
  const coded = numbersPictured(pictures);
  const isCoded = coded.length > 0 && heard.text === coded.join("\n");
  const first = isCoded ? coded[0] : isPictureOnly ? numbersSeen(input)[0] : undefined;
  if (first !== undefined) {
    const labels = [words.trackParcel(first), words.findOrder(first)];
    return ask(turn, words.numberRead(first), labels, { code: "picture-number", values: { number: first } });
  }
  if (!isPictureOnly) return null;
  if (seen === undefined) return ask(turn, words.whatIsWritten, [], { code: "picture-unread" });
  return answerSeenWords(turn) ?? ask(turn, words.seen[seen.kind], [], { code: "picture-shown" });
}

/** Pictures that were asked about enough, voice, files: a person looks. */
export function unreadableContent(turn: Turn): Verdict | null {
  const { heard } = turn;
  if (heard.text !== "") return null;
  const kinds = heard.unreadable.map(({ kind }) => kind).join(", ");
  const isSeen = seenIn(turn.input).length > 0;
  const opening = isSeen ? "" : turn.say.unreadable;
  return toPerson(turn, "unsupported-content", { code: "unreadable", values: { kinds } }, opening);
}

function ask(turn: Turn, text: string, labels: readonly string[], because: Verdict["because"]): Verdict {
  const { input, say } = turn;
  const choices: Choice[] = labels.map((label, at) => ({ id: `picture-${at + 1}`, label, action: "say" }));
  if (awayBecause(input.handoffAvailability) === null)
    choices.push({ id: "human", label: say.humanChoice, action: "human" });
  return {
    outcome: "ask-back",
    isSendable: true,
    faq: null,
    confidence: 1,
    actions: [{ kind: "ask-back", text, choices, candidates: [] }],
    because,
    // what a flow has gathered is not lost to a picture: the button, too, is an answer to it
    ...(input.flowState?.kind === "flow" && { state: input.flowState }),
  };
}
