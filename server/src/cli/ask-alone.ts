// `ask` without a server and without a database: a pack's own shop, in memory. The first thing a curious person tries, so it
// must answer at once. What a named conversation needs for its next question waits for an hour in a file of this user's.
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AskReply, HandoffAvailability } from "@yingda/contract";
import { listPacks } from "@yingda/templates";
import { ask, type Memory } from "../brain/ask.ts";
import { packKnowledge } from "../brain/knowledge/pack-knowledge.ts";
import { systemClock } from "../platform/clock.ts";
import type { Locale } from "./texts.ts";

export interface Question {
  text: string;
  availability: HandoffAvailability;
  pack: string | null;
  conversation: string | null;
  locale: Locale;
}

export const demoPack = "apparel";
const memoryMs = 3_600_000;

export function knownPacks(): string[] {
  return listPacks().map(({ slug }) => slug);
}

/** null: there is no such pack. */
export function askAlone({ text, availability, pack, conversation, locale }: Question): AskReply | null {
  const knowledge = packKnowledge(pack ?? demoPack);
  if (!knowledge) return null;
  const place = conversation === null ? null : memoryFile(conversation);
  const memory = place === null ? null : readMemory(place);
  const asked = ask(knowledge, { text, availability, locale, ...(memory ? { memory } : {}) });
  if (place !== null) writeFileSync(place, JSON.stringify(asked.memory), { mode: 0o600 });
  return asked.reply;
}

function memoryFile(conversation: string): string {
  const folder = join(tmpdir(), `yingda-ask-${process.getuid?.() ?? "user"}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return join(folder, `${Buffer.from(conversation).toString("base64url").slice(0, 100)}.json`);
}

function readMemory(file: string): Memory | null {
  try {
    if (systemClock.nowMs() - statSync(file).mtimeMs > memoryMs) {
      rmSync(file);
      return null;
    }
    return JSON.parse(readFileSync(file, "utf8")) as Memory;
  } catch {
    return null;
  }
}
