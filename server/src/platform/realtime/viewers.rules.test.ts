import type { UserId } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import { remoteMs, replyingMs, Viewers } from "./viewers.ts";

const li = { userId: "li" as UserId, name: "小李", isReplying: false };

test("a view begins once per user, ends with the user's last line, and replying ends by itself", () => {
  const viewers = new Viewers();
  expect(viewers.move(null, "c1", li, 0)).toEqual(["c1"]);
  expect(viewers.move(null, "c1", li, 0)).toEqual([]);
  expect(viewers.move("c1", "c1", { ...li, isReplying: true }, 0)).toEqual(["c1"]);
  expect(viewers.eventOf("c1").users).toEqual([{ id: "li", name: "小李", isReplying: true }]);
  expect(viewers.expire(replyingMs - 1)).toEqual([]);
  expect(viewers.expire(replyingMs)).toEqual(["c1"]);
  expect(viewers.move("c1", null, li, 0)).toEqual([]);
  expect(viewers.move("c1", "c2", li, 0)).toEqual(["c1", "c2"]);
  expect(viewers.eventOf("c1").users).toEqual([]);
});

test("what another node says is replaced by what it says next, and runs out", () => {
  const viewers = new Viewers();
  viewers.hear("n2", "c1", [li], 0);
  viewers.hear("n2", "c1", [{ ...li, isReplying: true }], 10);
  expect(viewers.eventOf("c1").users).toEqual([{ id: "li", name: "小李", isReplying: true }]);
  expect(viewers.expire(10 + remoteMs)).toEqual(["c1"]);
  expect(viewers.isEmpty).toBe(true);
});

test("however lines move, everybody who looks is counted and nobody else", () => {
  const step = fc.record({ line: fc.nat(4), to: fc.constantFrom(null, "c1", "c2", "c3") });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const viewers = new Viewers();
      const at = new Map<number, string | null>();
      for (const { line, to } of steps) {
        // lines 0-1 are one user's two tabs
        const userId = `u${Math.max(1, line)}` as UserId;
        viewers.move(at.get(line) ?? null, to, { userId, name: userId, isReplying: false }, 0);
        at.set(line, to);
      }
      for (const conversationId of ["c1", "c2", "c3"]) {
        const expected = new Set(
          [...at].filter(([, to]) => to === conversationId).map(([line]) => `u${Math.max(1, line)}`),
        );
        expect(new Set(viewers.eventOf(conversationId).users.map(({ id }) => id))).toEqual(expected);
      }
    }),
  );
});
