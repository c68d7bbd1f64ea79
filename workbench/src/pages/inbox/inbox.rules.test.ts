import type { CannedReply } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Sending } from "../../live/sending-queue.ts";
import { someMessage } from "../../live/testing.ts";
import { snoozeTimes } from "./actions/snooze-times.ts";
import { matchReplies, offerReplies, replaceSpan, slashAt } from "./composer/match-replies.ts";
import { isSend } from "./composer/send-keys.ts";
import { markWords } from "./list/mark-words.ts";
import { windowOf } from "./list/use-window.ts";
import { bytesText } from "./thread/bytes-text.ts";
import { linkPieces } from "./thread/link-pieces.ts";
import { lastReadSeq, threadRows } from "./thread/thread-rows.ts";
import { parseAddress } from "./use-address.ts";

const reply = (title: string, shortcut: string, text: string, usedCount = 0): CannedReply => ({
  id: title,
  title,
  shortcut,
  text,
  isShared: true,
  usedCount,
});
const replies = [
  reply("发货时间", "fh", "当天发出", 1),
  reply("退换货", "", "七天内可退", 9),
  reply("感谢", "fhx", "谢谢您", 3),
];
const initials = (text: string) => ({ 发货时间: "fhsj", 退换货: "thh", 感谢: "gx" })[text] ?? "";
const titles = (found: readonly CannedReply[]) => found.map((one) => one.title);

test("quick replies are found by shortcut, title, initials and text, in that order", () => {
  expect(titles(matchReplies(replies, "fh", initials))).toEqual(["发货时间", "感谢"]);
  expect(titles(matchReplies(replies, "th", initials))).toEqual(["退换货"]);
  expect(titles(matchReplies(replies, "七天", initials))).toEqual(["退换货"]);
  expect(titles(matchReplies(replies, "", initials))).toEqual(["退换货", "感谢", "发货时间"]);
  expect(matchReplies(replies, "没有", initials)).toEqual([]);
});

test("the slash is found at the start and after a space, not inside an address or word", () => {
  expect(slashAt("/fh", 3)).toEqual({ word: "fh", from: 0, to: 3 });
  expect(slashAt("您好 /", 4)).toEqual({ word: "", from: 3, to: 4 });
  expect(slashAt("https://a.b", 11)).toBeNull();
  expect(slashAt("1/2", 3)).toBeNull();
  expect(slashAt("/fh 然后", 6)).toBeNull();
});

test("replies are offered while typing, not for one letter and not for what is already written", () => {
  expect(titles(offerReplies(replies, "七天"))).toEqual(["退换货"]);
  expect(titles(offerReplies(replies, "关于发货时间"))).toEqual(["发货时间"]);
  expect(offerReplies(replies, "七")).toEqual([]);
  expect(offerReplies(replies, "七天内可退")).toEqual([]);
});

test("a chosen reply takes the place of the slash word", () => {
  expect(replaceSpan("您好 /fh 请看", 3, 6, "当天发出")).toEqual({ text: "您好 当天发出 请看", caret: 7 });
});

test("Enter sends only when it may: never in a composition, never with Shift", () => {
  const press = {
    key: "Enter",
    shiftKey: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    isComposing: false,
    keyCode: 13,
  };
  expect(isSend(press, "enter")).toBe(true);
  expect(isSend(press, "ctrl-enter")).toBe(false);
  expect(isSend({ ...press, ctrlKey: true }, "ctrl-enter")).toBe(true);
  expect(isSend({ ...press, shiftKey: true }, "enter")).toBe(false);
  expect(isSend({ ...press, isComposing: true }, "enter")).toBe(false);
  expect(isSend({ ...press, keyCode: 229 }, "enter")).toBe(false);
  expect(isSend({ ...press, key: "a" }, "enter")).toBe(false);
});

test("links are web and mail addresses only, end before Chinese words, and lose no letter", () => {
  const [, link, rest] = linkPieces("看这里https://a.cn/x?y=1，谢谢");
  expect([link?.href, rest?.text]).toEqual(["https://a.cn/x?y=1", "，谢谢"]);
  expect(linkPieces("javascript:alert(1)").every((piece) => piece.href === null)).toBe(true);
  expect(linkPieces("写信给 lin@example.com。")[1]?.href).toBe("mailto:lin@example.com");
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."ab .:/?#@-_,。，()http") }), (text) => {
      const pieces = linkPieces(text);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      for (const piece of pieces) if (piece.href) expect(piece.href).toMatch(/^(https?:|mailto:)/i);
    }),
  );
});

