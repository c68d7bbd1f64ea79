// Who a line belongs to: one visitor of one inbox, proved by a token (or a signed-in customer's JWT), and what is known
// of the visit. Transport-independent: the socket keeps a session per line, the HTTP fallback makes one per request.
// Nothing is written before the first message: an unknown token is a visitor who has not spoken yet.
import { type ConversationId, channelCapabilities, type InboxId, type TenantId } from "@yingda/contract";
import {
  findInboxByKey,
  findVisitorConversation,
  getInbox,
  type InboxRecord,
} from "../../conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../../platform/context.ts";
import { once, transact } from "../../platform/db/index.ts";
import { AppError } from "../../platform/errors.ts";
import { newId } from "../../platform/ids.ts";
import { endpointOf } from "../receive-hook.ts";
import { isOriginAllowed } from "./origins.ts";
import { proveCustomer } from "./visitor-identity.ts";
import { dropPrevious, findVisitor, putVisitor, rotateToken, type VisitorRow } from "./visitor-store.ts";
import { hashVisitorToken, newVisitorToken } from "./visitor-token.ts";

export type Visitor = {
  /** The contact's id in this inbox: the visitor's id, or the signed-in customer's. */
  key: string;
  isVerified: boolean;
  name: string | null;
  /** Null for signed-in customers: their JWT is the proof. */
  token: { hash: Buffer; isStored: boolean } | null;
};

export type Session = {
  tenantId: TenantId;
  inboxId: InboxId;
  /** As the browser said it; "" when it said none. */
  origin: string;
  address: string;
  visitor: Visitor | null;
  conversationId: ConversationId | null;
  locale: "zh-CN" | "en";
  /** Unverified facts of link and page; null: nothing new to tell the record. */
  context: Record<string, string> | null;
};

export type Proof = { token: string | null; jwt?: string | undefined };

/** A token in use for this long is replaced at the next hello. */
const rotateAfterMs = 12 * 3_600_000;
/** How exactly "last seen" is kept. */
const seenAfterMs = 3_600_000;

/** "not-found": no such inbox, or it is no web chat. "off": switched off. "refused": a page that is not listed. */
export async function admit(
  services: Services,
  publicKey: string,
  page: { origin: string | null; isForeign: boolean },
  address: string,
): Promise<{ session: Session; inbox: InboxRecord } | "not-found" | "off" | "refused"> {
  const found = await findInboxByKey(services, publicKey);
  if (!found || channelCapabilities[found.inbox.channel].delivery !== "record") return "not-found";
  const { inbox, tenantId } = found;
  if (page.isForeign && !isOriginAllowed(page.origin, inbox.allowedOrigins)) return "refused";
  if (!inbox.isOn) return "off";
  const session: Session = {
    tenantId: tenantId as TenantId,
    inboxId: inbox.id,
    origin: page.origin ?? "",
    address,
    visitor: null,
    conversationId: null,
    locale: "zh-CN",
    context: null,
  };
  return { session, inbox };
}

export function sessionCtx(services: Services, session: Session): Ctx {
  return makeCtx(services, {
    tenantId: session.tenantId,
    actor: { kind: "visitor", visitorId: session.visitor?.key ?? "", inboxId: session.inboxId },
    address: session.address,
  });
}

/** The inbox as it is now. @throws inbox/off when it was switched off or deleted meanwhile. */
export async function currentInbox(ctx: Ctx, session: Session): Promise<InboxRecord> {
  const inbox = await getInbox(ctx, session.inboxId);
  if (!inbox?.isOn) throw new AppError("inbox/off");
  return inbox;
}

/**
 * Finds out who it is and which conversation they continue. Gives a token when one was made or replaced: the client
 * must keep it. @throws auth/token-invalid for a JWT that proves nothing.
 */
export async function prove(
  ctx: Ctx,
  session: Session,
  proof: Proof,
  rotates: boolean,
): Promise<{ newToken: string | null }> {
  const newToken = proof.jwt === undefined ? await proveToken(ctx, session, proof.token, rotates) : null;
  if (proof.jwt !== undefined) session.visitor = await provedVisitor(ctx, session, proof.jwt);
  const { visitor } = session;
  // a visitor without a row has said nothing yet
  const mayHaveSpoken = visitor !== null && (visitor.token === null || visitor.token.isStored);
  const found = mayHaveSpoken ? await findVisitorConversation(ctx, session.inboxId, visitor.key) : null;
  session.conversationId = found?.conversationId ?? null;
  return { newToken };
}

