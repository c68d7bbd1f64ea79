// Visitors who chat while documents are read, in a process of their own: at a steady pace until told to stop, then the
// times of the answers that did not wait for a quiet window.

import { Visitor } from "../shared/visitor.ts";
import { readRows } from "./material.ts";

export interface ChatOrder {
  base: string;
  key: string;
  perSecond: number;
}

export interface ChatTimes {
  answeredMs: number[];
  failed: number;
  /** Handed to a person, who is not there: nothing to time. */
  unanswered: number;
}

const visitors = 48; // each may say sixty lines a minute
const lines = readRows("../unseen-apparel.tsv").map(([line = ""]) => `${line.replace(/[?？]+$/, "")}？`);
const offset = (process.pid % 200) * 4_096;

async function chat({ base, key, perSecond }: ChatOrder, isOver: () => boolean): Promise<ChatTimes> {
  const some = Array.from({ length: visitors }, (_, at) => new Visitor(base, key, offset + at));
  await Promise.all(some.map((visitor) => visitor.ready()));
  for (const visitor of some) await visitor.say("你好");
  process.send?.("ready");
  const times: ChatTimes = { answeredMs: [], failed: 0, unanswered: 0 };
  const running: Promise<void>[] = [];
  let opened = some.length;
  let due = performance.now();
  for (let at = 0; !isOver(); at += 1) {
    due += 1_000 / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const place = at % some.length;
    running.push(
      sayOnce(some[place] as Visitor, lines[at % lines.length] ?? "", due, times).then((isAnswered) => {
        if (isAnswered) return;
        some[place]?.close();
        some[place] = new Visitor(base, key, offset + opened);
        opened += 1;
        return some[place].ready();
      }),
    );
  }
  await Promise.all(running);
  for (const visitor of some) visitor.close();
  return times;
}

const longestMs = 5_000;

/** @returns false when nobody answered: another visitor takes the place */
async function sayOnce(visitor: Visitor, line: string, due: number, times: ChatTimes): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((done) => {
    timer = setTimeout(() => done(null), longestMs);
  });
  const said = await Promise.race([visitor.say(line, due), late]).catch(() => undefined);
  clearTimeout(timer);
  if (said === undefined) times.failed += 1;
  else if (said === null) times.unanswered += 1;
  else if (!said.isHeld) times.answeredMs.push(said.answeredMs);
  return said !== undefined && said !== null;
}

let isOver = false;
process.on("message", (message: ChatOrder | "stop") => {
  if (message === "stop") isOver = true;
  else void chat(message, () => isOver).then((times) => process.send?.(times));
});
