// Training beside the serving thread: the same knowledge, the server goes on, and a thread that fails costs nothing but
// time.

import { createMatcher, MatcherInputError, OutdatedModelError, TrainingFailedError } from "@yingda/language";
import { loadPack } from "@yingda/templates";
import { expect, test } from "vitest";
import { createLog, silentLog } from "../../platform/log.ts";
import { matcherItems } from "./knowledge.ts";
import { faqOfPack } from "./pack-knowledge.ts";
import { trainKnowledge } from "./train-knowledge.ts";

const blanks = new Map<string, string>();
const faqs = (loadPack("apparel")?.faqs ?? []).map(faqOfPack);
const large = faqs.slice(0, 80);
const serving = { size: 1 };

test("a large shop is trained apart and knows what it would have learnt here", async () => {
  let turns = 0;
  let isOver = false;
  const others = (async () => {
    while (!isOver) {
      turns += 1;
      await new Promise((resume) => setImmediate(resume));
    }
  })();
  const knowledge = await trainKnowledge(silentLog, large, blanks, { old: serving });
  isOver = true;
  await others;
  expect(turns).toBeGreaterThan(1_000);
  expect(knowledge.size).toBe(large.length);
  const here = createMatcher(matcherItems(large));
  for (const text of ["什么时候发货呀", "能退吗", "有没有大码", "can i return it"])
    expect(knowledge.retrieve(text, [])).toEqual(here.match(text));
});

test.each([
  ["a small shop", faqs.slice(0, 5), serving],
  ["a shop without knowledge so far", large, null],
  ["a shop that only had small talk", large, { size: 0 }],
])("%s starts no thread", async (_, known, old) => {
  const trainApart = () => {
    throw new Error("not to be called");
  };
  const knowledge = await trainKnowledge(silentLog, known, blanks, { old, trainApart });
  expect(knowledge.size).toBe(known.length);
});

test.each([
  ["fails", new TrainingFailedError("training failed")],
  ["reads other files", new OutdatedModelError("train again")],
])("where the thread %s the shop is trained here, and the log says so", async (_, error) => {
  const lines: string[] = [];
  const log = createLog({ destination: { write: (line: string) => void lines.push(line) } });
  const knowledge = await trainKnowledge(log, large, blanks, {
    old: serving,
    trainApart: () => Promise.reject(error),
  });
  const [first] = knowledge.retrieve(`你好，${large[40]?.question}`, []).matches;
  expect(first).toMatchObject({ id: large[40]?.slug, why: { isExact: true } });
  expect(lines.filter((line) => line.includes("knowledge not trained in a thread of its own"))).toHaveLength(
    1,
  );
});

test("bad items are no reason to try again", async () => {
  const training = trainKnowledge(silentLog, [...large, ...large.slice(0, 1)], blanks, { old: serving });
  await expect(training).rejects.toThrow(MatcherInputError);
});
