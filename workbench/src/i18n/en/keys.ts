import type { LanguageWithSingular } from "../texts.ts";

export const keys: LanguageWithSingular["keys"] = {
  palette: "Quick actions",
  help: "Keyboard shortcuts",
  next: "Next conversation",
  previous: "Previous conversation",
  reply: "Reply",
  note: "Write a private note",
  assign: "Claim or transfer",
  resolve: "Resolve",
  snooze: "Snooze",
  search: "Search",
  send: "Send",
  newLine: "New line",
  quickReply: "Quick reply",
  close: "Close or go back",
  panel: "Customer details",
};
