/**
 * Mails of the server itself: invitations, notices, recovery. (The e-mail channel is another matter.)
 *
 * By YINGDA_SMTP_URL, always over verified TLS: smtps://, or smtp:// with STARTTLS required. `?tls=off` is
 * allowed for a relay on this machine only, `?ca=/path.pem` adds a certificate authority. One connection per
 * mail, nodemailer loaded at the first. Nothing throws: the outcome says what is known, see MailOutcome.
 */
import { readFile } from "node:fs/promises";
import { PassThrough } from "node:stream";
import type { Config } from "../config.ts";
import { StartupError } from "../errors.ts";

export type Mail = {
  /** One address, nothing else in it. */
  to: string;
  subject: string;
  text: string;
  html?: string;
};

export type MailRefusal = "not-configured" | "address" | "sign-in" | "tls" | "unreachable" | "server";

export type MailOutcome =
  /** The server has taken it on. */
  | { kind: "accepted"; messageId: string }
  /** It did not go out. `status` is the SMTP reply where there was one. */
  | { kind: "refused"; because: MailRefusal; retryable: boolean; status?: number }
  /** All of it was sent but the answer never came: it may have gone out, so it is not sent again by itself. */
  | { kind: "unknown" };

export interface Mailer {
  readonly isConfigured: boolean;
  send(mail: Mail): Promise<MailOutcome>;
}

const connectTimeoutMs = 10_000;
const answerTimeoutMs = 30_000;

type Server = {
  host: string;
  port: number;
  isTlsFirst: boolean;
  isTlsOff: boolean;
  caFile: string | undefined;
  auth: { user: string; pass: string } | undefined;
};

/** Throws StartupError config-invalid when the URL asks for something we do not do. */
export function createMailer(smtp: Config["smtp"], timeOuts = { connectTimeoutMs, answerTimeoutMs }): Mailer {
  if (smtp === null) {
    const refused = { kind: "refused", because: "not-configured", retryable: false } as const;
    return { isConfigured: false, send: async () => refused };
  }
  const server = parseSmtpUrl(smtp.url);
  return { isConfigured: true, send: (mail) => sendMail(server, smtp.from, mail, timeOuts) };
}

async function sendMail(
  server: Server,
  from: string,
  mail: Mail,
  timeOuts: { connectTimeoutMs: number; answerTimeoutMs: number },
): Promise<MailOutcome> {
  const { createTransport } = await import("nodemailer");
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.isTlsFirst,
    requireTLS: !server.isTlsFirst && !server.isTlsOff,
    ignoreTLS: server.isTlsOff,
    ...(server.auth === undefined ? {} : { auth: server.auth }),
    tls: {
      minVersion: "TLSv1.2",
      rejectUnauthorized: true,
      ...(server.caFile === undefined ? {} : { ca: await readFile(server.caFile, "utf8") }),
    },
    connectionTimeout: timeOuts.connectTimeoutMs,
    greetingTimeout: timeOuts.connectTimeoutMs,
    socketTimeout: timeOuts.answerTimeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  let isAllSent = false;
  // The content is read only after the server asked for it; when its end was read, the server may have it all.
  transport.use("stream", (composed, done) => {
    composed.message.transform(() => {
      const watched = new PassThrough();
      watched.once("end", () => {
        isAllSent = true;
      });
      return watched;
    });
    done();
  });
  try {
    const sent = await transport.sendMail({
      from,
      to: { name: "", address: mail.to }, // as an object, so that a comma in it cannot add recipients
      subject: mail.subject,
      text: mail.text,
      ...(mail.html === undefined ? {} : { html: mail.html }),
      headers: { "Auto-Submitted": "auto-generated" },
    });
    return { kind: "accepted", messageId: sent.messageId };
  } catch (error) {
    return outcomeOf(error, isAllSent);
  } finally {
    transport.close();
  }
}

type SmtpError = Error & { code?: string; responseCode?: number; permanent?: boolean; originalCode?: string };

function outcomeOf(error: unknown, isAllSent: boolean): MailOutcome {
  if (!(error instanceof Error)) throw error;
  const { code = "", responseCode: status, permanent, originalCode = "" }: SmtpError = error;
  if (status === undefined && isAllSent) return { kind: "unknown" };
  const refused = (because: MailRefusal, retryable: boolean): MailOutcome => ({
    kind: "refused",
    because,
    retryable,
    ...(status === undefined ? {} : { status }),
  });
  if (code === "EAUTH" || code === "ENOAUTH") return refused("sign-in", permanent === false);
  if (code === "EENVELOPE") return refused("address", permanent === false);
  if (code === "ETLS" || /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/.test(originalCode + code))
    return refused("tls", false);
  if (status !== undefined) return refused("server", permanent === false);
  if (code === "ECONFIG" || code === "EFILEACCESS") return refused("server", false);
  return refused("unreachable", true);
}

const loopback = new Set(["localhost", "127.0.0.1", "[::1]", "::1"]);

function parseSmtpUrl(text: string): Server {
  const url = URL.parse(text);
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === "")
    throw invalid("不是有效的地址", "is not a valid address");
  const isTlsOff = url.searchParams.get("tls") === "off";
  if (isTlsOff && !loopback.has(url.hostname))
    throw invalid("tls=off 只能用于本机的邮件服务", "allows tls=off for a mail server on this machine only");
  const isTlsFirst = url.protocol === "smtps:";
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port || (isTlsFirst ? 465 : 587)),
    isTlsFirst,
    isTlsOff,
    caFile: url.searchParams.get("ca") ?? undefined,
    auth:
      url.username === ""
        ? undefined
        : { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
  };
}

function invalid(zh: string, en: string): StartupError {
  return new StartupError("config-invalid", { zh: `YINGDA_SMTP_URL ${zh}。`, en: `YINGDA_SMTP_URL ${en}.` });
}
