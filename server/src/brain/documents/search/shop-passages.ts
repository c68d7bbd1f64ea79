// All passages of a shop, to be searched: what `knowledge.passages` is. Belongs to one tenant; lives as long as the
// knowledge it hangs on. Never waits and never throws.

import { type ModelNearness, PassageIndex, type RankedPassage, type ReadQuestion } from "@yingda/language";
import type { KnownDocument, KnownPassage } from "./known-document.ts";

export interface FoundPassage {
  id: string;
  /** The document's id. */
  document: string;
  title: string;
  page: number | null;
  /** Of a site: where the page is. */
  url: string | null;
  /** The headings above it, outermost first. */
  heading: readonly string[];
  text: string;
  /** "YYYY-MM-DD": when the document was last read. */
  checkedOn: string | null;
  /** 0 to 1; above some 0.45 it is most often about the question. */
  score: number;
}

/** What the brain asks of a shop's documents. */
export interface Passages {
  /** Number of passages. */
  readonly size: number;
  /** The best passages for a question, best first; few or none when little fits. */
  find(question: string, most: number): FoundPassage[];
  /** The same with what is needed to choose sentences out of them. */
  weigh(question: string, most: number): Weighed;
}

export interface Weighed {
  question: ReadQuestion;
  ranked: (RankedPassage<KnownPassage> & { document: KnownDocument })[];
}

/** A passage below this shares a syllable with the question, and nothing more. */
const leastScore = 0.1;

export class ShopPassages implements Passages {
  readonly #index = new PassageIndex<KnownPassage>();
  readonly #documents = new Map<string, KnownDocument>();

  constructor(documents: readonly KnownDocument[] = []) {
    for (const document of documents) this.set(document);
  }

  get size(): number {
    return this.#index.size;
  }

  /** Rough memory in bytes. */
  get bytes(): number {
    return this.#index.bytes;
  }

  get documents(): readonly KnownDocument[] {
    return [...this.#documents.values()];
  }

  /** Takes a document in, in the place of what it was before. */
  set(document: KnownDocument): void {
    this.#documents.set(document.id, document);
    this.#index.set(document.id, document.segment);
  }

  remove(id: string): void {
    this.#documents.delete(id);
    this.#index.remove(id);
  }

  find(question: string, most: number, model: ModelNearness | null = null): FoundPassage[] {
    const { ranked } = this.weigh(question, most, model);
    return ranked
      .filter(({ score }) => score >= leastScore)
      .map(({ document, passage, score }) => ({
        id: passage.id,
        document: document.id,
        title: document.title,
        page: passage.page,
        url: passage.url,
        heading: passage.heading,
        text: passage.text,
        checkedOn: document.checkedOn,
        score: Math.round(score * 1_000) / 1_000,
      }));
  }

  weigh(text: string, most: number, model: ModelNearness | null = null): Weighed {
    const question = this.#index.read(text);
    if (this.size === 0) return { question, ranked: [] };
    const ranked = this.#index.find(question, most, model).map((found) => ({
      ...found,
      document: this.#documents.get(found.segment) as KnownDocument,
    }));
    return { question, ranked };
  }
}
