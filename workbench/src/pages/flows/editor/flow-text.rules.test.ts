// The editor reads what the server reads, changes only what is changed, and loses nothing of the rest: fields, order,
// comments. On the flows that ship, with changes in any order.
import { readdirSync, readFileSync } from "node:fs";
import { type Flow, flowShape } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import {
  addSlot,
  addStep,
  beginWith,
  connect,
  copyStep,
  deleteSlot,
  deleteStep,
  moveStep,
  tidyUp,
} from "./change-steps.ts";
import { lineOf, readText, setField, stepKinds } from "./flow-text.ts";
import { begin, redo, undo, write } from "./history.ts";
import { placesOf } from "./layout.ts";

const folder = new URL("../../../../../templates/flows/", import.meta.url);
const texts = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => readFileSync(new URL(name, folder), "utf8"));

function flowOf(yaml: string): Flow {
  const read = readText(yaml);
  if (read.kind === "broken") throw new Error(`cannot be read: ${yaml.slice(0, 200)}`);
  return read.flow;
}
const commentsOf = (yaml: string) => yaml.split("\n").filter((line) => line.trim().startsWith("#"));
const step = (yaml: string, id: string) => flowOf(yaml).steps.find((each) => each.id === id);

describe.each(texts)("a flow that ships", (yaml) => {
  test("is read as the server reads it", () => {
    expect(flowOf(yaml)).toEqual(flowShape.parse(parse(yaml)));
  });

  test("keeps everything else when one field is changed", () => {
    const flow = flowOf(yaml);
    const { id } = flow.steps[0] ?? { id: "" };
    const noted = setField(yaml, "steps", id, ["note"], "看这里");
    expect(commentsOf(noted)).toEqual(commentsOf(yaml));
    expect(flowOf(noted)).toEqual({
      ...flow,
      steps: flow.steps.map((each) => (each.id === id ? { ...each, note: "看这里" } : each)),
    });
    expect(flowOf(setField(noted, "steps", id, ["note"], undefined))).toEqual(flow);
  });

  test("has a place for every step, and no two on one", () => {
    const flow = flowOf(yaml);
    const places = [...placesOf(flow).values()].map(({ x, y }) => `${x} ${y}`);
    expect(places).toHaveLength(flow.steps.length);
    expect(new Set(places).size).toBe(places.length);
  });
});

test("any changes in any order leave a text that is read, with its comments and what they did not touch", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...texts),
      fc.array(fc.tuple(fc.nat(7), fc.nat(40), fc.nat(40)), { maxLength: 8 }),
      (start, changes) => {
        const comments = commentsOf(start);
        const { name, starts } = flowOf(start);
        let yaml = start;
        for (const [what, one, other] of changes) {
          const flow = flowOf(yaml);
          const first = flow.steps[one % Math.max(1, flow.steps.length)];
          const second = flow.steps[other % Math.max(1, flow.steps.length)];
          if (first === undefined || second === undefined) continue;
          if (what === 0) yaml = addStep(yaml, flow, stepKinds[other % stepKinds.length] ?? "say", null).yaml;
          if (what === 1) yaml = addStep(yaml, flow, "say", { id: first.id, path: ["next"] }).yaml;
          if (what === 2) yaml = copyStep(yaml, flow, first.id).yaml;
          if (what === 3) yaml = deleteStep(yaml, flow, first.id);
          if (what === 4) yaml = connect(yaml, { id: first.id, path: ["next"] }, second.id);
          if (what === 5) yaml = moveStep(yaml, first.id, { x: one, y: other });
          if (what === 6) yaml = beginWith(yaml, first.id);
          if (what === 7) yaml = addSlot(yaml, flow).yaml;
        }
        const after = flowOf(yaml);
        expect(after.name).toEqual(name);
        expect(after.starts).toEqual(starts);
        expect(commentsOf(yaml)).toEqual(comments);
        expect(new Set(after.steps.map(({ id }) => id)).size).toBe(after.steps.length);
      },
    ),
    { numRuns: 60 },
  );
});

const small = `# mine
id: it
version: 1
name: { zh: 它, en: it }
starts: { intents: [], phrases: { zh: [], en: [] } }
steps:
  - { id: hello, kind: say, words: { zh: 好, en: hi }, next: bye } # first
  - id: bye
    kind: end
`;

test("a step put between two goes on to the second; taken away, they meet again", () => {
  const { yaml, id } = addStep(small, flowOf(small), "wait", { id: "hello", path: ["next"] });
  expect(step(yaml, "hello")).toMatchObject({ next: id });
  expect(step(yaml, id)).toMatchObject({ kind: "wait", next: "bye" });
  expect(flowOf(deleteStep(yaml, flowOf(yaml), id))).toEqual(flowOf(small));
  expect(lineOf(yaml, "steps", id)).toBe(8);
  expect(yaml).toContain("# first");
});

test("a copy leads where the first leads and nothing leads to it; places are kept and forgotten", () => {
  const { yaml, id } = copyStep(small, flowOf(small), "hello");
  expect(step(yaml, id)).toMatchObject({ kind: "say", next: "bye" });
  const moved = moveStep(yaml, id, { x: 10.4, y: 20 });
  expect(step(moved, id)).toMatchObject({ at: { x: 10, y: 20 } });
  expect(flowOf(tidyUp(moved))).toEqual(flowOf(yaml));
});

test("a slot is added and taken away; what begins the flow can be chosen", () => {
  const { yaml, id } = addSlot(small, flowOf(small));
  expect(flowOf(yaml).slots).toMatchObject([{ id, type: "text", tries: 3 }]);
  expect(flowOf(deleteSlot(yaml, id)).slots).toEqual([]);
  expect(flowOf(beginWith(small, "bye")).steps.map(({ id: name }) => name)).toEqual(["bye", "hello"]);
});

test("what is no flow is told with its line and left alone", () => {
  expect(readText("id: [")).toMatchObject({ kind: "broken", line: 1 });
  expect(readText("- a\n- b")).toMatchObject({ kind: "broken" });
  expect(setField("id: [", "steps", "a", ["note"], "x")).toBe("id: [");
  expect(flowOf("steps: [{ id: a }, 7, { id: b, kind: say }]").steps).toMatchObject([
    { id: "b", words: { zh: "", en: "" } },
  ]);
});

test("undo and redo go back and forth; typing in one field is one step", () => {
  const at = (yaml: string) => ({ yaml, dialogues: "" });
  let history = begin(at("a"));
  history = write(history, at("b"), "note");
  history = write(history, at("c"), "note");
  history = write(history, at("d"));
  expect(undo(history).now.yaml).toBe("c");
  expect(undo(undo(history)).now.yaml).toBe("a");
  expect(redo(undo(history)).now.yaml).toBe("d");
  expect(undo(begin(at("a"))).now.yaml).toBe("a");
  expect(write(history, at("d"))).toBe(history);
});
