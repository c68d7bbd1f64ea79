import fc from "fast-check";
import { expect, test } from "vitest";
import { snippetOf } from "./snippet.ts";

test.each([
  ["短的就是全部", "全部", "短的就是全部"],
  [`${"前".repeat(50)}龍井茶${"后".repeat(200)}`, "龙井", `…${"前".repeat(20)}龍井茶${"后".repeat(77)}…`],
  [`${"前".repeat(200)}最后`, "最后", `…${"前".repeat(98)}最后`],
  ["ﬁne and well", "fine", "ﬁne and well"],
  ["one\n\n  two", "two", "one two"],
  ["nothing here", "absent", "nothing here"],
])("%s", (text, query, snippet) => {
  expect(snippetOf(text, query)).toBe(snippet);
});

test("is at most 100 characters and two dots, and never cuts a character", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme", maxLength: 400 }),
      fc.string({ maxLength: 5 }),
      (text, query) => {
        const snippet = snippetOf(text, query);
        expect([...snippet].length).toBeLessThanOrEqual(102);
        expect(snippet.isWellFormed()).toBe(text.isWellFormed() || snippet.isWellFormed());
      },
    ),
  );
});
