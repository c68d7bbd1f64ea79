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
}

const visitors = 48; // each may say sixty lines a minute
const lines = readRows("../unseen-apparel.tsv").map(([line = ""]) => `${line.replace(/[?？]+$/, "")}？`);
const offset = (process.pid % 200) * 4_096;

async function chat({ base, key, perSecond }: ChatOrder, isOver: () => boolean): Promise<ChatTimes> {
  const some = Array.from({ length: visitors }, (_, at) => new Visitor(base, key, offset + at));
  await Promise.all(some.map((visitor) => visitor.ready()));
  for (const visitor of some) await visitor.say("你好");
  process.send?.("ready");
  const answeredMs: number[] = [];
  let failed = 0;
  const running: Promise<void>[] = [];
  let due = performance.now();
  for (let at = 0; !isOver(); at += 1) {
    due += 1_000 / perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((done) => setTimeout(done, wait));
    const visitor = some[at % some.length] as Visitor;
    running.push(
      visitor.say(lines[at % lines.length] ?? "", due).then(
        (times) => {
          if (!times.isHeld) answeredMs.push(times.answeredMs);
        },
        () => {
          failed += 1;
        },
      ),
    );
  }
  await Promise.all(running);
  for (const visitor of some) visitor.close();
  return { answeredMs, failed };
}

let isOver = false;
process.on("message", (message: ChatOrder | "stop") => {
  if (message === "stop") isOver = true;
  else void chat(message, () => isOver).then((times) => process.send?.(times));
});
