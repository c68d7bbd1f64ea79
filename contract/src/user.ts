// People who sign in, what they may do, and how they are shown.
import { z } from "zod";
import { apiKeyId, instant, userId } from "./ids.ts";

export const roles = ["owner", "admin", "supervisor", "agent", "viewer"] as const;
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** What can be allowed; a role is a set of these, and so is an API key's scope list. */
export const permissions = [
  "conversations-read",
  "conversations-reply",
  "conversations-assign",
  "contacts-read",
  "contacts-write",
  "contacts-erase",
  "knowledge-read",
  "knowledge-write",
  "knowledge-publish",
  "inboxes-read",
  "inboxes-write",
  "members-read",
  "members-write",
  "settings-read",
  "settings-write",
  "audit-read",
  "backup-write",
  "keys-write",
  "health-read",
] as const;
export const permission = z.enum(permissions);
export type Permission = z.infer<typeof permission>;

const everything: readonly Permission[] = permissions;
export const rolePermissions: Record<Role, readonly Permission[]> = {
  owner: everything,
  admin: everything.filter((name) => name !== "keys-write"),
  supervisor: [
    "conversations-read",
    "conversations-reply",
    "conversations-assign",
    "contacts-read",
    "contacts-write",
    "knowledge-read",
    "knowledge-write",
    "knowledge-publish",
    "inboxes-read",
    "members-read",
    "settings-read",
    "audit-read",
    "health-read",
  ],
  agent: [
    "conversations-read",
    "conversations-reply",
    "contacts-read",
    "contacts-write",
    "knowledge-read",
    "inboxes-read",
    "members-read",
    "settings-read",
  ],
  viewer: ["conversations-read", "contacts-read", "knowledge-read", "members-read", "settings-read"],
};

export const presences = ["available", "busy", "away"] as const;
export const presence = z.enum(presences);
export type Presence = z.infer<typeof presence>;

export const member = z.object({
  id: userId,
  name: z.string(),
  email: z.string().nullable(),
  role,
  presence,
  capacity: z.int(),
  openCount: z.int(),
  isDemo: z.boolean(),
  isActive: z.boolean(),
  hasTotp: z.boolean(),
  lastSeenAt: instant.nullable(),
});
export type Member = z.infer<typeof member>;

export const me = z.object({
  user: member,
  tenant: z.object({
    id: z.string(),
    name: z.string(),
    timeZone: z.string(),
    locale: z.string(),
    isSetUp: z.boolean(),
    hasDemo: z.boolean(),
    features: z.array(z.string()),
    retentionDays: z.int().nullable(),
    /** Null for those who may not change settings. */ alertEmail: z.string().nullable(),
    alertWebhook: z.string().nullable(),
  }),
  permissions: z.array(permission),
  recoveryKeyConfirmed: z.boolean(),
});
export type Me = z.infer<typeof me>;

export const apiKey = z.object({
  id: apiKeyId,
  name: z.string(),
  scopes: z.array(permission),
  lastFour: z.string(),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
  revokedAt: instant.nullable(),
});
export type ApiKey = z.infer<typeof apiKey>;

export const signedInSession = z.object({
  id: z.string(),
  device: z.string(),
  address: z.string(),
  createdAt: instant,
  lastSeenAt: instant,
  isCurrent: z.boolean(),
});
export type SignedInSession = z.infer<typeof signedInSession>;

export const password = z.string().min(10).max(200);
export const account = z.string().trim().min(2).max(200);
