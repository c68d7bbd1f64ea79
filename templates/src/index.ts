// The door to the industry packs and the demo shop. Reads JSON files beside it on first use and keeps them; a server
// that never opens a pack never reads one. Called by the brain (packs, small talk) and by the demo seeder.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { blanksOf, composeFaqs, type PackGroups } from "./compose-pack.ts";
import type {
  DemoOrders,
  DemoShop,
  IndustryPack,
  PackBlank,
  PackQuickReply,
  PackSummary,
  SmallTalkAnswer,
} from "./types.ts";

export { type FlowFile, readFlowDialogues, readFlows } from "./read-flows.ts";
export type {
  Bilingual,
  DemoAgent,
  DemoContact,
  DemoConversation,
  DemoLine,
  DemoOrder,
  DemoOrders,
  DemoParcel,
  DemoShop,
  IndustryPack,
  PackBlank,
  PackFaq,
  PackQuickReply,
  PackSummary,
  SmallTalkAnswer,
} from "./types.ts";

const root = new URL("../", import.meta.url);
const kept = new Map<string, unknown>();

function read<T>(path: string): T {
  const known = kept.get(path);
  if (known !== undefined) return known as T;
  const value = JSON.parse(readFileSync(new URL(path, root), "utf8")) as T;
  kept.set(path, value);
  return value;
}

/** What stands in a pack's own folder; FAQs and blanks are composed from the groups it names. */
interface PackFile extends Omit<IndustryPack, "blanks" | "faqs" | "quickReplies"> {
  groups: PackGroups;
  /** Sample values of shared blanks that fit this trade. */
  samples: Record<string, string>;
}

const packSlugs = (): string[] => {
  const known = kept.get("packs") as string[] | undefined;
  if (known !== undefined) return known;
  const found = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(new URL(`${entry.name}/pack.json`, root)))
    .map(({ name }) => name)
    .sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  kept.set("packs", found);
  return found;
};

/** The trades that most shops have stand first where an owner chooses. */
const first = ["apparel", "retail", "food", "beauty", "education", "guesthouse", "repair", "appliance"];
function rank(slug: string): number {
  const at = first.indexOf(slug);
  return at < 0 ? first.length : at;
}

/** The packs there are, without their contents. */
export function listPacks(): PackSummary[] {
  return packSlugs().map((slug) => {
    const { version, name, description } = read<PackFile>(`${slug}/pack.json`);
    return { slug, version, name, description };
  });
}

/** One pack with all it holds, or null when there is no pack of that name. The value is shared: do not change it. */
export function loadPack(slug: string): IndustryPack | null {
  if (!packSlugs().includes(slug)) return null;
  const known = kept.get(`pack:${slug}`) as IndustryPack | undefined;
  if (known !== undefined) return known;
  const { groups, samples, ...file } = read<PackFile>(`${slug}/pack.json`);
  const faqs = composeFaqs(slug, groups);
  const texts = [
    ...faqs.flatMap((faq) => [faq.answer, faq.answerEn, faq.spoken.zh, faq.spoken.en]),
    ...[file.greeting, file.greetingClosed].flatMap(({ zh, en }) => [zh, en]),
  ];
  const groupNames = new Set([...Object.keys(groups), "common", "order"]);
  const defined = [...groupNames].flatMap((group) => read<PackBlank[]>(`answers/${group}.blanks.json`));
  const pack: IndustryPack = {
    ...file,
    faqs,
    blanks: blanksOf(texts, defined, samples),
    quickReplies: read<PackQuickReply[]>(`${slug}/quick-replies.json`),
  };
  kept.set(`pack:${slug}`, pack);
  return pack;
}

/** The answers to small talk that a new shop starts with. */
export function loadSmallTalk(): SmallTalkAnswer[] {
  return read<SmallTalkAnswer[]>("common/small-talk.json");
}

/** The believable shop that shows the product: people, past conversations and where each stands. */
export function loadDemoShop(): DemoShop {
  return {
    ...read<Pick<DemoShop, "name" | "pack" | "agents" | "contacts">>("demo/shop.json"),
    conversations: read<DemoShop["conversations"]>("demo/conversations.json"),
  };
}

/** What the demo shop's order system knows. */
export function loadDemoOrders(): DemoOrders {
  return read<DemoOrders>("demo/orders.json");
}

/**
 * One sentence that says that a person will answer, in this language (BCP 47, "ja"); in English where none ships.
 */
export function personWillAnswer(language: string): string {
  const sentences = read<Record<string, string>>("languages.json");
  return sentences[language] ?? sentences.en ?? "";
}

/** The languages that `personWillAnswer` has a sentence in. */
export function spokenLanguages(): string[] {
  return Object.keys(read<Record<string, string>>("languages.json"));
}
