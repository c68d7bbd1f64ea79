// HTTP of accounts: set-up, sign-in, members, invitations, keys, audit, tenant settings.
import { type Me, rolePermissions, routes } from "@yingda/contract";
import type { FastifyReply, FastifyRequest } from "fastify";
import { type Ctx, makeCtx, type Services } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { AppError } from "../platform/errors.ts";
import {
  addressOf,
  clearSessionToken,
  type HttpApp,
  register,
  writeSessionToken,
} from "../platform/http/index.ts";
import { createApiKey, listApiKeys, revokeApiKey } from "./api-keys.ts";
import { exportAudit, listAudit, verifyAudit } from "./audit/read-audit.ts";
import { createOwner, hasOwner, type PrepareTenant } from "./create-owner.ts";
import { acceptInvitation, invite, readInvitation } from "./invite.ts";
import { type LoadOfMembers, listMembers, presentMembers, updateMe, updateMember } from "./members.ts";
import { hasPermission, requireUser } from "./permissions.ts";
import { endSession, listSessions, signOut } from "./sessions.ts";
import { type SignedInUser, signIn } from "./sign-in.ts";
import { getTenant, updateTenant } from "./tenant-settings.ts";
import { confirmTotp, removeTotp, startTotp } from "./totp.ts";
import { findUser } from "./user-store.ts";

export interface AccountRoutesOptions {
  version: string;
  prepareTenant: PrepareTenant;
  loadOfMembers: LoadOfMembers;
  isRecoveryConfirmed(): Promise<boolean>;
  /** Ends the sockets of sessions that were revoked. */
  cutSessions(sessionIds: string[]): void;
  /** Base for links in invitations, without a slash at the end. */
  publicUrl(request: FastifyRequest): string;
}

const guessLimit = { name: "sign-in", count: 20, perSeconds: 60 };

export function accountRoutes(app: HttpApp, services: Services, options: AccountRoutesOptions): void {
  setUpRoutes(app, services, options);
  ownRoutes(app, options);
  memberRoutes(app, options);
  settingRoutes(app, options);
}

async function presentMe(ctx: Ctx, options: AccountRoutesOptions): Promise<Me> {
  const actor = requireUser(ctx);
  const row = await transact(ctx, (tx) => findUser(tx, ctx.tenantId, actor.userId));
  if (!row) throw new AppError("user/not-found");
  const [user] = await presentMembers(ctx, [row], options.loadOfMembers);
  if (!user) throw new AppError("user/not-found");
  const { alertEmail, alertWebhook, ...tenant } = await getTenant(ctx);
  const maySee = hasPermission(ctx, "settings-write");
  return {
    user,
    tenant: { ...tenant, alertEmail: maySee ? alertEmail : null, alertWebhook: maySee ? alertWebhook : null },
    permissions: [...rolePermissions[row.role]],
    recoveryKeyConfirmed: await options.isRecoveryConfirmed(),
  };
}

function deviceOf(request: FastifyRequest) {
  return { userAgent: request.headers["user-agent"] ?? "", address: addressOf(request) };
}

function setUpRoutes(app: HttpApp, services: Services, options: AccountRoutesOptions): void {
  const welcome = async (reply: FastifyReply, entered: SignedInUser): Promise<Me> => {
    writeSessionToken(reply, entered.session.token, entered.session.expiresAt);
    return presentMe(makeCtx(services, entered), options);
  };
  register(app, routes.setupState, async () => ({
    hasOwner: await hasOwner(services),
    version: options.version,
  }));
  register(
    app,
    routes.createOwner,
    async (_ctx, { body, request, reply }) =>
      welcome(
        reply,
        await createOwner(services, { ...body, device: deviceOf(request) }, options.prepareTenant),
      ),
    { limit: guessLimit },
  );
  register(
    app,
    routes.signIn,
    async (_ctx, { body, request, reply }) =>
      welcome(reply, await signIn(services, { ...body, device: deviceOf(request) })),
    { limit: guessLimit },
  );
  register(app, routes.readInvitation, (_ctx, { body }) => readInvitation(services, body.token), {
    limit: guessLimit,
  });
  register(
    app,
    routes.acceptInvitation,
    async (_ctx, { body, request, reply }) =>
      welcome(reply, await acceptInvitation(services, { ...body, device: deviceOf(request) })),
    { limit: guessLimit },
  );
}

function ownRoutes(app: HttpApp, options: AccountRoutesOptions): void {
  register(app, routes.signOut, async (ctx, { signedIn, reply }) => {
    await signOut(ctx, signedIn?.sessionId ?? "");
    options.cutSessions([signedIn?.sessionId ?? ""]);
    clearSessionToken(reply);
  });
  register(app, routes.me, (ctx) => presentMe(ctx, options));
  register(app, routes.updateMe, async (ctx, { body, signedIn }) => {
    const { endedSessions } = await updateMe(ctx, body, signedIn?.sessionId ?? "");
    options.cutSessions(endedSessions);
    return presentMe(ctx, options);
  });
  register(app, routes.listSessions, (ctx, { signedIn }) => listSessions(ctx, signedIn?.sessionId ?? ""));
  register(app, routes.revokeSession, async (ctx, { params }) => {
    await endSession(ctx, params.id);
    options.cutSessions([params.id]);
  });
  register(app, routes.startTotp, (ctx) => startTotp(ctx));
  register(app, routes.confirmTotp, (ctx, { body }) => confirmTotp(ctx, body.code));
  register(app, routes.removeTotp, (ctx, { body }) => removeTotp(ctx, body.password));
}

function memberRoutes(app: HttpApp, options: AccountRoutesOptions): void {
  register(app, routes.listMembers, (ctx) => listMembers(ctx, options.loadOfMembers));
  register(app, routes.updateMember, async (ctx, { params, body }) => {
    const { row, cutSessions } = await updateMember(ctx, params.id, body);
    options.cutSessions(cutSessions);
    const [member] = await presentMembers(ctx, [row], options.loadOfMembers);
    if (!member) throw new AppError("user/not-found");
    return member;
  });
  register(app, routes.invite, async (ctx, { body, request }) => {
    const { token, expiresAt } = await invite(ctx, body);
    return { url: `${options.publicUrl(request)}/invitation#${token}`, expiresAt: expiresAt.toISOString() };
  });
  register(app, routes.listApiKeys, (ctx) => listApiKeys(ctx));
  register(app, routes.createApiKey, (ctx, { body }) => createApiKey(ctx, body));
  register(app, routes.revokeApiKey, (ctx, { params }) => revokeApiKey(ctx, params.id));
}

function settingRoutes(app: HttpApp, options: AccountRoutesOptions): void {
  register(app, routes.listAudit, (ctx, { query }) => listAudit(ctx, query));
  register(app, routes.verifyAudit, (ctx) => verifyAudit(ctx));
  register(app, routes.exportAudit, async (ctx) => ({ body: await exportAudit(ctx), name: "audit.csv" }));
  register(app, routes.updateTenant, async (ctx, { body }) => {
    await updateTenant(ctx, body);
    return presentMe(ctx, options);
  });
}
