// What a contact of another language is told, who gets it, and that no question of the packs is ever taken for one.
import type { TurnInput } from "@yingda/contract";
import { usualBehaviour } from "@yingda/contract";
import { surelyForeign, writesTraditional } from "@yingda/language";
import { listPacks, loadPack, personWillAnswer, spokenLanguages } from "@yingda/templates";
import { describe, expect, test } from "vitest";
import { answerForeign } from "./answer-foreign.ts";
import { sayBecause } from "./explain.ts";
import { decideOn, turn } from "./testing/turns.ts";
import type { Turn } from "./turn.ts";
import { listen } from "./understanding/understand.ts";

const japanese = "注文した商品がまだ届きません";
const behaviour = (repliesInTheirLanguage: boolean): TurnInput["behaviour"] => ({
  persona: usualBehaviour.persona,
  opening: "bot",
  patience: 2,
  isFirst: false,
  isPeak: false,
  repliesInTheirLanguage,
});

describe("another language", () => {
  test("is told in it that a person will answer, and handed over", () => {
    const { outcome, actions, trace } = decideOn(japanese);
    expect(outcome).toBe("handoff");
    expect(actions[0]).toMatchObject({ kind: "handoff", text: personWillAnswer("ja") });
    expect(actions[0]?.kind === "handoff" && actions[0].summary).toContain("日语");
    const step = trace.find(({ step }) => step === "language");
    expect(step?.because).toEqual({ code: "other-language", values: { language: "日语" } });
    expect(step && sayBecause(step.because, "en")).toContain("told in it");
  });

  test.each(["closed", "nobody"] as const)("%s: the form to leave a message", (handoffAvailability) => {
    const { outcome, actions } = decideOn("¿cuándo llega mi pedido?", { handoffAvailability });
    expect(outcome).toBe("leave-message");
    expect(actions[0]).toMatchObject({ kind: "offer-leave-message", text: personWillAnswer("es") });
  });

  test("English where no sentence ships", () => {
    expect(decideOn("מתי תגיע ההזמנה שלי?").actions[0]).toMatchObject({ text: personWillAnswer("en") });
  });

  test("not where it is switched off, nor in the middle of a flow", () => {
    const codes = (changes: Partial<TurnInput>) =>
      decideOn(japanese, changes).trace.map(({ because }) => because.code);
    expect(codes({ behaviour: behaviour(true) })).toContain("other-language");
    expect(codes({ behaviour: behaviour(false) })).not.toContain("other-language");
    const given = turn(japanese);
    const inFlow = { ...given, flowState: { kind: "flow", flow: "booking" } };
    const heard = listen(given);
    expect(answerForeign({ input: inFlow, heard, candidates: [] } as unknown as Turn)).toBeNull();
  });

  test("danger goes before it", () => {
    expect(decideOn("充电时着火了 助けてください").trace.at(-1)?.because.code).toBe("danger");
  });

  test.each(["包邮吗", "when will it ship", "請問運費多少", "ok", "XL", "merci"])("%s goes on", (said) => {
    const codes = decideOn(said).trace.map(({ because }) => because.code);
    expect(codes).not.toContain("other-language");
  });
});

test("no text of the packs is foreign or in traditional characters", () => {
  let seen = 0;
  for (const { slug } of listPacks())
    for (const faq of loadPack(slug)?.faqs ?? [])
      for (const text of [
        faq.question,
        faq.questionEn,
        ...faq.phrasings,
        ...faq.phrasingsEn,
        ...faq.negatives,
      ]) {
        seen += 1;
        expect([text, surelyForeign(text), writesTraditional([text])]).toEqual([text, null, false]);
      }
  expect(seen).toBeGreaterThan(10_000);
});

test("twenty languages, each in a sentence of its own that is known again as that language", () => {
  const all = spokenLanguages();
  expect(all).toHaveLength(20);
  expect(new Set(all.map(personWillAnswer)).size).toBe(20);
  for (const language of all)
    if (language !== "en" && language !== "zh-Hant")
      expect(surelyForeign(personWillAnswer(language))).toBe(language);
  expect(writesTraditional([personWillAnswer("zh-Hant")])).toBe(true);
});
