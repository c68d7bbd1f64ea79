// Which columns a question asks for: those whose header it says, else those about what it asks. A header and a topic that
// contradict each other ("胸围多少钱") give none. Used by the askers of this folder.

import type { Scene } from "./outcome.ts";
import type { Column, Table } from "./table.ts";
import { isSameTopic, type Topic } from "./topics.ts";

const namingTopics: Topic[] = [
  "name",
  "model",
  "size",
  "colour",
  "spec",
  "category",
  "brand",
  "day",
  "alias",
  "index",
];
/** More columns than these are not read out; the customer is asked. */
export const mostColumns = 3;

/** Out: columns in the table's order; empty when nothing or nothing here is asked for; "conflict" for a contradiction. */
export function chooseColumns({ table, reading }: Scene, extra: Topic[] = []): number[] | "conflict" {
  const strong = [...reading.topics, ...extra].filter((topic) => !namingTopics.includes(topic));
  const named = headerColumns(table, reading.headers);
  if (named.length > 0) {
    // "价格和打印速度": one said by its header, the other by what it is about
    const others = strong.filter((topic) => !named.some((at) => isAbout(table, at, topic)));
    const added = others.map((topic) => ownColumns(table, topic));
    if (added.some((columns) => columns.length === 0) || (added.length > 0 && !reading.hasConnector))
      return "conflict";
    return [...new Set([...named, ...added.flat()])].sort((a, b) => a - b);
  }
  if (strong.length > 0) return columnsAbout(table, strong);
  const naming = namingColumns(table, reading);
  const asksName = reading.topics.length > 0 && !isOnlySize(reading);
  if (naming.length > 0 || asksName) return naming;
  return columnsAbout(table, reading.weakTopics.slice(0, 1));
}

/** Columns that tell of a thing rather than name it. Several mentions narrow each other down where they can. */
function headerColumns(table: Table, mentions: number[][]): number[] {
  const values = mentions
    .map((columns) => columns.filter((at) => table.columns[at]?.naming === null))
    .filter((columns) => columns.length > 0);
  const shared = values.reduce((left, right) => left.filter((at) => right.includes(at)), values[0] ?? []);
  return shared.length > 0 ? shared : [...new Set(values.flat())].sort((a, b) => a - b);
}

/** Every topic must have its column, else the question is only half answered. */
function columnsAbout(table: Table, topics: Topic[]): number[] {
  const chosen = new Set<number>();
  for (const topic of topics) {
    const own = ownColumns(table, topic);
    const found =
      own.length > 0 ? own : table.columns.flatMap((_, at) => (isAbout(table, at, topic) ? [at] : []));
    if (found.length === 0) return [];
    for (const at of found) chosen.add(at);
  }
  return [...chosen].sort((a, b) => a - b);
}

function ownColumns(table: Table, topic: Topic): number[] {
  return table.columns.flatMap((column, at) => (isOwn(column, topic) ? [at] : []));
}

function isOwn(column: Column, topic: Topic): boolean {
  if (column.naming !== null) return false;
  return column.topic === topic || (isSameTopic(column.topic, topic) && !isOtherDoor(column.topic, topic));
}

/** The hour of opening does not answer when the shop closes. */
function isOtherDoor(column: Topic | null, asked: Topic): boolean {
  return (column === "opens" && asked === "closes") || (column === "closes" && asked === "opens");
}

/** A column without a topic of its own is about what its table is about, or what its kind says. */
function isAbout(table: Table, at: number, topic: Topic): boolean {
  const column = table.columns[at];
  if (column === undefined || column.naming !== null) return false;
  if (column.topic !== null) return isOwn(column, topic);
  if (column.kind === "money") return topic === "price";
  if (column.kind === "hours") return isSameTopic("hours", topic);
  return isSameTopic(table.topic, topic) && (column.kind === "number" || column.kind === "yes-no");
}

/** "do you have size 25" asks for the stock of a size that it names. */
function isOnlySize({ topics, parts }: Scene["reading"]): boolean {
  return parts.length > 0 && topics.every((topic) => topic === "size");
}

/** "A3 是什么颜色": a part of the name, asked of a row that something else names. */
function namingColumns(table: Table, { topics, headers }: Scene["reading"]): number[] {
  return table.columns.flatMap(({ naming, topic }, at) => {
    const isAsked = headers.flat().includes(at) || (topic !== null && topics.includes(topic));
    return naming === "part" && topic !== "alias" && isAsked ? [at] : [];
  });
}
