// Which flow a message starts. Flows name intents of the corpus ("order.tracking"); an FAQ of an industry pack was made
// from one such intent, which the pack still tells. A shop's own FAQ has none and starts nothing: its phrases may.

import { loadPack } from "@yingda/templates";
import type { Asked } from "../../understanding/understand.ts";
import type { Flow } from "../definition/flow.ts";
import { flowSaid, flowStartedBy } from "../run/start.ts";
import type { ShopFlows } from "./shop-flows.ts";

const intentsOfPack = new Map<string, ReadonlyMap<string, string>>();

/** The intent that a pack's FAQ was made from ("apparel.tracking" → "order.tracking"); null for any other slug. */
export function intentOfFaq(slug: string): string | null {
  const [pack = ""] = slug.split(".");
  const known = intentsOfPack.get(pack);
  if (known !== undefined) return known.get(slug) ?? null;
  const loaded = loadPack(pack);
  if (loaded === null) return null;
  const intents = new Map(loaded.faqs.map((faq) => [faq.slug, faq.intent]));
  intentsOfPack.set(pack, intents);
  return intents.get(slug) ?? null;
}

/** The flow that settles what an FAQ only explains; null when none that is on does. */
export function flowOfFaq({ flows }: ShopFlows, slug: string): Flow | null {
  const intent = intentOfFaq(slug);
  return flows.find(({ starts }) => intent !== null && starts.intents.includes(intent)) ?? null;
}

/**
 * The flow that a message starts. What is surely an FAQ starts that FAQ's flow or none; only where no FAQ is sure enough
 * a phrase of the flow may ("预约" also stands in "怎么取消预约"). A message that is such a phrase and nothing else is
 * surer than an FAQ that is only alike, and names its flow among those that an FAQ could start.
 */
export function flowMeant(shop: ShopFlows, text: string, asked: Asked, threshold: number): Flow | null {
  const best = asked.best.matches[0];
  if (best !== undefined && best.confidence >= threshold) {
    const ofFaq = flowOfFaq(shop, best.id);
    return ofFaq !== null || !best.why.isExact ? (flowSaid(shop.flows, text) ?? ofFaq) : null;
  }
  return flowStartedBy(shop.flows, { text, intents: [] });
}
