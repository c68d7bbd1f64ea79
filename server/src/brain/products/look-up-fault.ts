// What the shop's own products say to a flow that looks up a fault: by code, or by a symptom that is as good as a meaning in the
// papers. Not found rather than a guess. Pure.

import type { FaultCode } from "@yingda/contract";
import { textSimilarity } from "@yingda/language";
import type { ToolAnswer } from "../flows/run/flow-run.ts";
import type { Locale } from "../knowledge/knowledge.ts";
import { plainKey } from "./fault-keys.ts";
import { faultsOf, type KnownProduct, type KnownProducts } from "./known-products.ts";
import { codesShown, productCalled, productsNamed } from "./read-question.ts";
import { inLanguage } from "./words.ts";

/** Below it two descriptions only share a word. */
const sureSymptom = 0.6;
const shortestSymptom = 2;
const notFound: ToolAnswer = { kind: "failure", why: "not-found" };

export interface FaultAsked {
  product: string;
  code: string;
  symptom: string;
}

/** Null where the shop keeps no fault codes: something else has to answer. */
export function lookUpFault(known: KnownProducts, asked: FaultAsked, locale: Locale): ToolAnswer | null {
  if (known.faultCodes.length === 0) return null;
  const called = productCalled(known, asked.product);
  const named = called === null ? productsNamed(known, asked.product) : [called];
  // a product that the shop does not have may mean something else by the same code
  if (named.length === 0) return notFound;
  const faults = named.flatMap((product) => foundIn(known, product, asked).slice(0, 1));
  const [fault, ...others] = faults;
  if (fault === undefined || others.length > 0) return notFound;
  const steps = fault.steps.map(({ text, textEn }) => inLanguage(locale, text, textEn));
  return {
    kind: "result",
    fields: {
      meaning: inLanguage(locale, fault.meaning, fault.meaningEn),
      steps: steps.length > 1 ? steps.map((text, at) => `\n${at + 1}. ${text}`).join("") : (steps[0] ?? ""),
      needsService: fault.ending.endsWith("at-once") || steps.length === 0,
    },
  };
}

function foundIn(known: KnownProducts, product: KnownProduct, { code, symptom }: FaultAsked): FaultCode[] {
  if (code !== "") {
    const shown = codesShown(known, `报 ${code}`).map((one) => one.code);
    return [...shown, code].flatMap((one) => faultsOf(known, one, product).map(({ fault }) => fault));
  }
  return product.faults.filter(
    ({ meaning, meaningEn }) => isSame(symptom, meaning) || isSame(symptom, meaningEn),
  );
}

function isSame(symptom: string, meaning: string): boolean {
  const [said, known] = [plainKey(symptom), plainKey(meaning)];
  if ([...said].length < shortestSymptom || [...known].length < shortestSymptom) return false;
  return said.includes(known) || known.includes(said) || textSimilarity(symptom, meaning) >= sureSymptom;
}