test("marking words cuts nothing away and survives any pattern signs", () => {
  expect(markWords("L 码有货吗", "码 货")).toEqual([
    { text: "L ", isHit: false },
    { text: "码", isHit: true },
    { text: "有", isHit: false },
    { text: "货", isHit: true },
    { text: "吗", isHit: false },
  ]);
  fc.assert(
    fc.property(fc.string(), fc.string(), (text, words) => {
      const pieces = markWords(text, words);
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
    }),
  );
});

test("the thread has a line per day, one line before the first unread, and runs of one author", () => {
  const day = 86_400_000;
  const messages = [1, 2, 3].map((seq) => someMessage("a", seq));
  const next = someMessage("a", 4, {
    createdAt: new Date(Date.parse(messages[0]?.createdAt ?? "") + 2 * day).toISOString(),
  });
  const kinds = threadRows([...messages, next], [], 2).map((row) => row.kind);
  expect(kinds).toEqual(["day", "message", "message", "new", "message", "day", "message"]);
  const firsts = threadRows(messages, [], null).flatMap((row) =>
    row.kind === "message" ? [row.isFirst] : [],
  );
  expect(firsts).toEqual([true, false, false]);
});

test("an echo goes when its message is there, keeps its key, and a stopped one is shown elsewhere", () => {
  const echo = (id: string, kind: "waiting" | "stopped"): Sending => ({
    clientMessageId: id,
    conversationId: "a",
    what: { kind: "note", text: "x" },
    writtenAtMs: 0,
    attempts: 0,
    state: { kind },
  });
  const arrived = someMessage("a", 1, { clientMessageId: "one" });
  const rows = threadRows(
    [arrived],
    [echo("one", "waiting"), echo("two", "waiting"), echo("three", "stopped")],
    null,
  );
  expect(rows.map((row) => row.key).slice(1)).toEqual(["one", "two"]);
});

test("read is written once, under the last reply that was seen", () => {
  const out = (seq: number) => someMessage("a", seq, { kind: "outbound" });
  expect(lastReadSeq([out(1), someMessage("a", 2), out(3), out(4)], 3)).toBe(3);
  expect(lastReadSeq([out(1)], 0)).toBeNull();
});

test("a window of a long list holds what is seen and little more", () => {
  expect(windowOf(0, 880, 88, 5_000)).toEqual({ from: 0, to: 18 });
  expect(windowOf(88 * 2_500, 880, 88, 5_000)).toEqual({ from: 2_492, to: 2_518 });
  expect(windowOf(0, 880, 88, 3)).toEqual({ from: 0, to: 3 });
  expect(windowOf(9_999_999, 880, 88, 10)).toEqual({ from: 10, to: 10 });
});

test("snooze times lie ahead and are never named twice", () => {
  fc.assert(
    fc.property(
      fc.date({ min: new Date(2026, 0, 1), max: new Date(2027, 0, 1), noInvalidDate: true }),
      (now) => {
        const times = snoozeTimes(now);
        for (const { at } of times) expect(at.getTime()).toBeGreaterThan(now.getTime());
        expect(new Set(times.map(({ name }) => name)).size).toBe(times.length);
        for (const { name, at } of times) if (name === "monday") expect(at.getDay()).toBe(1);
      },
    ),
  );
});

test("addresses: unknown tabs fall back, numbers in the search stay words", () => {
  expect(parseAddress(undefined, {})).toEqual({ list: "mine", conversationId: null, tag: null, words: null });
  expect(parseAddress("abc", { list: "queue", q: 2026 })).toEqual({
    list: "queue",
    conversationId: "abc",
    tag: null,
    words: "2026",
  });
  expect(parseAddress("", { list: "strange" }).list).toBe("mine");
});

test("sizes", () => {
  expect([823, 12_700, 3_250_000].map(bytesText)).toEqual(["823 B", "12.4 KB", "3.1 MB"]);
});
