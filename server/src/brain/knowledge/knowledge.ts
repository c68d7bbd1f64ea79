// What a shop knows, ready to be asked: its FAQs with a trained matcher, its blanks, its answers to small talk. A plain
// value made from rows or from a pack; decide.ts only sees this, so the lab runs it without a database. No I/O.

import { type Content, type FaqExtras, noExtras, type PolicyId } from "@yingda/contract";
import {
  type Borrowed,
  createMatcher,
  createMatcherGently,
  loadMatcherGently,
  type Matcher,
  type MatcherItem,
  type MatcherOptions,
  type MatchResult,
  type NormalisedText,
  type SmallTalkKind,
  textToEmbed,
} from "@yingda/language";
import { elapsedMs } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { KnownDocument } from "../documents/search/known-document.ts";
import { type Passages, ShopPassages } from "../documents/search/shop-passages.ts";
import { type KnownProducts, noProducts } from "../products/known-products.ts";
import { isExpired, type Moment } from "./choose-variant.ts";
import { composeAnswer } from "./compose-answer.ts";
import { fillAnswer } from "./fill-answer.ts";
import type { KnownIncident } from "./incidents/load-incidents.ts";
import { type PhrasingEmbedder, PhrasingVectors, type TurnVectors } from "./phrasing-vectors.ts";
import type { KnownPolicy } from "./policies/known-policy.ts";
import type { KnownTable } from "./tables/known-table.ts";
import { type KnownWords, noWords } from "./words/known-words.ts";

export type Locale = "zh-CN" | "en";

/** A question of the shop as the brain needs it. Texts still hold their blanks. */
export interface KnownFaq {
  slug: string;
  question: string;
  questionEn: string;
  answer: string;
  answerEn: string;
  phrasings: readonly string[];
  negatives: readonly string[];
  /** Corpus intents by slug and phrasings by text that it may not borrow. */
  unborrowed: readonly string[];
  checkedOn: string | null;
  /** Which part of the shop it is about; "" or left out: none. */
  category?: string | undefined;
  /** Left out: none of them. */
  extras?: FaqExtras | undefined;
}

export interface Answer {
  slug: string;
  title: string;
  text: string;
  /** Said after the text. */
  contents: Content[];
  /** Other questions to offer afterwards. */
  related: { slug: string; question: string }[];
  checkedOn: string | null;
  /** Blanks the shop has not filled; such a text is never spoken. */
  unfilled: string[];
}

/** The plain functions that decide.ts is given. */
export interface Knowledge {
  retrieve(message: string | NormalisedText, previous: readonly string[]): MatchResult;
  /** What is said to whom the moment is about; null for an FAQ that is not there or has expired by then. */
  answer(slug: string, locale: Locale, moment?: Moment | null): Answer | null;
  /** Whether the FAQ is too old to be said then. */
  isExpired(slug: string, moment: Pick<Moment, "at" | "timeZone">): boolean;
  question(slug: string, locale: Locale): string;
  /** Of an FAQ; "" where it has none. */
  category(slug: string): string;
  smallTalk(kind: SmallTalkKind, locale: Locale): Answer | null;
  readonly size: number;
  /** The shop's tables, in the order they came; no two have one name. */
  readonly tables: readonly KnownTable[];
  /** The passages of the shop's documents. */
  readonly passages: Passages;
  /** The shop's products that are on. */
  readonly products: KnownProducts;
  /** Pinned statements that are not over, the one that began last first. */
  readonly incidents: readonly KnownIncident[];
  /** The shop's policies that are on, in the order they came. */
  readonly policies: readonly KnownPolicy[];
  /** Sensitive words, what is never said or promised, synonyms. */
  readonly words: KnownWords;
  /** Only where an embedding model is chosen: the same with vectors of what will be retrieved. Never throws. */
  withVectors?: ((messages: readonly (string | NormalisedText)[]) => Promise<Knowledge>) | undefined;
}

const smallTalkPrefix = "small-talk.";

/** Small talk is edited like any FAQ, but recognised by rules; it has no place among the questions to match. */
export function isSmallTalkSlug(slug: string): boolean {
  return slug.startsWith(smallTalkPrefix);
}

export function matcherItem(faq: KnownFaq): MatcherItem {
  const phrasings = [faq.question, faq.questionEn, ...faq.phrasings].filter((text) => text.trim() !== "");
  const { slug: id, negatives, answer, unborrowed } = faq;
  return { id, phrasings: [...new Set(phrasings)], negatives, answer, unborrowed };
}

/** What the matcher is trained on: all but small talk. */
export function matcherItems(faqs: readonly KnownFaq[]): MatcherItem[] {
  return faqs.filter(({ slug }) => !isSmallTalkSlug(slug)).map(matcherItem);
}

