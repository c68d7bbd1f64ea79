import { expect, test } from "vitest";
import { ApiError, addressOf, routes } from "./api.ts";
import { safeReturn } from "./pages/sign-in/safe-return.ts";

test("addresses carry escaped parameters and only the query values that are given", () => {
  expect(addressOf(routes.getThread, { params: { id: "a/b" }, query: { before: 5, limit: undefined } })).toBe(
    "/api/conversations/a%2Fb/messages?before=5",
  );
  expect(addressOf(routes.search, { query: { q: "L 码" } })).toBe("/api/search?q=L+%E7%A0%81");
  expect(addressOf(routes.me)).toBe("/api/me");
});

test("only failures that pass by themselves are tried again", () => {
  expect(new ApiError("offline", 0).isPassing).toBe(true);
  expect(new ApiError("platform/unavailable", 503).isPassing).toBe(true);
  expect(new ApiError("conversation/newer-reply", 409).isPassing).toBe(false);
});

test("a sign-in leads back to our own pages only", () => {
  expect(safeReturn("/inbox/abc?list=queue")).toBe("/inbox/abc?list=queue");
  for (const from of [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
    "",
    undefined,
  ])
    expect(safeReturn(from)).toBe("/inbox");
});
