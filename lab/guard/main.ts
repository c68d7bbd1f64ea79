// `npm run lab -- guard [--data FILE] [--show N]`: replies with what they were made from, some with a number or a promise
// that no source says. Rows are JSON lines {reply, sources: [text], supported}; without --data those of lab/data/guard.
// Missed: an unsupported reply that would be sent. False alarm: a supported one that would be held. Of the files named
// unseen-* the odd lines are scored apart as `unseen` and never shown: rules are not tuned to them. The even lines are for
// whoever changes the guard (`--data` scores a whole file).

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
const stored = readdirSync(folder)
  .filter((name) => name.endsWith(".jsonl"))
  .sort();
const isUnseen = (name: string) => name.startsWith("unseen-");
const files =
  values.data === undefined
    ? stored.filter((name) => !isUnseen(name)).map((name) => join(folder, name))
    : [values.data];
const rows = files.flatMap(readRows);
if (rows.length === 0)
  throw new Error(`no rows in ${files.join(", ") || folder}; --data FILE names another file`);

const { missed, alarms, figures } = score(rows);
const shown = Number(values.show);
for (const text of missed.slice(0, shown)) say(`missed: ${text}`);
for (const text of alarms.slice(0, shown)) say(`held in vain: ${text}`);

if (values.data === undefined) {
  const unseen = stored.filter(isUnseen).flatMap((name) => readRows(join(folder, name)).filter(isOddLine));
  printResult({ ...figures, unseen: score(unseen).figures });
} else {
  printResult({ ...figures });
}

function isOddLine(_: Row, at: number): boolean {
  return at % 2 === 0;
}

function score(rowsOfSet: readonly Row[]) {
  const missed: string[] = [];
  const alarms: string[] = [];
  for (const { reply, sources, supported } of rowsOfSet) {
    const { unfound, isSendable } = judgeTexts(reply, sources);
    if (isSendable === supported) continue;
    const why = unfound.map(({ kind, text, value }) => `${kind} “${text}” (${value})`).join("; ");
    const shown = [reply, ...sources.map((text) => `   ← ${text}`), `   ${why}`].join("\n");
    (supported ? alarms : missed).push(shown);
  }
  const unsupported = rowsOfSet.filter(({ supported }) => !supported).length;
  const figures = {
    n: rowsOfSet.length,
    missedShare: share(missed.length, unsupported),
    falseAlarmShare: share(alarms.length, rowsOfSet.length - unsupported),
  };
  return { missed, alarms, figures };
}

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
