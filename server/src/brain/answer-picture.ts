// A picture without words: the number on a parcel or an order is told back and asked what for; where nothing could be read the bot
// asks what is written on it, once, before a person looks. A step of decide.ts; a product's label is answer-product.ts's affair.

import type { Choice } from "@yingda/contract";
import { numbersPictured } from "./products/picture-codes.ts";
import { productWords } from "./products/words.ts";
import type { Turn, Verdict } from "./turn.ts";
import { awayBecause } from "./words.ts";

/** Null where no picture was looked at, or more was said than what stands in it. */
export function answerFromPictures(turn: Turn): Verdict | null {
  const { heard, input } = turn;
  const pictures = input.pictures ?? [];
  if (pictures.length === 0 || input.turnsWithoutProgress > 0) return null;
  const words = productWords[heard.locale];
  const numbers = numbersPictured(pictures);
  const [first] = numbers;
  if (first !== undefined && heard.text === numbers.join("\n")) {
    const labels = [words.trackParcel(first), words.findOrder(first)];
    return ask(turn, words.numberRead(first), labels, { code: "picture-number", values: { number: first } });
  }
  const isPictureOnly = heard.text === "" && heard.unreadable.every(({ kind }) => kind === "image");
  if (!isPictureOnly) return null;
  return ask(turn, words.whatIsWritten, [], { code: "picture-unread" });
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
  };
}
