// The door to the industry packs and the demo shop. Reads JSON files beside it on first use and keeps them; a server
// that never opens a pack never reads one. Called by the brain (packs, small talk) and by the demo seeder.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import type {
  DemoShop,
  IndustryPack,
  PackBlank,
  PackFaq,
  PackQuickReply,
  PackSummary,
  SmallTalkAnswer,
} from "./types.ts";

export type {
  Bilingual,
  DemoAgent,
  DemoContact,
  DemoConversation,
  DemoLine,
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

const packSlugs = ["apparel"] as const;

/** The packs there are, without their contents. */
export function listPacks(): PackSummary[] {
  return packSlugs.map((slug) => {
    const { version, name, description } = read<IndustryPack>(`${slug}/pack.json`);
    return { slug, version, name, description };
  });
}

/** One pack with all it holds, or null when there is no pack of that name. The value is shared: do not change it. */
export function loadPack(slug: string): IndustryPack | null {
  if (!packSlugs.some((known) => known === slug)) return null;
  const pack = read<IndustryPack>(`${slug}/pack.json`);
  const files = readdirSync(new URL(`${slug}/faqs/`, root)).filter((name) => name.endsWith(".json"));
  return {
    ...pack,
    blanks: read<PackBlank[]>(`${slug}/blanks.json`),
    faqs: files.sort().flatMap((name) => read<PackFaq[]>(`${slug}/faqs/${name}`)),
    quickReplies: existsSync(new URL(`${slug}/quick-replies.json`, root))
      ? read<PackQuickReply[]>(`${slug}/quick-replies.json`)
      : [],
  };
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
