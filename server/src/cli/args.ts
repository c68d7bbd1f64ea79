// Reads the command line: one command, its words, its options. Pure; what is wrong with it is said in the caller's language.
import { parseArgs } from "node:util";
import { handoffAvailabilities } from "@yingda/contract";
import type { TextKey } from "./texts.ts";

export const commandNames = [
  "help",
  "ask",
  "packs",
  "status",
  "reset-owner",
  "audit",
  "backup",
  "restore",
  "migrate",
  "demo",
  "keys",
  "service",
] as const;
export type CommandName = (typeof commandNames)[number];

export interface Given {
  command: CommandName;
  words: string[];
  json: boolean;
  availability: (typeof handoffAvailabilities)[number];
  pack: string | null;
  conversation: string | null;
  lang: string | null;
  master: boolean;
}
export type Problem = { key: TextKey; values: Record<string, string> };

const options = {
  json: { type: "boolean" },
  availability: { type: "string" },
  pack: { type: "string" },
  conversation: { type: "string" },
  lang: { type: "string" },
  master: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

/** Words that must follow a command. */
const needs: Partial<Record<CommandName, string>> = {
  ask: '"…"',
  restore: "FILE",
  audit: "verify",
  keys: "rotate",
  service: "install",
};

export function readArgs(
  argv: readonly string[],
): { kind: "given"; given: Given } | { kind: "wrong"; problem: Problem } {
  const wrong = (key: TextKey, values: Record<string, string> = {}) => ({
    kind: "wrong" as const,
    problem: { key, values },
  });
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(argv);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ERR_PARSE_ARGS_UNKNOWN_OPTION" && code !== "ERR_PARSE_ARGS_INVALID_OPTION_VALUE")
      throw error;
    return wrong("unknownOption", { name: argv.filter((word) => word.startsWith("-")).join(" ") });
  }
  const { values, positionals } = parsed;
  const [name = "help", ...words] = positionals;
  const command = values.help ? "help" : commandNames.find((known) => known === name);
  if (!command) return wrong("unknownCommand", { name });
  const needed = needs[command];
  if (needed !== undefined && words.length === 0) return wrong("missing", { name: `${command} ${needed}` });
  const isFixed = needed !== undefined && /^[a-z]+$/.test(needed);
  if (isFixed && words[0] !== needed)
    return wrong("unknownCommand", { name: `${command} ${words[0] ?? ""}` });
  const availability = handoffAvailabilities.find((known) => known === (values.availability ?? "open"));
  if (!availability)
    return wrong("notAllowed", { name: "--availability", values: handoffAvailabilities.join(", ") });
  const { json = false, pack = null, conversation = null, lang = null, master = false } = values;
  return { kind: "given", given: { command, words, json, availability, pack, conversation, lang, master } };
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
}
