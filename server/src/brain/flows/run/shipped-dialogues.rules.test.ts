// The scripted dialogues of the ten shipped flows, in both languages: each line must come out as written.

import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readFlow } from "../definition/read-flow.ts";
import { flowDialogues, playDialogue } from "./dialogue.ts";

const folder = new URL("../../../../../templates/flows/", import.meta.url);
const deps = { now: new Date("2026-11-23T02:00:00Z"), timeZone: "Asia/Shanghai" }; // a Monday, 10:00
const names = readdirSync(new URL("dialogues/", folder)).map((file) => file.replace(/\.yaml$/u, ""));

test("every shipped flow has dialogues", () => {
  const flows = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  expect(names.map((name) => `${name}.yaml`).sort()).toEqual(flows.sort());
});

describe.each(names)("%s", (name) => {
  const read = readFlow(readFileSync(new URL(`${name}.yaml`, folder), "utf8"));
  if (read.kind === "refused") throw new Error(`${name} cannot be read`);
  const text = readFileSync(new URL(`dialogues/${name}.yaml`, folder), "utf8");
  const { flow, dialogues } = flowDialogues.parse(parse(text));

  test("has at least three, in both languages", () => {
    expect(flow).toBe(name);
    expect(dialogues.length).toBeGreaterThanOrEqual(3);
    expect(new Set(dialogues.map(({ locale }) => locale)).size).toBe(2);
  });

  test.each(dialogues)("$name ($locale)", (dialogue) => {
    expect(playDialogue(read.flow, dialogue, deps)).toEqual([]);
  });
});
