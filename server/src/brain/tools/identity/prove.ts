// One-time codes: six digits to an address, good for ten minutes and five tries, at most five an hour per conversation. They
// go out by the shop's own hook, a connected tool named identity.send-code (address, code, way), or by e-mail where the
// server can send it. The row is written before the code goes out, so a crash never leaves a code that cannot be counted.

import { createHash, randomBytes, randomInt, timingSafeEqual } from "node:crypto";
import { getTenant } from "../../../accounts/index.ts";
import type { Ctx } from "../../../platform/context.ts";
import { transact } from "../../../platform/db/index.ts";
import type { ToolAnswer } from "../../flows/run/flow-run.ts";
import { proofTools } from "../../flows/turn/shop-flows.ts";
import { callTool } from "../call/call-tool.ts";
import { noteCall } from "../shop/call-log.ts";
import { openConnection } from "../shop/definitions.ts";
import type { ConnectedTools } from "../shop/tool-cache.ts";
import { countSends, lockProof, noteTry, type ProofRow, putProof } from "./proof-store.ts";

const goodForMs = 10 * 60_000;
const hourMs = 3_600_000;
const mostTries = 5;
const mostSends = 5;
/** Over all conversations of a shop: whoever writes with many names does not spend its text messages. */
const mostSendsOfShop = 200;
/** A proof counts as long as a visit; then it is asked for again. */
const provedForMs = 2 * hourMs;

const placeOf = (id: string) => ({ table: "identity_proof", column: "sealed_address", row: id });
export const proofSealedColumn = {
  table: "identity_proof",
  column: "sealed_address",
  rowFrom: ["conversation_id"],
};

/** The address that was proved in this conversation; null when none is, or it was too long ago. */
export async function provedAddress(ctx: Ctx, conversationId: string): Promise<string | null> {
  const row = await transact(ctx, (tx) => lockProof(tx, ctx.tenantId, conversationId));
  if (!row?.proved_at || ctx.clock.nowMs() - row.proved_at.getTime() > provedForMs) return null;
  return addressOf(ctx, conversationId, row);
}

/** "refused": too many. "unavailable": it did not go out, or there is no address to send to again. */
export async function sendCode(
  ctx: Ctx,
  connected: ConnectedTools,
  conversationId: string,
  given: string | null,
  signal: AbortSignal,
): Promise<ToolAnswer> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  const code = String(randomInt(0, 1_000_000)).padStart(6, "0");
  const now = ctx.clock.now();
  const before = await transact(ctx, (tx) => lockProof(tx, ctx.tenantId, conversationId));
  const address = given ?? (before ? await addressOf(ctx, conversationId, before) : null);
  if (address === null) return { kind: "failure", why: "unavailable" };
  const salt = randomBytes(16);
  const fresh = {
    sealed_address: vault.seal(placeOf(conversationId), address),
    salt,
    code_hash: hashOf(salt, code),
    expires_at: new Date(now.getTime() + goodForMs),
  };
  const isAllowed = await transact(ctx, async (tx) => {
    const row = await lockProof(tx, ctx.tenantId, conversationId);
    const hourAgo = new Date(now.getTime() - hourMs);
    const isThisHour = row !== undefined && row.sends_since > hourAgo;
    const sends = isThisHour ? row.sends : 0;
    if (sends >= mostSends || (await countSends(tx, ctx.tenantId, hourAgo)) >= mostSendsOfShop) return false;
    const sends_since = isThisHour ? row.sends_since : now;
    await putProof(tx, ctx.tenantId, conversationId, { ...fresh, sends: sends + 1, sends_since });
    return true;
  });
  if (!isAllowed) return { kind: "failure", why: "refused" };
  const isSent = await goOut(ctx, connected, { address, code, conversationId }, signal);
  return isSent
    ? { kind: "result", fields: { to: masked(address) } }
    : { kind: "failure", why: "unavailable" };
}

/** "refused": wrong. "not-found": used up, over, or never sent. */
export async function checkCode(ctx: Ctx, conversationId: string, code: string): Promise<ToolAnswer> {
  return transact(ctx, async (tx): Promise<ToolAnswer> => {
    const row = await lockProof(tx, ctx.tenantId, conversationId);
    const now = ctx.clock.now();
    if (row === undefined || row.expires_at <= now || row.tries >= mostTries || row.proved_at !== null)
      return { kind: "failure", why: "not-found" };
    const isRight = timingSafeEqual(hashOf(row.salt, code), row.code_hash);
    await noteTry(tx, ctx.tenantId, conversationId, isRight ? now : null);
    return isRight ? { kind: "result", fields: {} } : { kind: "failure", why: "refused" };
  });
}

async function addressOf(ctx: Ctx, conversationId: string, row: ProofRow): Promise<string> {
  const vault = await ctx.vault.forTenant(ctx.tenantId);
  return vault.openText(placeOf(conversationId), row.sealed_address);
}

function hashOf(salt: Buffer, code: string): Buffer {
  return createHash("sha256").update(salt).update(code).digest();
}

async function goOut(
  ctx: Ctx,
  connected: ConnectedTools,
  { address, code, conversationId }: { address: string; code: string; conversationId: string },
  signal: AbortSignal,
): Promise<boolean> {
  const way = address.includes("@") ? "email" : "sms";
  const hook = connected.get(proofTools.send);
  if (hook !== undefined) {
    const vault = await ctx.vault.forTenant(ctx.tenantId);
    const tool = { ...hook.tool, redact: [...hook.tool.redact, "code", "address"] };
    const connection = openConnection(vault, hook.connection);
    const given = { tool, connection, input: { address, code, way }, key: `code:${conversationId}:${code}` };
    const result = await callTool(ctx, given, signal);
    const about = { toolId: tool.id, toolName: tool.name, by: "flow", flow: null, conversationId } as const;
    await noteCall(ctx, about, result);
    return result.state === "done";
  }
  if (way !== "email" || !ctx.mailer.isConfigured) return false;
  const { name } = await getTenant(ctx);
  const outcome = await ctx.mailer.send({
    to: address,
    subject: `${name}：${code}`,
    text: `您的验证码是 ${code}，10 分钟内有效。不是您本人操作，请忽略。\nYour code is ${code}. It is good for 10 minutes. If it was not you, ignore it.`,
  });
  return outcome.kind === "accepted";
}

/** "138****0101", "l***@example.com": enough to know which, not to read it. */
function masked(address: string): string {
  const [name = "", domain] = address.split("@");
  if (domain !== undefined) return `${name.slice(0, 1)}***@${domain}`;
  return `${address.slice(0, 3)}****${address.slice(-4)}`;
}
