// Reads this package's own data files (../data). Called once per table, on first use, by the modules that own
// the tables; nothing else in the package touches the disk. A missing file is a broken install and throws.

import { readFileSync } from "node:fs";

/** Lines of a data file without comments (`#` at the line's start) and blank lines. */
export function readDataLines(name: string): string[] {
  return readFileSync(new URL(`../data/${name}`, import.meta.url), "utf8")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/** A value computed on first use and kept. */
export function lazily<T>(compute: () => T): () => T {
  let kept: { value: T } | null = null;
  return () => {
    kept ??= { value: compute() };
    return kept.value;
  };
}
