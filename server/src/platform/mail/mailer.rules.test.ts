// Against a real SMTP server with a certificate of our own making.
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { StartupError } from "../errors.ts";
import { makeSelfSigned } from "../net/index.ts";
import { createMailer, type Mail } from "./mailer.ts";

let folder: string;
let pair: { cert: string; key: string };
let received: { to: string[]; text: string; user: string | undefined; isSecure: boolean }[] = [];
const running: SMTPServer[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-mail-"));
  pair = await makeSelfSigned(["localhost", "127.0.0.1"], new Date());
  await writeFile(join(folder, "ca.pem"), pair.cert);
});
afterEach(async () => {
  received = [];
  for (const server of running.splice(0)) await new Promise<void>((resolve) => server.close(() => resolve()));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Answer = NonNullable<SMTPServerOptions["onData"]>;
const take: Answer = (stream, session, callback) => {
  const parts: Buffer[] = [];
  stream.on("data", (part: Buffer) => parts.push(part));
  stream.on("end", () => {
    const to = session.envelope.rcptTo.map(({ address }) => address);
    const user = typeof session.user === "string" ? session.user : undefined;
    received.push({ to, text: Buffer.concat(parts).toString("utf8"), user, isSecure: session.secure });
    callback(null);
  });
};
const failure = (responseCode: number) => Object.assign(new Error("no"), { responseCode });

async function serve(options: SMTPServerOptions = {}): Promise<number> {
  const server = new SMTPServer({
    key: pair.key,
    cert: pair.cert,
    authOptional: true,
    onAuth: (auth, _, callback) =>
      auth.password === "p@ss w0rd" ? callback(null, { user: auth.username }) : callback(failure(535)),
    onData: take,
    closeTimeout: 100,
    ...options,
  });
  server.on("error", () => undefined); // clients that break off are part of these tests
  server.listen(0, "127.0.0.1");
  await once(server.server, "listening");
  running.push(server);
  return (server.server.address() as AddressInfo).port;
}

const from = "应答 <no-reply@shop.example>";
const mail: Mail = {
  to: "li@shop.example",
  subject: "邀请你加入",
  text: "点击链接：https://kf.example/i#abc",
};
const fast = { connectTimeoutMs: 2_000, answerTimeoutMs: 500 };
const send = (url: string, what = mail) => createMailer({ url, from }, fast).send(what);
const ca = () => `ca=${encodeURIComponent(join(folder, "ca.pem"))}`;

describe("a mail", () => {
  test.each(["smtp", "smtps"])("goes out by %s over TLS, signed in", async (scheme) => {
    const port = await serve({ secure: scheme === "smtps", authOptional: false });
    const outcome = await send(`${scheme}://me%40shop:p%40ss%20w0rd@localhost:${port}?${ca()}`);
    expect(outcome).toEqual({ kind: "accepted", messageId: expect.stringMatching(/^<.+@.+>$/) });
    expect(received).toHaveLength(1);
    expect(received[0]).toMatchObject({ to: ["li@shop.example"], user: "me@shop", isSecure: true });
    expect(received[0]?.text).toContain("Auto-Submitted: auto-generated");
    expect(received[0]?.text).toContain("Subject: =?UTF-8?");
  });

  test("has one recipient and no extra headers, whatever stands in its fields", async () => {
    const url = `smtp://localhost:${await serve()}?${ca()}`;
    await send(url, { ...mail, subject: "Hi\r\nBcc: evil@example.com\r\n\r\nbody" });
    expect(received[0]?.to).toEqual(["li@shop.example"]);
    expect(received[0]?.text).not.toMatch(/^Bcc:/m);
    for (const to of ["li@shop.example, evil@example.com", "li@shop.example\r\nRCPT TO:<evil@example.com>"])
      await send(url, { ...mail, to });
    expect(received.flatMap((one) => one.to).filter((address) => address === "evil@example.com")).toEqual([]);
    expect(received.every((one) => one.to.length === 1)).toBe(true);
  });
});

describe("TLS is verified", () => {
  test("an unknown certificate, another host name and a server without TLS are refused", async () => {
    const port = await serve();
    expect(await send(`smtp://localhost:${port}`)).toEqual({
      kind: "refused",
      because: "tls",
      retryable: false,
    });
    const other = await makeSelfSigned(["mail.example"], new Date());
    await writeFile(join(folder, "other.pem"), other.cert);
    const named = await serve({ ...other });
    const wrongName = await send(
      `smtp://localhost:${named}?ca=${encodeURIComponent(join(folder, "other.pem"))}`,
    );
    expect(wrongName).toEqual({ kind: "refused", because: "tls", retryable: false });
    const plain = await serve({ disabledCommands: ["STARTTLS"], hideSTARTTLS: true });
    expect(await send(`smtp://localhost:${plain}?${ca()}`)).toMatchObject({
      kind: "refused",
      because: "tls",
    });
    expect(received).toEqual([]);
  });

  test("may be off for this machine only", async () => {
    const port = await serve({ disabledCommands: ["STARTTLS"], hideSTARTTLS: true });
    expect(await send(`smtp://127.0.0.1:${port}?tls=off`)).toMatchObject({ kind: "accepted" });
    expect(() => createMailer({ url: "smtp://mail.example:25?tls=off", from })).toThrow(StartupError);
    expect(() => createMailer({ url: "http://mail.example", from })).toThrow(StartupError);
  });
});

describe("what is known about a failure", () => {
  test("refusals say why and whether trying again helps", async () => {
    const busy = await serve({ onRcptTo: (_, __, callback) => callback(failure(451)) });
    expect(await send(`smtp://localhost:${busy}?${ca()}`)).toEqual({
      kind: "refused",
      because: "address",
      retryable: true,
      status: 451,
    });
    const unknownUser = await serve({ onRcptTo: (_, __, callback) => callback(failure(550)) });
    expect(await send(`smtp://localhost:${unknownUser}?${ca()}`)).toEqual({
      kind: "refused",
      because: "address",
      retryable: false,
      status: 550,
    });
    const spam = await serve({
      onData: (stream, _, callback) => stream.on("end", () => callback(failure(554))).resume(),
    });
    expect(await send(`smtp://localhost:${spam}?${ca()}`)).toEqual({
      kind: "refused",
      because: "server",
      retryable: false,
      status: 554,
    });
    const closed = await serve({ authOptional: false });
    expect(await send(`smtp://me:wrong@localhost:${closed}?${ca()}`)).toMatchObject({
      kind: "refused",
      because: "sign-in",
      retryable: false,
    });
  });

  test("nobody there, or nobody answering at first: not sent, try again", async () => {
    const silent = createServer(() => undefined);
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const waiting = createMailer(
      { url: `smtp://localhost:${port}?${ca()}`, from },
      { ...fast, connectTimeoutMs: 200 },
    );
    expect(await waiting.send(mail)).toEqual({ kind: "refused", because: "unreachable", retryable: true });
    silent.close();
    await once(silent, "close");
    expect(await send(`smtp://localhost:${port}?${ca()}`)).toEqual({
      kind: "refused",
      because: "unreachable",
      retryable: true,
    });
  });

  test("an answer that never comes, or a line that drops after everything was sent: unknown", async () => {
    const mute = await serve({ onData: (stream) => void stream.resume() });
    expect(await send(`smtp://localhost:${mute}?${ca()}`)).toEqual({ kind: "unknown" });
    const dropping: SMTPServer[] = running;
    const port = await serve({
      onData: (stream) =>
        void stream.on("end", () => dropping.at(-1)?.connections.forEach((one) => void one.close())).resume(),
    });
    expect(await send(`smtp://localhost:${port}?${ca()}`)).toEqual({ kind: "unknown" });
  });

  test("without a mail server it says so", async () => {
    const mailer = createMailer(null);
    expect(mailer.isConfigured).toBe(false);
    expect(await mailer.send(mail)).toEqual({ kind: "refused", because: "not-configured", retryable: false });
  });
});