async function provedVisitor(ctx: Ctx, session: Session, jwt: string): Promise<Visitor> {
  const inbox = await currentInbox(ctx, session);
  const customer = await proveCustomer(jwt, inbox, endpointOf(ctx, inbox).secrets, ctx.clock.now());
  if (!customer) throw new AppError("auth/token-invalid");
  return { key: `customer:${customer.id}`, isVerified: true, name: customer.name, token: null };
}

async function proveToken(
  ctx: Ctx,
  session: Session,
  token: string | null,
  rotates: boolean,
): Promise<string | null> {
  const hash = hashVisitorToken(token);
  const [row] = hash ? await once<VisitorRow>(ctx, findVisitor, [hash]) : [];
  if (hash && row && isBoundHere(row, session)) {
    session.visitor = { key: row.id, isVerified: false, name: null, token: { hash, isStored: true } };
    return rotates ? refreshToken(ctx, session.visitor, row, hash) : null;
  }
  // another inbox's or another page's token is worth nothing here, and its hash is taken
  if (hash && !row) {
    session.visitor = {
      key: newId<string>(),
      isVerified: false,
      name: null,
      token: { hash, isStored: false },
    };
    return null;
  }
  return startAnew(session);
}

function startAnew(session: Session): string {
  const token = newVisitorToken();
  const hash = hashVisitorToken(token);
  if (!hash) throw new Error("a fresh token has the shape of a token");
  session.visitor = { key: newId<string>(), isVerified: false, name: null, token: { hash, isStored: false } };
  return token;
}

function isBoundHere(row: VisitorRow, session: Session): boolean {
  return row.inboxId === session.inboxId && (session.origin === "" || row.origin === session.origin);
}

async function refreshToken(
  ctx: Ctx,
  visitor: Visitor,
  row: VisitorRow,
  presented: Buffer,
): Promise<string | null> {
  const at = ctx.clock.now();
  const isOld = at.getTime() - row.rotatedAt.getTime() > rotateAfterMs;
  // the one before again: the client never got the new one, so it is given another
  if (isOld || row.isPrevious) {
    const token = newVisitorToken();
    const hash = hashVisitorToken(token);
    if (!hash || !(await transact(ctx, (tx) => rotateToken(tx, row.id, presented, hash, at)))) return null;
    visitor.token = { hash, isStored: true };
    return token;
  }
  const isStale = at.getTime() - row.lastSeenAt.getTime() > seenAfterMs;
  if (row.hasPrevious || isStale) await transact(ctx, (tx) => dropPrevious(tx, row.id, at));
  return null;
}

/** Whether another tab or request of the same visitor has made the row meanwhile; then this session is that visitor. */
export async function adoptStored(ctx: Ctx, session: Session): Promise<void> {
  const { visitor } = session;
  if (!visitor?.token || visitor.token.isStored) return;
  const [row] = await once<VisitorRow>(ctx, findVisitor, [visitor.token.hash]);
  if (row && isBoundHere(row, session))
    session.visitor = { ...visitor, key: row.id, token: { ...visitor.token, isStored: true } };
}

/** Before the first line of a visitor: from now on the token is known. True when the row is new. */
export async function storeVisitor(ctx: Ctx, session: Session): Promise<boolean> {
  const { visitor } = session;
  if (!visitor?.token || visitor.token.isStored) return false;
  const values = [
    ctx.tenantId,
    visitor.key,
    session.inboxId,
    visitor.token.hash,
    session.origin,
    ctx.clock.now(),
  ];
  // a row that another tab was just making is waited for, but a statement only sees what stood when it began: look again
  const [first] = await once<{ id: string }>(ctx, putVisitor, values);
  const [row] = first ? [first] : await once<{ id: string }>(ctx, putVisitor, values);
  if (!row) throw new AppError("auth/token-invalid");
  const isNew = row.id === visitor.key;
  session.visitor = { ...visitor, key: row.id, token: { ...visitor.token, isStored: true } };
  return isNew;
}
