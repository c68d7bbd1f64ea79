// Sentences that must never be trained on: every test set, and every set whose licence allows measuring only. They are kept
// as salted hashes (held-out.txt), so that the promise is checked on any clone without the sets themselves.
// `node lab/train-language/held-out.ts --local DIR --open DIR` writes the list anew from the sets at hand.

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { printResult } from "../shared/figures.ts";

const salt = "yingda-held-out-1";
const list = new URL("held-out.txt", import.meta.url);
const ownTests = new URL("../data/language/", import.meta.url);
const hashLength = 8;

/** A sentence's hash: its letters and digits only, so that punctuation does not hide a copy. */
export function heldOutHash(text: string): string {
  const bare = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
  return createHash("sha256").update(salt).update(bare).digest("base64url").slice(0, hashLength);
}

/** The hashes of all sentences that are held out. */
export function readHeldOut(): Set<string> {
  return new Set(
    readFileSync(list, "utf8")
      .split("\n")
      .filter((line) => line !== ""),
  );
}

function sentencesOf(folder: string, files: RegExp): string[] {
  return readdirSync(folder)
    .filter((name) => files.test(name))
    .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
    .filter((line) => line !== "")
    .flatMap((line) => {
      const row = JSON.parse(line) as { text?: string; a?: string; b?: string };
      return [row.text, row.a, row.b].filter((text) => text !== undefined);
    });
}

function write(folders: [string, RegExp][]): void {
  const hashes = new Set<string>();
  for (const [folder, files] of folders)
    for (const text of sentencesOf(folder, files)) hashes.add(heldOutHash(text));
  writeFileSync(list, `${[...hashes].sort().join("\n")}\n`);
  printResult({ folders: folders.length, sentences: hashes.size });
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({ options: { local: { type: "string" }, open: { type: "string" } } });
  const within = (root: string | undefined) =>
    root === undefined || !existsSync(root)
      ? []
      : readdirSync(root, { withFileTypes: true })
          .filter((entry) => entry.isDirectory())
          .map(({ name }) => join(root, name));
  const testFiles = /^(?:test|oos|dev).*\.jsonl$/u;
  write([
    ...within(values.local).map((folder): [string, RegExp] => [folder, /\.jsonl$/u]),
    ...within(values.open).map((folder): [string, RegExp] => [folder, testFiles]),
    ...within(ownTests.pathname).map((folder): [string, RegExp] => [folder, testFiles]),
  ]);
}
