import type { LanguageWithSingular } from "../texts.ts";

export const nav: LanguageWithSingular["nav"] = {
  label: "Main navigation",
  inbox: "Inbox",
  contacts: "Contacts",
  knowledge: "Knowledge",
  flows: "Flows",
  tools: "Tools",
  channels: "Channels",
  members: "Members",
  hours: "Hours",
  audit: "Audit log",
  status: "Health",
  backup: "Backup and keys",
  rehearsal: "Rehearsal",
  usage: "Usage",
  settings: "Settings",
  launch: "First steps",
  bot: "Bot",
  more: "More",
  me: "Me",
  setup: "Setup",
};
