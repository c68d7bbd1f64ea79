/**
 * A certificate of our own making, so that the workbench is encrypted in a shop's network without a domain.
 *
 * Browsers warn about it once per device; `warningText` explains that in plain words for set-up page and console.
 * Kept under the data folder, its key encrypted under the master key, made anew a month before it ends or when
 * the machine's addresses changed.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import type { Clock } from "../clock.ts";

/** What a TLS server needs. `passphrase` opens the key where it is encrypted. */
export type CertificatePair = { cert: string; key: string; passphrase?: string };

const lifeDays = 397; // Apple's systems refuse longer ones even when trusted by hand
const renewDays = 30;
const dayMs = 86_400_000;

/** Names and addresses under which this machine is reached in its own network. */
export function ownNames(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((entry) => !entry.address.startsWith("fe80"))
    .map((entry) => entry.address);
  const host = hostname().toLowerCase();
  const named = isIP(host) === 0 ? [host, ...(host.includes(".") ? [] : [`${host}.local`])] : [];
  return [...new Set(["localhost", ...named, "127.0.0.1", "::1", ...addresses])].sort();
}

/** Makes a certificate for these names and addresses, valid from now for 397 days. */
export async function makeSelfSigned(
  names: readonly string[],
  now: Date,
  passphrase?: string,
): Promise<CertificatePair> {
  const { generate } = await import("selfsigned"); // 3 MB of ASN.1 code, needed once a year
  const altNames = names.map((name) =>
    isIP(name) === 0 ? { type: 2 as const, value: name } : { type: 7 as const, ip: name },
  );
  const made = await generate([{ name: "commonName", value: names[0] ?? "localhost" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: new Date(now.getTime() - dayMs), // for devices whose clock is behind
    notAfterDate: new Date(now.getTime() + lifeDays * dayMs),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames },
    ],
    ...(passphrase === undefined ? {} : { passphrase }),
  });
  return { cert: made.cert, key: made.private, ...(passphrase === undefined ? {} : { passphrase }) };
}

/**
 * The stored certificate, or a new one if there is none, it ends soon, or lacks one of the names.
 * `passphrase` is derived from the master key by the caller, so that the key rests encrypted.
 */
export async function keptSelfSigned(
  folder: string,
  names: readonly string[],
  clock: Clock,
  passphrase: string,
): Promise<CertificatePair & { isNew: boolean }> {
  const stored = await readPair(folder, passphrase);
  if (stored !== undefined && isGoodFor(stored.cert, names, clock.now())) return { ...stored, isNew: false };
  const made = await makeSelfSigned(names, clock.now(), passphrase);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const [file, text] of [
    ["key.pem", made.key],
    ["cert.pem", made.cert],
  ] as const) {
    await writeFile(join(folder, `${file}.new`), text, { mode: 0o600 });
    await rename(join(folder, `${file}.new`), join(folder, file));
  }
  return { ...made, isNew: true };
}

async function readPair(folder: string, passphrase: string): Promise<CertificatePair | undefined> {
  try {
    const [cert, key] = await Promise.all(
      ["cert.pem", "key.pem"].map((file) => readFile(join(folder, file), "utf8")),
    );
    if (cert === undefined || key === undefined) return undefined;
    const matches = new X509Certificate(cert).checkPrivateKey(createPrivateKey({ key, passphrase }));
    return matches ? { cert, key, passphrase } : undefined;
  } catch {
    return undefined; // absent, half written, or of another master key: a new one is made
  }
}

function isGoodFor(cert: string, names: readonly string[], now: Date): boolean {
  const parsed = new X509Certificate(cert);
  const endsIn = parsed.validToDate.getTime() - now.getTime();
  const covers = (name: string) =>
    (isIP(name) === 0 ? parsed.checkHost(name, { subject: "never" }) : parsed.checkIP(name)) !== undefined;
  return endsIn > renewDays * dayMs && names.every(covers);
}

/** Why the browser warns, for people; both languages. `fingerprint` lets them compare. */
export function warningText(cert: string): { zh: string; en: string; fingerprint: string } {
  const fingerprint = new X509Certificate(cert).fingerprint256;
  return {
    zh: `本机使用自己签发的证书：连接已加密，但浏览器不认识签发者，第一次打开会提示“不安全”。请核对指纹一致后选择继续；要去掉提示，请换用域名证书（YINGDA_TLS=files）。SHA-256 指纹：${fingerprint}`,
    en: `This server uses a certificate it made itself: the connection is encrypted, but the browser does not know who issued it and warns at the first visit. Compare the fingerprint and continue; to be rid of the warning use a certificate for a domain (YINGDA_TLS=files). SHA-256 fingerprint: ${fingerprint}`,
    fingerprint,
  };
}
