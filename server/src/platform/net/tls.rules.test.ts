import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import { type AddressInfo, isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "node:tls";
import { generate } from "selfsigned";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fixedClock } from "../clock.ts";
import { StartupError } from "../errors.ts";
import { createLog } from "../log.ts";
import { isPubliclyTrusted } from "./public-trust.ts";
import { keptSelfSigned, makeSelfSigned, ownNames, warningText } from "./self-signed.ts";
import { type CertificateSettings, openCertificate, type ServerCertificate } from "./tls.ts";

const clock = fixedClock(new Date());
const log = createLog({ level: "silent" });
const dayMs = 86_400_000;
let folder: string;
const opened: { certificate?: ServerCertificate; server?: Server }[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-tls-"));
});
afterEach(async () => {
  for (const { certificate, server } of opened.splice(0)) {
    certificate?.close();
    server?.close();
  }
  await rm(folder, { recursive: true, force: true });
});

/** Shakes hands as a browser would, trusting only `ca`, and says what came of it. */
async function shakeHands(server: Server, ca: string, servername = "localhost"): Promise<string> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: "127.0.0.1", port, ca, servername });
  try {
    await once(socket, "secureConnect");
    return socket.getPeerX509Certificate()?.fingerprint256 ?? "none";
  } catch (error) {
    return error instanceof Error && "code" in error ? String(error.code) : String(error);
  } finally {
    socket.destroy();
  }
}

