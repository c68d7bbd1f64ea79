// Answers with what a vision model saw in a picture: the fault code on a display, and the shop's answer to what is written on it,
// alone or together with what the customer says. Everything said is the shop's own; the picture only finds it. Steps of decide.ts.

import { type TurnDecision, type TurnInput, tellSeen } from "@yingda/contract";
import { answerFrom } from "../answer.ts";
import { faultVerdict } from "../answer-product.ts";
import { stepDownCode } from "../model/step-down.ts";
import { meantProducts } from "../products/product-meant.ts";
import { askedOf, codesShown, stepHelped } from "../products/read-question.ts";
import type { Tracer, Turn, Verdict } from "../turn.ts";
import type { Asked } from "../understanding/understand.ts";
import { seenIn, soughtIn } from "./seen-words.ts";

/** Before anything is decided: what was seen, or why nothing was. */
export function notePictures({ pictures = [] }: TurnInput, tracer: Tracer): void {
  for (const { seen, look } of pictures) {
    if (look?.kind === "failed") {
      const code = look.code === "picture-too-large" ? look.code : stepDownCode(look.code as never);
      tracer.note("picture", "", "step-down", { code, values: { code: look.code, ms: look.tookMs } });
    }
    if (look?.kind !== "seen" || seen === null) continue;
    const { model, tookMs, leftOut } = look;
    const values = { kind: seen.kind, model, ms: tookMs };
    tracer.note("picture", tellSeen(seen).slice(0, 200), seen.kind, { code: "picture-seen", values });
    if (leftOut > 0)
      tracer.note("picture", "", "left-out", { code: "picture-orders", values: { count: leftOut } });
  }
}

/** A picture is looked at once the customer has been silent: until then only what brings a person in goes out. */
export function waitsForLook({ pictures = [] }: TurnInput, outcome: TurnDecision["outcome"]): boolean {
  return outcome !== "handoff" && pictures.some(({ look }) => look?.kind === "later");
}

/** A fault code on a display; the customer's own words go first. Null where none is seen. */
export function answerSeenFault(turn: Turn, asked: Asked): Verdict | null {
  const { knowledge, heard, input } = turn;
  const { products } = knowledge;
  const { flowState } = input;
  if (products.faultCodes.length === 0 || flowState?.kind === "flow") return null;
  const about = askedOf(heard.text);
  if (about !== null && about !== "fault") return null;
  if (flowState?.kind === "fault" && stepHelped(heard.text) !== null) return null;
  if (codesShown(products, heard.text).length > 0) return null;
  const best = asked.best.matches[0];
  if (about === null && (best?.confidence ?? 0) >= input.thresholds.answer) return null;
  const shown = seenIn(input)
    .flatMap(({ faultCodes }) => faultCodes)
    .flatMap((code) => codesShown(products, `显示 ${code}`));
  const code = shown.find(({ isKnown }) => isKnown) ?? shown[0];
  if (code === undefined) return null;
  return faultVerdict(turn, code.code, meantProducts(products, input, heard.text), code.isKnown);
}

/** An FAQ that what is written on the picture asks, with the customer's words or alone; it begins no flow. */
export function answerSeenWords(turn: Turn): Verdict | null {
  const { heard, input, knowledge } = turn;
  const written = soughtIn(input);
  if (written === "" || input.flowState?.kind === "flow") return null;
  const best = knowledge.retrieve(heard.text === "" ? written : `${heard.text}\n${written}`, []);
  return answerFrom(turn, { best, parts: [best] });
}
