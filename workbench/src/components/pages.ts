/**
 * The list of pages: address, permission, icon and place in the navigation. A page is shown only when its folder exists,
 * the person may open it and (where named) the shop has its feature switched on. Adding a page: a folder with index.tsx
 * and a line here.
 */
import type { Me, Permission } from "@yingda/contract";
import type { ComponentType } from "react";
import type { IconName } from "./Icon.tsx";

export type PageName =
  | "inbox"
  | "contacts"
  | "knowledge"
  | "flows"
  | "tools"
  | "bot"
  | "channels"
  | "members"
  | "hours"
  | "audit"
  | "status"
  | "backup"
  | "settings"
  | "usage"
  | "rehearsal"
  | "launch";

export type PageEntry = {
  name: PageName;
  icon: IconName;
  permission: Permission;
  /** Name in `tenant.features`; absent: always there. */
  feature?: string;
  /** "daily": in the rail and the phone's tabs; "owner": in the rail below a line, on the phone under "more". */
  group: "daily" | "owner";
};

export const pages: readonly PageEntry[] = [
  { name: "launch", icon: "launch", permission: "settings-write", group: "daily" },
  { name: "inbox", icon: "inbox", permission: "conversations-read", group: "daily" },
  { name: "contacts", icon: "contacts", permission: "contacts-read", group: "daily" },
  { name: "knowledge", icon: "knowledge", permission: "knowledge-read", group: "daily" },
  { name: "flows", icon: "flows", permission: "knowledge-read", group: "daily" },
  { name: "tools", icon: "tools", permission: "settings-read", group: "owner" },
  { name: "bot", icon: "bot", permission: "inboxes-write", group: "owner" },
  { name: "channels", icon: "channels", permission: "inboxes-write", group: "owner" },
  { name: "members", icon: "members", permission: "members-write", group: "owner" },
  { name: "hours", icon: "hours", permission: "settings-write", group: "owner" },
  { name: "audit", icon: "audit", permission: "audit-read", group: "owner" },
  // not /health: that address answers monitoring, as JSON
  { name: "status", icon: "health", permission: "health-read", group: "owner" },
  { name: "backup", icon: "backup", permission: "backup-write", group: "owner" },
  { name: "rehearsal", icon: "rehearsal", permission: "knowledge-read", group: "owner" },
  { name: "usage", icon: "usage", permission: "settings-write", group: "owner" },
  { name: "settings", icon: "settings", permission: "settings-write", group: "owner" },
];

type PageModule = { default: ComponentType };
const modules = import.meta.glob<PageModule>("../pages/*/index.tsx");

/** Loads a page's chunk; undefined when this build has no such folder. */
export function pageLoader(name: string): (() => Promise<PageModule>) | undefined {
  return modules[`../pages/${name}/index.tsx`];
}

/** The pages this person sees in the navigation, in order. */
export function visiblePages(me: Me): PageEntry[] {
  return pages.filter(
    (page) =>
      pageLoader(page.name) !== undefined &&
      me.permissions.includes(page.permission) &&
      (page.feature === undefined || me.tenant.features.includes(page.feature)),
  );
}