async function serve(certificate: ServerCertificate): Promise<Server> {
  const server = createServer(certificate.options, (_, response) => response.end("ok"));
  certificate.follow(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.push({ certificate, server });
  return server;
}

const settingsFor = (tls: CertificateSettings["tls"]): CertificateSettings => ({
  tls,
  folder: join(folder, "tls"),
  passphrase: "derived-from-the-master-key",
  clock,
  log,
});
const filesIn = () => ({
  mode: "files" as const,
  certFile: join(folder, "c.pem"),
  keyFile: join(folder, "k.pem"),
});

async function putFiles(pair: { cert: string; key: string }): Promise<void> {
  await writeFile(join(folder, "c.pem"), pair.cert);
  await writeFile(join(folder, "k.pem"), pair.key);
}

describe("a certificate of our own", () => {
  test("covers the machine's names and addresses, and a client that trusts it connects", async () => {
    const certificate = await openCertificate(settingsFor({ mode: "self" }));
    const server = await serve(certificate);
    const { cert } = certificate.options;
    expect(await shakeHands(server, cert)).toBe(warningText(cert).fingerprint);
    const parsed = new X509Certificate(cert);
    for (const name of ownNames())
      if (isIP(name) === 0) expect(await shakeHands(server, cert, name)).toContain(":");
      else expect(parsed.checkIP(name)).toBeDefined();
    expect(await shakeHands(server, cert, "elsewhere.example")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
    expect(ownNames()).toEqual(expect.arrayContaining(["localhost", "127.0.0.1"]));
  });

  test("is kept, with its key encrypted and readable by us only", async () => {
    const first = await keptSelfSigned(join(folder, "tls"), ["localhost"], clock, "p1");
    const again = await keptSelfSigned(join(folder, "tls"), ["localhost"], clock, "p1");
    expect([first.isNew, again.isNew]).toEqual([true, false]);
    expect(again.cert).toBe(first.cert);
    expect(await readFile(join(folder, "tls/key.pem"), "utf8")).toContain("BEGIN ENCRYPTED PRIVATE KEY");
    expect((await stat(join(folder, "tls/key.pem"))).mode & 0o777).toBe(0o600);
  });

  test("is made anew a month before its end, for a new address, and under another master key", async () => {
    const keep = (names: string[], passphrase = "p1", at = clock) =>
      keptSelfSigned(join(folder, "tls"), names, at, passphrase);
    await keep(["localhost"]);
    expect((await keep(["localhost", "192.168.7.7"])).isNew).toBe(true);
    expect((await keep(["localhost"])).isNew).toBe(false);
    expect((await keep(["localhost"], "p2")).isNew).toBe(true);
    const later = (days: number) => fixedClock(new Date(clock.nowMs() + days * dayMs));
    expect((await keep(["localhost"], "p2", later(366))).isNew).toBe(false);
    expect((await keep(["localhost"], "p2", later(368))).isNew).toBe(true);
  });

  test("a damaged stored one is replaced", async () => {
    await keptSelfSigned(join(folder, "tls"), ["localhost"], clock, "p1");
    await writeFile(join(folder, "tls/cert.pem"), "-----BEGIN CERTIFICATE-----\nbroken");
    expect((await keptSelfSigned(join(folder, "tls"), ["localhost"], clock, "p1")).isNew).toBe(true);
  });

  test("explains the browser's warning in both languages and is not called trusted", async () => {
    const certificate = await openCertificate(settingsFor({ mode: "self" }));
    opened.push({ certificate });
    expect(certificate.isTrustedFor("localhost")).toBe(false);
    expect(certificate.warning()).toMatchObject({
      zh: expect.stringContaining("指纹"),
      en: expect.stringContaining("fingerprint"),
      fingerprint: expect.stringMatching(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/),
    });
  });
});

describe("a certificate from files", () => {
  test("is taken over when the files change, without a restart", async () => {
    const [one, two] = [
      await makeSelfSigned(["localhost"], clock.now()),
      await makeSelfSigned(["localhost"], clock.now()),
    ];
    await putFiles(one);
    const certificate = await openCertificate(settingsFor(filesIn()));
    const server = await serve(certificate);
    expect(certificate.warning()).toBeNull();
    expect(await shakeHands(server, one.cert)).toBe(warningText(one.cert).fingerprint);
    expect(await certificate.reload()).toBe(false);
    await writeFile(join(folder, "c.new"), two.cert);
    await rename(join(folder, "c.new"), join(folder, "c.pem"));
    await writeFile(join(folder, "k.pem"), two.key);
    // by itself: the watcher sees the change and the server answers with the new one
    await expect
      .poll(() => shakeHands(server, two.cert), { timeout: 5_000 })
      .toBe(warningText(two.cert).fingerprint);
  });

  test("goes on with the old one while the new files are broken or do not fit", async () => {
    const one = await makeSelfSigned(["localhost"], clock.now());
    await putFiles(one);
    const certificate = await openCertificate(settingsFor(filesIn()));
    const server = await serve(certificate);
    const other = await makeSelfSigned(["localhost"], clock.now());
    await writeFile(join(folder, "c.pem"), other.cert); // the key is still the old one
    expect(await certificate.reload()).toBe(false);
    expect(await shakeHands(server, one.cert)).toBe(warningText(one.cert).fingerprint);
    await writeFile(join(folder, "c.pem"), "nonsense");
    expect(await certificate.reload()).toBe(false);
    await rm(join(folder, "k.pem"));
    expect(await certificate.reload()).toBe(false);
    await putFiles(other);
    await utimes(join(folder, "c.pem"), new Date(), new Date(clock.nowMs() + 5_000));
    await expect.poll(() => shakeHands(server, other.cert), { timeout: 5_000 }).toContain(":");
  });

  test("that cannot be used stops the start and says why, in both languages", async () => {
    const one = await makeSelfSigned(["localhost"], clock.now());
    const two = await makeSelfSigned(["localhost"], clock.now());
    await expect(openCertificate(settingsFor(filesIn()))).rejects.toBeInstanceOf(StartupError);
    await putFiles({ cert: one.cert, key: two.key });
    await expect(openCertificate(settingsFor(filesIn()))).rejects.toMatchObject({
      code: "certificate-unusable",
      zh: expect.stringContaining("YINGDA_TLS_CERT"),
      en: expect.stringContaining("another certificate"),
    });
    await putFiles({ cert: "nothing", key: one.key });
    await expect(openCertificate(settingsFor(filesIn()))).rejects.toMatchObject({
      code: "certificate-unusable",
    });
  });
});

describe("public trust decides about HSTS", () => {
  test("needs a chain to a known root, the right host and the right time", async () => {
    const authority = (ca?: { key: string; cert: string }) =>
      generate([{ name: "commonName", value: ca ? "Middle" : "Root" }], {
        keyType: "ec",
        algorithm: "sha256",
        extensions: [
          { name: "basicConstraints", cA: true, critical: true },
          { name: "keyUsage", keyCertSign: true, critical: true },
        ],
        ...(ca ? { ca } : {}),
      });
    const root = await authority();
    const middle = await authority({ key: root.private, cert: root.cert });
    const leaf = await generate([{ name: "commonName", value: "kf.example.com" }], {
      keyType: "ec",
      algorithm: "sha256",
      extensions: [{ name: "subjectAltName", altNames: [{ type: 2, value: "kf.example.com" }] }],
      ca: { key: middle.private, cert: middle.cert },
    });
    const now = new Date(Date.now() + 60_000);
    const chain = `${leaf.cert}\n${middle.cert}`;
    expect(isPubliclyTrusted(chain, "kf.example.com", now, [root.cert])).toBe(true);
    expect(isPubliclyTrusted(chain, "other.example.com", now, [root.cert])).toBe(false);
    expect(isPubliclyTrusted(leaf.cert, "kf.example.com", now, [root.cert])).toBe(false);
    expect(
      isPubliclyTrusted(chain, "kf.example.com", new Date(now.getTime() + 400 * dayMs), [root.cert]),
    ).toBe(false);
    expect(isPubliclyTrusted(chain, "kf.example.com", now)).toBe(false);
    expect(
      isPubliclyTrusted(`${leaf.cert}\n${(await authority()).cert}`, "kf.example.com", now, [root.cert]),
    ).toBe(false);
    expect(isPubliclyTrusted("", "kf.example.com", now)).toBe(false);
    const own = await makeSelfSigned(["localhost"], now);
    expect(isPubliclyTrusted(own.cert, "localhost", now)).toBe(false);
  });
});
