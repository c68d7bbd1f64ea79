// The web chat as a channel: what it says of itself, and the frames of recorded visits, parsed at the edge.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { channelConformance } from "../conformance.ts";
import { webAdapter } from "./adapter.ts";
import { clientFrame } from "./frames.ts";

channelConformance({ adapter: webAdapter, recorded: [], notApplicable: ["webhook", "send"] });

type Recorded = { name: string; frame: unknown; isTaken: boolean };
const fixtures = join(import.meta.dirname, "fixtures");

describe("frames of recorded visits", () => {
  const recorded = readdirSync(fixtures).flatMap(
    (file) => JSON.parse(readFileSync(join(fixtures, file), "utf8")) as Recorded[],
  );
  test("there are some of every kind", () => {
    const kinds = new Set(recorded.flatMap(({ frame }) => (frame as { t?: string }).t ?? []));
    for (const kind of ["hello", "say", "choose", "human", "leave", "typing", "read", "rate", "ping"])
      expect(kinds).toContain(kind);
  });
  test.each(recorded)("$name", ({ frame, isTaken }) => {
    expect(clientFrame.safeParse(frame).success).toBe(isTaken);
  });
  test("anything else gives a refusal, never an exception", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(clientFrame.safeParse(value).success).toBe(false);
      }),
    );
  });
});
