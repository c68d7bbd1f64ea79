import fc from "fast-check";
import { expect, test } from "vitest";
import { someConversation } from "../live/testing.ts";
import { type Command, isSingleKey, keysOf } from "./commands.ts";
import { nextIndex } from "./PopMenu.tsx";
import { placePopup } from "./place-popup.ts";
import { matchCommands, matchConversations } from "./shell/palette-match.ts";
import { clockSpan, dayName } from "./time-words.ts";

const press = (key: string, change = {}) =>
  keysOf({ key, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...change });

test("key presses in the notation of commands", () => {
  expect(press("j")).toBe("j");
  expect(press("J", { shiftKey: true })).toBe("shift+j");
  expect(press("?", { shiftKey: true })).toBe("?");
  expect(press("k", { ctrlKey: true })).toBe("mod+k");
  expect(press("K", { metaKey: true })).toBe("mod+k");
  expect(press("ArrowDown", { altKey: true })).toBe("alt+ArrowDown");
  expect([isSingleKey("j"), isSingleKey("?"), isSingleKey("mod+k"), isSingleKey("alt+ArrowDown")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("a popup is always wholly on a screen that has room for it", () => {
  const size = fc.record({
    width: fc.integer({ min: 20, max: 300 }),
    height: fc.integer({ min: 20, max: 500 }),
  });
  const screen = { width: 360, height: 640 };
  const point = fc.record({ left: fc.integer({ min: 0, max: 320 }), top: fc.integer({ min: 0, max: 600 }) });
  fc.assert(
    fc.property(size, point, fc.constantFrom("below", "above", "beside"), (own, { left, top }, side) => {
      const from = { left, top, right: left + 40, bottom: top + 40, width: 40, height: 40 };
      const place = placePopup(from, own, side, screen);
      expect(place.left).toBeGreaterThanOrEqual(0);
      expect(place.top).toBeGreaterThanOrEqual(0);
      expect(place.left + own.width).toBeLessThanOrEqual(screen.width);
      expect(place.top + own.height).toBeLessThanOrEqual(screen.height);
    }),
  );
});

test("arrows go round, Home and End jump, other keys do nothing", () => {
  expect(nextIndex("ArrowDown", 2, 3)).toBe(0);
  expect(nextIndex("ArrowUp", 0, 3)).toBe(2);
  expect(nextIndex("End", 0, 3)).toBe(2);
  expect(nextIndex("x", 0, 3)).toBeNull();
  expect(nextIndex("ArrowDown", -1, 0)).toBeNull();
});

test("the palette finds every word, the nearest group first, and hides what cannot run", () => {
  const run = () => {};
  const commands: Command[] = [
    { id: "page", group: "anywhere", title: "知识库", words: "knowledge", run },
    { id: "resolve", group: "thread", title: "结束会话", words: "resolve", run },
    { id: "help-only", group: "composer", title: "换行", keys: "shift+Enter" },
    { id: "hidden", group: "anywhere", title: "快速操作", isHidden: true, run },
  ];
  expect(matchCommands(commands, "").map((command) => command.id)).toEqual(["resolve", "page"]);
  expect(matchCommands(commands, "KNOW").map((command) => command.id)).toEqual(["page"]);
  expect(matchCommands(commands, "结束 知识")).toEqual([]);
});

test("conversations are found by name, number and last words", () => {
  const all = [
    someConversation("a", { number: 1042 }),
    someConversation("b", {
      number: 7,
      contact: { id: "c" as never, name: "张伟", isNamed: true, language: null },
    }),
  ];
  expect(matchConversations(all, "#1042").map((one) => one.id)).toEqual(["a"]);
  expect(matchConversations(all, "张").map((one) => one.id)).toEqual(["b"]);
});

test("countdowns and days", () => {
  expect([0, 999, 61_000, 3_600_000].map(clockSpan)).toEqual(["0:00", "0:01", "1:01", "1:00:00"]);
  const now = new Date(2026, 0, 1, 0, 5);
  expect(dayName(new Date(2025, 11, 31, 23, 59), now).kind).toBe("yesterday");
  expect(dayName(new Date(2026, 0, 1, 0, 0), now).kind).toBe("today");
  expect(dayName(new Date(2025, 11, 30), now).kind).toBe("earlier");
});
