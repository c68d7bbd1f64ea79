/**
 * The child process of read-document.ts: takes one file from its standard input, reads it, tells progress and what was
 * read over its channel, ends. Imports nothing of the server beyond the readers.
 */
import type { ReadResult } from "./model.ts";
import { type FileToRead, type ReadAny, readNow } from "./read-now.ts";
import { Unreadable } from "./refusal.ts";

/** What the parent hears, in this order: progress, then either refused, or result and its sections in parts. */
export type ChildSays =
  | { kind: "progress"; done: number; total: number }
  | { kind: "refused"; code: Unreadable["code"]; details: Unreadable["details"] }
  | { kind: "failed"; reason: string }
  | { kind: "sections"; sections: ReadResult["sections"] }
  | { kind: "done"; result: Omit<ReadAny, "sections"> };

/** So that the parent never handles more than some tens of kilobytes at once: it answers customers meanwhile. */
const sectionsAtOnce = 40;
const charactersAtOnce = 40_000;

function say(said: ChildSays): Promise<void> {
  return new Promise((resolve, reject) => {
    if (process.send === undefined) reject(new Error("the child has no parent"));
    else process.send(said, (error: Error | null) => (error === null ? resolve() : reject(error)));
  });
}

async function takeBytes(): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

async function read(file: Omit<FileToRead, "bytes">): Promise<void> {
  const bytes = await takeBytes();
  const { sections, ...result } = await readNow({ ...file, bytes }, (done, total) => {
    void say({ kind: "progress", done, total });
  });
  let part: ReadResult["sections"] = [];
  let characters = 0;
  for (const section of sections) {
    part.push(section);
    characters += section.text.length;
    if (part.length < sectionsAtOnce && characters < charactersAtOnce) continue;
    await say({ kind: "sections", sections: part });
    part = [];
    characters = 0;
  }
  await say({ kind: "sections", sections: part });
  await say({ kind: "done", result });
}

// Of a damaged page pdf.js leaves a rejected promise that nobody holds; the other pages are read all the same.
process.on("unhandledRejection", () => undefined);

process.once("message", (file: Omit<FileToRead, "bytes">) => {
  read(file)
    .catch((error: unknown) =>
      error instanceof Unreadable
        ? say({ kind: "refused", code: error.code, details: error.details })
        : say({
            kind: "failed",
            reason: error instanceof Error ? `${error.name}: ${error.message}` : "unknown",
          }),
    )
    .finally(() => process.disconnect());
});
