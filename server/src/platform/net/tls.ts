/**
 * The certificate of the web server: from files of the operator's, or one we made (self-signed.ts).
 *
 * role web: `const certificate = await openCertificate(…)`, `https.createServer(certificate.options)`, then
 * `certificate.follow(server)`. Renewed files are taken over without a restart; broken ones are not, the server
 * goes on with what it has and says so in the log.
 */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { type FSWatcher, watch } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { Server } from "node:tls";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { StartupError } from "../errors.ts";
import type { Log } from "../log.ts";
import { certificatesIn, isPubliclyTrusted } from "./public-trust.ts";
import { type CertificatePair, keptSelfSigned, ownNames, warningText } from "./self-signed.ts";

export interface ServerCertificate {
  /** For https.createServer. */
  readonly options: CertificatePair & { minVersion: "TLSv1.2" };
  /** Whether HSTS may be sent for this host. */
  isTrustedFor(host: string): boolean;
  /** What to tell people about the browser's warning; null for a certificate from files. */
  warning(): { zh: string; en: string; fingerprint: string } | null;
  /** Gives the server each new certificate from now on. */
  follow(server: Server): void;
  /** Looks at the files at once; true when a new certificate was taken over. */
  reload(): Promise<boolean>;
  close(): void;
}

export type CertificateSettings = {
  tls: Extract<Config["tls"], { mode: "files" | "self" }>;
  /** Where a self-made one is kept. */
  folder: string;
  /** Encrypts its key at rest; derived from the master key. */
  passphrase: string;
  clock: Clock;
  log: Log;
};

// File events do not arrive from network drives and some containers, so the time stamps are looked at as well.
const pollMs = 60_000;
const settleMs = 300;

/** Throws StartupError certificate-unusable when the files do not make a certificate. */
export async function openCertificate(settings: CertificateSettings): Promise<ServerCertificate> {
  const first = await loadPair(settings);
  return new FollowedCertificate(settings, first, await stampOf(settings));
}

class FollowedCertificate implements ServerCertificate {
  readonly #settings: CertificateSettings;
  readonly #servers = new Set<Server>();
  readonly #watchers: FSWatcher[] = [];
  readonly #poll: NodeJS.Timeout;
  #pair: CertificatePair;
  #stamp: string;
  #settling: NodeJS.Timeout | undefined;

  constructor(settings: CertificateSettings, pair: CertificatePair, stamp: string) {
    this.#settings = settings;
    this.#pair = pair;
    this.#stamp = stamp;
    this.#poll = setInterval(() => this.#reloadSoon(), pollMs).unref();
    if (settings.tls.mode === "files") this.#watch([settings.tls.certFile, settings.tls.keyFile]);
  }

  get options() {
    return { ...this.#pair, minVersion: "TLSv1.2" as const };
  }

  isTrustedFor(host: string): boolean {
    return isPubliclyTrusted(this.#pair.cert, host, this.#settings.clock.now());
  }

  warning() {
    return this.#settings.tls.mode === "self" ? warningText(this.#pair.cert) : null;
  }

  follow(server: Server): void {
    this.#servers.add(server);
    server.once("close", () => this.#servers.delete(server));
    server.setSecureContext(this.options);
  }

  async reload(): Promise<boolean> {
    const { log, tls } = this.#settings;
    const stamp = await stampOf(this.#settings).catch(() => this.#stamp); // in the middle of being replaced
    if (tls.mode === "files" && stamp === this.#stamp) return false;
    try {
      const pair = await loadPair(this.#settings);
      this.#stamp = stamp;
      if (pair.cert === this.#pair.cert && pair.key === this.#pair.key) return false;
      this.#pair = pair;
      for (const server of this.#servers) server.setSecureContext(this.options);
      log.info({ validTo: new X509Certificate(pair.cert).validToDate }, "certificate taken over");
      return true;
    } catch (error) {
      log.error({ err: error }, "certificate not usable, the old one stays");
      return false;
    }
  }

  close(): void {
    clearInterval(this.#poll);
    clearTimeout(this.#settling);
    for (const watcher of this.#watchers) watcher.close();
    this.#servers.clear();
  }

  /** Watches the folders: renewing tools replace the files by renaming. */
  #watch(files: readonly string[]): void {
    const names = new Set(files.map((file) => basename(file)));
    for (const folder of new Set(files.map((file) => dirname(file)))) {
      try {
        const watcher = watch(folder, { persistent: false }, (_, name) => {
          if (name === null || names.has(name)) this.#reloadSoon();
        });
        watcher.on("error", () => watcher.close()); // the poll goes on
        this.#watchers.push(watcher);
      } catch {
        // no watching here (limits, file system): the poll goes on
      }
    }
  }

  /** Certificate and key are two files: waits until both were written. */
  #reloadSoon(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => void this.reload(), settleMs).unref();
  }
}

async function loadPair(settings: CertificateSettings): Promise<CertificatePair> {
  const { tls, folder, clock, passphrase } = settings;
  if (tls.mode === "self") {
    const { cert, key } = await keptSelfSigned(folder, ownNames(), clock, passphrase);
    return { cert, key, passphrase };
  }
  try {
    const [cert, key] = await Promise.all([readFile(tls.certFile, "utf8"), readFile(tls.keyFile, "utf8")]);
    const [leaf] = certificatesIn(cert);
    if (leaf === undefined) throw new Error("there is no certificate in the file");
    if (!leaf.checkPrivateKey(createPrivateKey(key)))
      throw new Error("the key belongs to another certificate");
    return { cert, key };
  } catch (error) {
    throw unusable(tls.certFile, tls.keyFile, error);
  }
}

async function stampOf({ tls }: CertificateSettings): Promise<string> {
  if (tls.mode === "self") return "";
  const stats = await Promise.all([stat(tls.certFile), stat(tls.keyFile)]);
  return stats.map(({ mtimeMs, size, ino }) => `${mtimeMs}:${size}:${ino}`).join("|");
}

function unusable(certFile: string, keyFile: string, cause: unknown): StartupError {
  const because = cause instanceof Error ? cause.message : String(cause);
  return new StartupError(
    "certificate-unusable",
    {
      zh: `证书文件无法使用（${certFile}、${keyFile}）：${because}。请检查 YINGDA_TLS_CERT 和 YINGDA_TLS_KEY。`,
      en: `The certificate files cannot be used (${certFile}, ${keyFile}): ${because}. Check YINGDA_TLS_CERT and YINGDA_TLS_KEY.`,
    },
    cause,
  );
}
