// A document as the brain searches it: its passages with page and heading, indexed. Made from rows, or from hand-made
// sections in tests and the lab. No I/O.

import { PassageSegment, type SourcePassage } from "@yingda/language";

export interface KnownPassage extends SourcePassage {
  /** Counted from 1; null where the document has no pages. */
  page: number | null;
  /** Of a site: where the page is. */
  url: string | null;
}

/** A document that customers are answered from. */
export interface KnownDocument {
  id: string;
  title: string;
  /** "YYYY-MM-DD": when it was last read. */
  checkedOn: string | null;
  /** Differs as soon as it must be indexed anew. */
  stamp: string;
  segment: PassageSegment<KnownPassage>;
}

export interface DocumentSource extends Omit<KnownDocument, "segment"> {
  passages: readonly Omit<KnownPassage, "title">[];
}

/** Indexes a document in pieces of some milliseconds: run it to its end, with others served in between. */
export function* knowingDocument({ passages, ...known }: DocumentSource): Generator<void, KnownDocument> {
  const { title } = known;
  const segment = yield* PassageSegment.building(passages.map((passage) => ({ ...passage, title })));
  return { ...known, segment };
}

/** The same at once: for the lab and tests. */
export function knownDocument(source: DocumentSource): KnownDocument {
  const work = knowingDocument(source);
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}