/** A shop's knowledge that can be kept up to date one FAQ at a time. Holds the matcher; belongs to one tenant. */
export class ShopKnowledge implements Knowledge {
  readonly #faqs = new Map<string, KnownFaq>();
  #blanks: ReadonlyMap<string, string>;
  readonly #matcher: Matcher;
  #textsVersion = 0;
  #tables: readonly KnownTable[] = [];
  #incidents: readonly KnownIncident[] = [];
  #passages = new ShopPassages();
  #products: KnownProducts = noProducts;
  #policies: ReadonlyMap<PolicyId, KnownPolicy> = new Map();
  words: KnownWords = noWords;
  #vectors: PhrasingVectors | null = null;

  constructor(faqs: readonly KnownFaq[], blanks: ReadonlyMap<string, string>, matcher?: Matcher) {
    for (const faq of faqs) this.#faqs.set(faq.slug, faq);
    this.#blanks = blanks;
    this.#matcher = matcher ?? createMatcher(matcherItems(faqs));
  }

  /** Trains in small pieces, with `pause` awaited between them, so that a server goes on serving meanwhile. */
  static async gently(
    faqs: readonly KnownFaq[],
    blanks: ReadonlyMap<string, string>,
    pause: () => Promise<void>,
    options: MatcherOptions = {},
  ): Promise<ShopKnowledge> {
    return new ShopKnowledge(faqs, blanks, await createMatcherGently(matcherItems(faqs), pause, options));
  }

  /** From now on an embedding model has a say. Resolves when it knows the phrasings; the engine answers meanwhile. */
  async useEmbedder(embedder: PhrasingEmbedder, log: Log): Promise<void> {
    this.#vectors = new PhrasingVectors(this.#matcher, embedder, log, elapsedMs);
    await this.#vectors.teach();
  }

  /** Undefined without an embedding model, so that whoever has none waits for nothing. */
  get withVectors(): Knowledge["withVectors"] {
    const vectors = this.#vectors;
    if (vectors === null) return undefined;
    return async (messages) => new KnowledgeOfTurn(this, await vectors.ofTurn(messages));
  }

  get size(): number {
    return this.#matcher.size;
  }

  /** Rough memory of the matcher in bytes. */
  get bytes(): number {
    return this.#matcher.bytes;
  }

