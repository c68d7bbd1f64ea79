// What of a past conversation becomes a script, what nobody may be named by, and what is expected of it.
import type { Content, ConversationId, Message, MessageId } from "@yingda/contract";
import { describe, expect, test } from "vitest";
import type { PastConversation } from "../../conversations/index.ts";
import { spread } from "./import-record.ts";
import { scriptOf } from "./script-of.ts";

type Line = [by: "contact" | "bot" | "agent", said: string | Content];

const begin = Date.parse("2026-11-20T02:00:00Z");
const faq = (slug: string): Content => ({
  kind: "text",
  text: "好的",
  citations: [{ kind: "faq", slug, title: slug, checkedOn: null }],
});
const pressed = (action: "not-solved" | "say", label: string): Content => ({
  kind: "choices",
  text: label,
  choices: [{ id: "x", label, action }],
});

function past(lines: Line[], changes: Partial<PastConversation> = {}): PastConversation {
  const messages = lines.map(
    ([by, said], at): Message => ({
      id: `m${at}` as MessageId,
      conversationId: "c" as ConversationId,
      seq: at + 1,
      kind: by === "contact" ? "inbound" : "outbound",
      author: { kind: by, id: null, name: by },
      content: typeof said === "string" ? { kind: "text", text: said } : said,
      clientMessageId: null,
      delivery: { status: "sent", reason: null },
      hasTrace: false,
      createdAt: new Date(begin + at * 60_000).toISOString(),
    }),
  );
  return {
    id: "c" as ConversationId,
    number: 1,
    createdAt: new Date(begin),
    handoff: null,
    isDisliked: false,
    messages,
    known: [],
    ...changes,
  };
}
const turnsOf = (made: PastConversation, isDisliked = false) =>
  scriptOf(made, (slug) => slug !== "gone", isDisliked)?.turns.map(({ customer, expect: wanted }) => [
    customer,
    wanted,
  ]);
const answered = (slug: string) => ({ outcome: "answered", faq: slug });
const at = (minute: number) => new Date(begin + minute * 60_000);

describe("what is expected", () => {
  test("an answer from an FAQ that nobody complained about; lines said together stand together", () => {
    const lines: Line[] = [
      ["contact", "你好"],
      ["contact", "多久发货"],
      ["bot", faq("shipping")],
      ["contact", "谢谢"],
    ];
    expect(turnsOf(past(lines))).toEqual([
      ["你好\n多久发货", answered("shipping")],
      ["谢谢", null],
    ]);
  });

  test.each<[string, Line[], Partial<PastConversation>, boolean]>([
    [
      "a low rating",
      [
        ["contact", "多久发货"],
        ["bot", faq("shipping")],
      ],
      { isDisliked: true },
      false,
    ],
    [
      "a complaint known elsewhere",
      [
        ["contact", "多久发货"],
        ["bot", faq("shipping")],
      ],
      {},
      true,
    ],
    [
      "not solved",
      [
        ["contact", "多久发货"],
        ["bot", faq("shipping")],
        ["contact", pressed("not-solved", "没解决")],
      ],
      {},
      false,
    ],
    [
      "an FAQ that is gone",
      [
        ["contact", "多久发货"],
        ["bot", faq("gone")],
      ],
      {},
      false,
    ],
    [
      "another source",
      [
        ["contact", "多久发货"],
        ["bot", "两天"],
      ],
      {},
      false,
    ],
    [
      "a person who answered",
      [
        ["contact", "多久发货"],
        ["agent", "两天"],
      ],
      {},
      false,
    ],
    [
      "handed over later for another reason",
      [
        ["contact", "多久发货"],
        ["bot", faq("shipping")],
      ],
      { handoff: { reason: "low-confidence", at: at(5) } },
      false,
    ],
  ])("nothing after %s", (_, lines, changes, isDisliked) =>
    expect(turnsOf(past(lines, changes), isDisliked)).toEqual([["多久发货", null]]),
  );

  test("who wished for a person is expected to get one; what was said to them is left out", () => {
    const lines: Line[] = [
      ["contact", "多久发货"],
      ["bot", faq("shipping")],
      ["contact", "转人工"],
      ["bot", "为您转接"],
      ["agent", "您好，我是小王"],
      ["contact", "我的还没到"],
    ];
    expect(turnsOf(past(lines, { handoff: { reason: "asked-for-human", at: at(2.5) } }))).toEqual([
      ["多久发货", null],
      ["转人工", { outcome: "handed-over" }],
    ]);
  });
});

describe("what is taken", () => {
  test("a shop without a bot: all that was asked; a button as its words; pictures and forms not", () => {
    const lines: Line[] = [
      ["contact", "在吗"],
      ["agent", "在"],
      ["contact", { kind: "form", purpose: "leave-message", fields: { phone: "13912345678" } }],
      ["contact", pressed("say", "怎么退货")],
      ["contact", { kind: "location", latitude: 1, longitude: 1, label: "家" }],
    ];
    expect(turnsOf(past(lines))).toEqual([
      ["在吗", null],
      ["怎么退货", null],
    ]);
    expect(scriptOf(past([["bot", "您好"]]), () => true, false)).toBeNull();
  });

  test("nobody is named: what is known of the contact, and what looks like it", () => {
    const made = scriptOf(
      past([["contact", "我是李雷，电话13912345678，会员号VIPLILEI，住深圳市南山区科技园南路8号"]], {
        known: ["李雷", "VIPLILEI"],
      }),
      () => true,
      false,
    );
    expect(made?.turns[0]?.customer).toBe("我是某某，电话13800000000，会员号Somebody，住深圳市某某路8号");
    expect(made?.masked).toEqual({ name: 2, phone: 1, address: 1 });
  });
});

test("an even sample spreads over all", () => {
  expect(spread([1, 2, 3, 4, 5, 6], 3)).toEqual([1, 3, 5]);
  expect(spread([1, 2], 5)).toEqual([1, 2]);
});
