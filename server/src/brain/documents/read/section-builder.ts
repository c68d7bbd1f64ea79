/**
 * Collects the blocks of a document and cuts them into sections at its headings.
 */
import { oneLine, type ReadSection } from "./model.ts";

interface Heading {
  level: number;
  title: string;
  /** Whether a text or a smaller heading stands under it. */
  isUsed: boolean;
}

export class SectionBuilder {
  readonly #sections: ReadSection[] = [];
  readonly #path: Heading[] = [];
  #lines: string[] = [];
  #page: number | null = null;

  /** What follows stands on this page. A section never runs over a page: its page is what a citation shows. */
  page(page: number): void {
    this.#cut();
    this.#page = page;
  }

  /** Level 1 is the outermost. */
  heading(level: number, title: string): void {
    this.#cut();
    this.#close(level);
    const line = oneLine(title);
    if (line === "") return;
    for (const above of this.#path) above.isUsed = true;
    this.#path.push({ level, title: line, isUsed: false });
  }

  /** A paragraph, or several lines that belong together. */
  block(text: string): void {
    const trimmed = text.trim();
    if (trimmed === "") return;
    for (const above of this.#path) above.isUsed = true;
    this.#lines.push(trimmed);
  }

  end(): ReadSection[] {
    this.#cut();
    this.#close(0);
    return this.#sections;
  }

  /** A heading that nothing stands under says something by itself ("Warranty: two years"): it is kept as a text. */
  #close(level: number): void {
    while ((this.#path.at(-1)?.level ?? -1) >= level) {
      const closed = this.#path.pop();
      if (closed?.isUsed === false) this.#push(closed.title);
    }
  }

  #cut(): void {
    if (this.#lines.length > 0) this.#push(this.#lines.join("\n\n"));
    this.#lines = [];
  }

  #push(text: string): void {
    this.#sections.push({ page: this.#page, heading: this.#path.map(({ title }) => title), text });
  }
}