  /** A second one that is changed apart from this one: its matcher is copied, which is several times faster than training. */
  async copyFaqs(pause: () => Promise<void>): Promise<ShopKnowledge> {
    const matcher = await loadMatcherGently(this.#matcher.save(), pause);
    return new ShopKnowledge([...this.#faqs.values()], this.#blanks, matcher);
  }

  /** All FAQs that are on, small talk among them. */
  get faqs(): KnownFaq[] {
    return [...this.#faqs.values()];
  }

  /** Grows with every change of a question, an answer or a blank; not with what is borrowed. */
  get textsVersion(): number {
    return this.#textsVersion;
  }

  /** The FAQs to be matched, without small talk. Answers hold the blanks that are filled. */
  matched(): KnownFaq[] {
    return [...this.#faqs.values()]
      .filter(({ slug }) => !isSmallTalkSlug(slug))
      .map((faq) => ({ ...faq, answer: fillAnswer(faq.answer, this.#blanks, "zh-CN").text }));
  }

  /** What an FAQ borrows of the corpus now. */
  borrowed(slug: string): Borrowed[] {
    return this.#matcher.borrowed(slug);
  }

  set(faq: KnownFaq): void {
    const before = this.#faqs.get(faq.slug);
    if (before === undefined || !haveSameTexts(before, faq)) this.#textsVersion += 1;
    this.#faqs.set(faq.slug, faq);
    if (isSmallTalkSlug(faq.slug)) return;
    if (before !== undefined && haveSameWordings(before, faq)) return;
    this.#matcher.set(matcherItem(faq));
    void this.#vectors?.teach();
  }

  remove(slug: string): void {
    if (this.#faqs.delete(slug)) this.#textsVersion += 1;
    this.#matcher.remove(slug);
  }

  fill(blanks: ReadonlyMap<string, string>): void {
    this.#blanks = blanks;
    this.#textsVersion += 1;
  }

  get tables(): readonly KnownTable[] {
    return this.#tables;
  }

  /** Takes all tables at once, in place of those before. */
  useTables(tables: readonly KnownTable[]): void {
    this.#tables = tables;
  }

  get products(): KnownProducts {
    return this.#products;
  }

  /** Takes all products at once, in place of those before. */
  useProducts(products: KnownProducts): void {
    this.#products = products;
  }

  get incidents(): readonly KnownIncident[] {
    return this.#incidents;
  }

  useIncidents(incidents: readonly KnownIncident[]): void {
    this.#incidents = incidents;
  }

  /** Takes a new table in, or a changed one in the place of the old. */
  setTable(known: KnownTable): void {
    const isKnown = this.#tables.some(({ table }) => table.name === known.table.name);
    this.#tables = isKnown
      ? this.#tables.map((one) => (one.table.name === known.table.name ? known : one))
      : [...this.#tables, known];
  }

  removeTable(name: string): void {
    this.#tables = this.#tables.filter(({ table }) => table.name !== name);
  }

  get passages(): ShopPassages {
    return this.#passages;
  }

  /** Takes all documents at once, in place of those before. */
  useDocuments(documents: readonly KnownDocument[]): void {
    this.#passages = new ShopPassages(documents);
  }

  get policies(): readonly KnownPolicy[] {
    return [...this.#policies.values()];
  }

  /** Takes all policies at once, in place of those before. */
  usePolicies(policies: ReadonlyMap<PolicyId, KnownPolicy>): void {
    this.#policies = policies;
  }

  /** Takes a new policy in, or a changed one in the place of the old. */
  setPolicy(id: PolicyId, known: KnownPolicy): void {
    this.#policies = new Map(this.#policies).set(id, known);
  }

  removePolicy(id: PolicyId): void {
    this.#policies = new Map([...this.#policies].filter(([one]) => one !== id));
  }

  retrieve(
    message: string | NormalisedText,
    previous: readonly string[],
    embedding: Float32Array | null = null,
  ): MatchResult {
    return this.#matcher.match(message, { previous, limit: 5, embedding });
  }

  question(slug: string, locale: Locale): string {
    const faq = this.#faqs.get(slug);
    if (faq === undefined) return slug;
    return locale === "en" && faq.questionEn !== "" ? faq.questionEn : faq.question;
  }

  category(slug: string): string {
    return this.#faqs.get(slug)?.category ?? "";
  }

  answer(slug: string, locale: Locale, moment: Moment | null = null): Answer | null {
    const faq = this.#faqs.get(slug);
    if (faq === undefined || (moment !== null && this.isExpired(slug, moment))) return null;
    const { related, offersRelated } = faq.extras ?? noExtras;
    const offered = offersRelated && moment?.isSpoken !== true ? related : [];
    return {
      ...composeAnswer(faq, locale, this.#blanks, moment),
      slug,
      title: this.question(slug, locale),
      related: offered
        .filter((other) => this.#faqs.has(other) && (moment === null || !this.isExpired(other, moment)))
        .map((other) => ({ slug: other, question: this.question(other, locale) })),
      checkedOn: faq.checkedOn,
    };
  }

  isExpired(slug: string, moment: Pick<Moment, "at" | "timeZone">): boolean {
    return isExpired(this.#faqs.get(slug)?.extras?.expiresOn ?? null, moment);
  }

  smallTalk(kind: SmallTalkKind, locale: Locale): Answer | null {
    return this.answer(`${smallTalkPrefix}${kind}`, locale);
  }
}

/** A shop's knowledge during one turn, with the vectors of what was said. */
class KnowledgeOfTurn implements Knowledge {
  readonly #shop: ShopKnowledge;
  readonly #vectors: TurnVectors;

  constructor(shop: ShopKnowledge, vectors: TurnVectors) {
    this.#shop = shop;
    this.#vectors = vectors;
  }

  get size(): number {
    return this.#shop.size;
  }

  get tables(): readonly KnownTable[] {
    return this.#shop.tables;
  }

  get incidents(): readonly KnownIncident[] {
    return this.#shop.incidents;
  }

  get passages(): Passages {
    return this.#shop.passages;
  }

  get products(): KnownProducts {
    return this.#shop.products;
  }

  get policies(): readonly KnownPolicy[] {
    return this.#shop.policies;
  }

  get words(): KnownWords {
    return this.#shop.words;
  }

  retrieve(message: string | NormalisedText, previous: readonly string[]): MatchResult {
    return this.#shop.retrieve(message, previous, this.#vectors.get(textToEmbed(message)) ?? null);
  }

  answer(slug: string, locale: Locale, moment: Moment | null = null): Answer | null {
    return this.#shop.answer(slug, locale, moment);
  }

  isExpired(slug: string, moment: Pick<Moment, "at" | "timeZone">): boolean {
    return this.#shop.isExpired(slug, moment);
  }

  question(slug: string, locale: Locale): string {
    return this.#shop.question(slug, locale);
  }

  category(slug: string): string {
    return this.#shop.category(slug);
  }

  smallTalk(kind: SmallTalkKind, locale: Locale): Answer | null {
    return this.#shop.smallTalk(kind, locale);
  }
}

/** The answer is left out: matching does not read it yet, and an owner who writes answers must not wait for training. */
function haveSameWordings(before: KnownFaq, after: KnownFaq): boolean {
  const wordings = (faq: KnownFaq) => JSON.stringify({ ...matcherItem(faq), answer: "" });
  return wordings(before) === wordings(after);
}

function haveSameTexts(before: KnownFaq, after: KnownFaq): boolean {
  const texts = ({ unborrowed: _, ...faq }: KnownFaq) => JSON.stringify(faq);
  return texts(before) === texts(after);
}
