// Tells the owner that a customer wants a person and none is there: by e-mail, by the webhook of a group robot, or both.
// At most once in ten minutes, whatever happens, because an alert that rings all night is switched off.
import { getTenant } from "../accounts/index.ts";
import type { Ctx } from "../platform/context.ts";
import { type NamedStatement, once, type Tx, transact } from "../platform/db/index.ts";
import { ExternalError } from "../platform/errors.ts";
import { type AlertReason, alertText } from "./alert-texts.ts";
import { robotAnswer, robotBody } from "./robot-message.ts";

export type AlertResult = {
  way: "email" | "webhook";
  outcome: "accepted" | "refused" | "unknown";
  detail: string;
};

const quietMs = 10 * 60_000;
const timeoutMs = 8_000;

/** "too-soon": another one went out less than ten minutes ago. Throws nothing that happened outside: see the results. */
export async function alertOwner(ctx: Ctx, why: "closed" | "nobody"): Promise<AlertResult[] | "too-soon"> {
  const at = ctx.clock.now();
  if (await wasJustTold(ctx, at)) return "too-soon";
  const isDue = await transact(ctx, (tx) => takeTurn(tx, ctx.tenantId, at, new Date(at.getTime() - quietMs)));
  return isDue ? sendAlert(ctx, why) : "too-soon";
}

const lastAlert: NamedStatement = {
  name: "owner-alert-last",
  text: `select last_at as "lastAt" from owner_alert where tenant_id = $1`,
};

/** A look without a lock: on a busy night everybody asks, and whoever tries to take the turn waits for all before. */
async function wasJustTold(ctx: Ctx, at: Date): Promise<boolean> {
  const [last] = await once<{ lastAt: Date }>(ctx, lastAlert, [ctx.tenantId]);
  return last !== undefined && at.getTime() - last.lastAt.getTime() < quietMs;
}

/**
 * Both ways at once, without a limit, and without writing anything: for the button that tests them and for a disk that is full.
 * Empty when neither is configured.
 */
export async function sendAlert(ctx: Ctx, why: AlertReason): Promise<AlertResult[]> {
  const tenant = await getTenant(ctx);
  const { subject, text } = alertText(tenant.locale, why, tenant.name, ctx.config.publicUrl);
  const ways: Promise<AlertResult>[] = [];
  if (tenant.alertEmail) ways.push(byEmail(ctx, tenant.alertEmail, subject, text));
  if (tenant.alertWebhook) ways.push(byWebhook(ctx, tenant.alertWebhook, text));
  return Promise.all(ways);
}

async function byEmail(ctx: Ctx, to: string, subject: string, text: string): Promise<AlertResult> {
  const sent = await ctx.mailer.send({ to, subject, text });
  return { way: "email", outcome: sent.kind, detail: sent.kind === "refused" ? sent.because : "" };
}

async function byWebhook(ctx: Ctx, address: string, text: string): Promise<AlertResult> {
  if (!URL.canParse(address)) return { way: "webhook", outcome: "refused", detail: "address-invalid" };
  const url = new URL(address);
  try {
    const reply = await ctx.fetch("webhook", url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(robotBody(url, text)),
      timeoutMs,
      maxBytes: 64_000,
      maxRedirects: 0,
    });
    if (!reply.isOk) {
      await reply.discard();
      return { way: "webhook", outcome: "refused", detail: `http-${reply.status}` };
    }
    const answer = parseJson(await reply.text());
    const outcome = robotAnswer(url, answer);
    return { way: "webhook", outcome, detail: outcome === "accepted" ? "" : robotCode(answer) };
  } catch (error) {
    return { way: "webhook", ...failure(error) };
  }
}

function failure(error: unknown): { outcome: "refused" | "unknown"; detail: string } {
  if (!(error instanceof ExternalError)) throw error;
  const { failure: how, reason } = error.details;
  const detail = String(reason ?? how ?? error.code);
  return { outcome: how === "timed-out" || how === "broken-off" ? "unknown" : "refused", detail };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function robotCode(answer: unknown): string {
  const fields = typeof answer === "object" && answer !== null ? (answer as Record<string, unknown>) : {};
  return `code-${String(fields.errcode ?? fields.code ?? fields.StatusCode ?? "unknown")}`;
}

/** Compare-and-set on the last alert, so that two servers do not both ring. */
async function takeTurn(tx: Tx, tenantId: string, at: Date, before: Date): Promise<boolean> {
  const touched = await tx.run(
    `insert into owner_alert as a (tenant_id, last_at) values ($1, $2)
     on conflict (tenant_id) do update set last_at = excluded.last_at where a.last_at <= $3`,
    [tenantId, at, before],
  );
  return touched === 1;
}
