// How a conversation ended: what a person settled is no success of the bot, what came back is deducted.
import type { Resolution } from "@yingda/contract";
import { resolutions } from "@yingda/contract";
import { array, assert, constant, constantFrom, integer, oneof, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { type EndingEvent, resolutionAfter } from "./resolution.ts";

const solvedByContact: EndingEvent = { kind: "resolved", by: "contact", disposition: "answered-by-bot" };
const quiet: EndingEvent = { kind: "resolved", by: "system", disposition: "answered-by-bot" };
const gone: EndingEvent = { kind: "resolved", by: "system", disposition: "no-reply" };
const handedOver: EndingEvent = { kind: "handed-over" };
const reopened: EndingEvent = { kind: "reopened" };
const after = (...events: EndingEvent[]) => events.reduce<Resolution | null>(resolutionAfter, null);

describe("what a story comes to", () => {
  test.each<[string, EndingEvent[], Resolution | null]>([
    ["the contact said solved", [solvedByContact], "confirmed"],
    ["answered and quiet for a day", [quiet], "assumed"],
    ["never answered and quiet", [gone], "abandoned"],
    ["came back after it was assumed", [quiet, reopened], "reopened"],
    ["came back, then quiet again: still deducted", [quiet, reopened, quiet], "reopened"],
    ["came back and went to a person", [solvedByContact, reopened, handedOver], "handed-over"],
    [
      "a person settled it",
      [handedOver, { kind: "resolved", by: "agent", disposition: "solved" }],
      "handed-over",
    ],
    ["left the queue", [handedOver, { kind: "abandoned" }, gone], "abandoned"],
    ["a good rating of what was assumed", [quiet, { kind: "rated", score: 5 }], "confirmed"],
    ["a bad rating of what was assumed", [quiet, { kind: "rated", score: 1 }], "reopened"],
    ["a middling rating says nothing", [quiet, { kind: "rated", score: 3 }], "assumed"],
    ["spam does not count", [{ kind: "resolved", by: "agent", disposition: "spam" }], null],
    [
      "an agent closed what the bot had solved",
      [{ kind: "resolved", by: "agent", disposition: "solved" }],
      "assumed",
    ],
  ])("%s", (_, events, expected) => expect(after(...events)).toBe(expected));
});

test("whatever happens, who was handed over or came back is never counted as solved by the bot afterwards", () => {
  const event = oneof(
    constant(handedOver),
    constant<EndingEvent>({ kind: "abandoned" }),
    constant(reopened),
    record({ kind: constant("rated" as const), score: integer({ min: 1, max: 5 }) }),
    record({
      kind: constant("resolved" as const),
      by: constantFrom("agent" as const, "bot" as const, "contact" as const, "system" as const),
      disposition: constantFrom(
        "solved" as const,
        "answered-by-bot" as const,
        "no-reply" as const,
        "other" as const,
      ),
    }),
  );
  void assert(
    property(array(event, { maxLength: 12 }), (events) => {
      const states = events.map((_, at) => after(...events.slice(0, at + 1)));
      const deducted = states.findIndex((state) => state === "handed-over" || state === "reopened");
      if (deducted >= 0)
        for (const [at, state] of states.slice(deducted).entries()) {
          const sinceAbandoned = states.slice(deducted, deducted + at + 1).includes("abandoned");
          if (!sinceAbandoned) expect(["confirmed", "assumed"]).not.toContain(state);
        }
      for (const state of states) if (state !== null) expect(resolutions).toContain(state);
    }),
  );
});
