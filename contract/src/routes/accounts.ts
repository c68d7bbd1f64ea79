// Sign-in, set-up, members, keys, audit.
import { z } from "zod";
import { apiKeyId, instant, userId } from "../ids.ts";
import { defineRoutes } from "../route.ts";
import { account, apiKey, me, member, password, permission, presence, role, signedInSession } from "../user.ts";

const byId = z.object({ id: userId });
const totpCode = z.string().trim().min(6).max(20);

export const auditEntry = z.object({
  seq: z.int(), at: instant, action: z.string(), actorKind: z.string(), actorId: z.string().nullable(), actorName: z.string().nullable(),
  subject: z.string(), subjectId: z.string().nullable(), details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])), address: z.string().nullable(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const accountRoutes = defineRoutes({
  setupState: { method: "GET", path: "/api/setup", access: "public", summary: "Whether an owner exists.", reply: z.object({ hasOwner: z.boolean(), version: z.string() }) },
  createOwner: {
    method: "POST", path: "/api/setup/owner", access: "public", summary: "Makes the first owner with the one-time token from the console.",
    body: z.object({ token: z.string().max(200), account, password, name: z.string().trim().max(60).default(""), locale: z.enum(["zh-CN", "en"]) }), reply: me,
  },
  signIn: {
    method: "POST", path: "/api/session", access: "public", summary: "Signs in with account and password, and a code where a second factor is on.",
    body: z.object({ account, password: z.string().max(200), code: totpCode.optional() }), reply: me,
  },
  signOut: { method: "DELETE", path: "/api/session", access: "signed-in", summary: "Signs out this session." },
  me: { method: "GET", path: "/api/me", access: "signed-in", summary: "Who is signed in and what they may do.", reply: me },
  updateMe: {
    method: "PATCH", path: "/api/me", access: "signed-in", summary: "Changes one's own name, e-mail, password.",
    body: z.object({ name: z.string().trim().min(1).max(60).optional(), email: z.email().nullable().optional(), password: z.object({ current: z.string().max(200), next: password }).optional() }), reply: me,
  },
  listSessions: { method: "GET", path: "/api/me/sessions", access: "signed-in", summary: "One's own sessions.", reply: z.array(signedInSession) },
  revokeSession: { method: "DELETE", path: "/api/me/sessions/:id", access: "signed-in", summary: "Ends one session.", params: z.object({ id: z.string() }) },
  startTotp: { method: "POST", path: "/api/me/totp", access: "signed-in", summary: "Begins a second factor: secret as otpauth URI and QR (data URL).", reply: z.object({ uri: z.string(), qr: z.string() }) },
  confirmTotp: { method: "PUT", path: "/api/me/totp", access: "signed-in", summary: "Confirms it; returns recovery codes, shown once.", body: z.object({ code: totpCode }), reply: z.object({ recoveryCodes: z.array(z.string()) }) },
  removeTotp: { method: "DELETE", path: "/api/me/totp", access: "signed-in", summary: "Turns the second factor off.", body: z.object({ password: z.string().max(200) }) },
  listMembers: { method: "GET", path: "/api/members", access: "members-read", apiKey: true, summary: "All members.", reply: z.array(member) },
  updateMember: {
    method: "PATCH", path: "/api/members/:id", access: "members-write", summary: "Changes role, capacity, name or whether they may sign in.", params: byId,
    body: z.object({ name: z.string().trim().min(1).max(60).optional(), role: role.optional(), capacity: z.int().min(1).max(100).optional(), isActive: z.boolean().optional() }), reply: member,
  },
  invite: {
    method: "POST", path: "/api/invitations", access: "members-write", summary: "Makes an invitation link (also for a demo agent by userId).",
    body: z.object({ name: z.string().trim().max(60).default(""), role, userId: userId.optional() }), reply: z.object({ url: z.string(), expiresAt: instant }),
  },
  readInvitation: { method: "POST", path: "/api/invitations/read", access: "public", summary: "Shows an invitation by its token.", body: z.object({ token: z.string().max(200) }), reply: z.object({ shopName: z.string(), role, name: z.string() }) },
  acceptInvitation: {
    method: "POST", path: "/api/invitations/accept", access: "public", summary: "Accepts it: account, password, name.",
    body: z.object({ token: z.string().max(200), account, password, name: z.string().trim().min(1).max(60) }), reply: me,
  },
  setPresence: { method: "PUT", path: "/api/me/presence", access: "signed-in", summary: "Available, busy or away.", body: z.object({ presence }), reply: z.object({ presence }) },
  listApiKeys: { method: "GET", path: "/api/api-keys", access: "settings-write", summary: "API keys.", reply: z.array(apiKey) },
  createApiKey: { method: "POST", path: "/api/api-keys", access: "settings-write", summary: "Makes a key, shown once.", body: z.object({ name: z.string().trim().min(1).max(60), scopes: z.array(permission).min(1) }), reply: z.object({ key: z.string(), apiKey }) },
  revokeApiKey: { method: "DELETE", path: "/api/api-keys/:id", access: "settings-write", summary: "Revokes a key.", params: z.object({ id: apiKeyId }) },
  listAudit: {
    method: "GET", path: "/api/audit", access: "audit-read", summary: "The audit log, newest first.",
    query: z.object({ before: z.coerce.number().int().optional(), limit: z.coerce.number().int().min(1).max(200).default(50), action: z.string().max(60).optional() }), reply: z.object({ entries: z.array(auditEntry), nextBefore: z.int().nullable() }),
  },
  verifyAudit: { method: "POST", path: "/api/audit/verify", access: "audit-read", summary: "Checks the whole chain.", reply: z.object({ ok: z.boolean(), entries: z.int(), brokenAt: z.int().nullable() }) },
  exportAudit: { method: "GET", path: "/api/audit/export", access: "audit-read", summary: "The audit log as CSV.", file: "text/csv" },
  updateTenant: {
    method: "PATCH", path: "/api/tenant", access: "settings-write", summary: "Shop name, time zone, language, retention, switches.",
    body: z.object({ name: z.string().trim().min(1).max(80).optional(), timeZone: z.string().max(60).optional(), locale: z.enum(["zh-CN", "en"]).optional(), retentionDays: z.int().min(30).max(3_650).nullable().optional(), isSetUp: z.boolean().optional(), alertEmail: z.email().nullable().optional(), alertWebhook: z.string().max(500).nullable().optional(), features: z.array(z.string()).optional() }), reply: me,
  },
  testAlert: { method: "POST", path: "/api/tenant/test-alert", access: "settings-write", summary: "Sends a test alert; says the true error.", reply: z.object({ results: z.array(z.object({ way: z.enum(["email", "webhook"]), outcome: z.enum(["accepted", "refused", "unknown"]), detail: z.string() })) }) },
});
