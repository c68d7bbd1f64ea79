// `npm run lab -- guard [--data FILE] [--show N]`: replies with what they were made from, some with a number or a promise
// that no source says. Rows are JSON lines {reply, sources: [text], supported}; without --data all of lab/data/guard.
// Missed: an unsupported reply that would be sent. False alarm: a supported one that would be held.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { judgeTexts } from "../../server/src/brain/guard/testing/judge-texts.ts";
import { printResult, round, say } from "../shared/figures.ts";

interface Row {
  reply: string;
  sources: string[];
  supported: boolean;
}

const { values } = parseArgs({
  options: { data: { type: "string" }, show: { type: "string", default: "0" } },
});
const folder = join(import.meta.dirname, "../data/guard");
const files =
  values.data === undefined
    ? readdirSync(folder)
        .filter((name) => name.endsWith(".jsonl"))
        .sort()
        .map((name) => join(folder, name))
    : [values.data];
const rows = files.flatMap(readRows);
if (rows.length === 0)
  throw new Error(`no rows in ${files.join(", ") || folder}; --data FILE names another file`);

const missed: string[] = [];
const alarms: string[] = [];
for (const { reply, sources, supported } of rows) {
  const { unfound, isSendable } = judgeTexts(reply, sources);
  if (isSendable === supported) continue;
  const why = unfound.map(({ kind, text, value }) => `${kind} “${text}” (${value})`).join("; ");
  (supported ? alarms : missed).push(
    [reply, ...sources.map((text) => `   ← ${text}`), `   ${why}`].join("\n"),
  );
}
const shown = Number(values.show);
for (const text of missed.slice(0, shown)) say(`missed: ${text}`);
for (const text of alarms.slice(0, shown)) say(`held in vain: ${text}`);

const unsupported = rows.filter(({ supported }) => !supported).length;
printResult({
  n: rows.length,
  missedShare: share(missed.length, unsupported),
  falseAlarmShare: share(alarms.length, rows.length - unsupported),
});

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : round(part / whole, 4);
}

function readRows(file: string): Row[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .flatMap((line, at) => (line.trim() === "" ? [] : [checkRow(JSON.parse(line), `${file}:${at + 1}`)]));
}

function checkRow(row: Partial<Row>, where: string): Row {
  const { reply, sources, supported } = row;
  if (typeof reply !== "string" || !Array.isArray(sources) || typeof supported !== "boolean")
    throw new Error(`${where}: a row is {reply, sources: [text], supported: true|false}`);
  return { reply, sources, supported };
}
