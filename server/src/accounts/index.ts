// The door of accounts: who may do what, who is a member, and what is written down about it.

export { type ChainVerdict, verifyAudit } from "./audit/read-audit.ts";
export { type AuditRequest, requestAudit } from "./audit/request-audit.ts";
export { appendEntries, auditDays, auditHead, auditSubscriber, pruneAudit } from "./audit/write-chain.ts";
export { authenticateWith } from "./authenticate.ts";
export {
  addUser,
  createOwner,
  createTenant,
  hasOwner,
  issueSetupToken,
  type NewMember,
  type PrepareTenant,
  resetOwner,
} from "./create-owner.ts";
export { type LoadOfMembers, listMembersBrief, type MemberBrief, type MemberLoad } from "./members.ts";
export { findSession } from "./open-session.ts";
export { hasPermission, requirePermission, requireUser } from "./permissions.ts";
export { type AccountRoutesOptions, accountRoutes } from "./routes.ts";
export { accountSealedColumns } from "./sealed-columns.ts";
export { sweepAccounts } from "./sweep-accounts.ts";
export { getTenant, type TenantSettings, type TenantUpdate, updateTenant } from "./tenant-settings.ts";
export { listTenantIds, removeDemoMembers } from "./tenants.ts";
export { checkOwnPassword } from "./totp.ts";
