/**
 * Blobs in an S3-compatible store, through the guarded fetch (purpose "media-store": a store in the own network
 * needs YINGDA_ALLOW_PRIVATE=media-store=host:port).
 *
 * Uploads are spooled to a local file first (sealed bytes only), since the signature needs length and hash.
 * The bucket stands in the path, unless the endpoint's host already begins with it (Aliyun, Tencent).
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { AwsV4Signer } from "aws4fetch";
import type { Clock } from "../clock.ts";
import type { S3Config } from "../config.ts";
import { randomToken } from "../ids.ts";
import type { GuardedFetch, GuardedRequest, GuardedResponse } from "../net/index.ts";
import type { BlobSpan, BlobStore } from "./blob-store.ts";

const purpose = "media-store";
const emptyHash = createHash("sha256").digest("hex");
const transferTimeoutMs = 120_000;
const largestBlobBytes = 2 ** 31;

export type S3BlobsSettings = { s3: S3Config; fetch: GuardedFetch; clock: Clock; spoolFolder: string };

export class S3Blobs implements BlobStore {
  readonly kind = "s3";
  readonly #settings: S3BlobsSettings;
  readonly #base: string;

  constructor(settings: S3BlobsSettings) {
    this.#settings = settings;
    const endpoint = new URL(settings.s3.endpoint);
    const isInHost = endpoint.hostname.startsWith(`${settings.s3.bucket}.`);
    this.#base = isInHost ? endpoint.origin : `${endpoint.origin}/${encodeURIComponent(settings.s3.bucket)}`;
  }

  async write(name: string, sealed: AsyncIterable<Uint8Array>): Promise<{ sizeBytes: number }> {
    await mkdir(this.#settings.spoolFolder, { recursive: true, mode: 0o700 });
    const spool = join(this.#settings.spoolFolder, randomToken());
    try {
      const { sizeBytes, sha256 } = await spoolTo(spool, sealed);
      const body = createReadStream(spool);
      const headers = { "content-length": String(sizeBytes), "content-type": "application/octet-stream" };
      const response = await this.#call("PUT", this.#urlOf(name), { headers, body }, sha256);
      await this.#settings.fetch.expectOk(purpose, response);
      await response.discard();
      return { sizeBytes };
    } finally {
      await rm(spool, { force: true });
    }
  }

  async read(name: string, span?: BlobSpan): Promise<AsyncIterable<Uint8Array> | undefined> {
    const headers: Record<string, string> =
      span === undefined ? {} : { range: `bytes=${span.start}-${span.end - 1}` };
    const response = await this.#call("GET", this.#urlOf(name), { headers });
    if (response.status === 404) {
      await response.discard();
      return undefined;
    }
    await this.#settings.fetch.expectOk(purpose, response);
    return response.body;
  }

  async remove(name: string): Promise<void> {
    const response = await this.#call("DELETE", this.#urlOf(name), {});
    if (response.status !== 404) await this.#settings.fetch.expectOk(purpose, response);
    await response.discard();
  }

  async *list(before: Date): AsyncGenerator<string> {
    let next: string | undefined;
    do {
      const query = new URLSearchParams({
        "list-type": "2",
        ...(next ? { "continuation-token": next } : {}),
      });
      const response = await this.#call("GET", `${this.#base}/?${query}`, {});
      const page = await (await this.#settings.fetch.expectOk(purpose, response)).text();
      for (const [, entry = ""] of page.matchAll(/<Contents>([\s\S]*?)<\/Contents>/g)) {
        const name = textOf(entry, "Key");
        if (name !== undefined && new Date(textOf(entry, "LastModified") ?? 0) < before) yield name;
      }
      next = textOf(page, "NextContinuationToken");
    } while (next !== undefined);
  }

  #urlOf(name: string): string {
    return `${this.#base}/${name.split("/").map(encodeURIComponent).join("/")}`;
  }

  async #call(
    method: "GET" | "PUT" | "DELETE",
    url: string,
    request: GuardedRequest,
    sha256 = emptyHash,
  ): Promise<GuardedResponse> {
    const { s3, fetch, clock } = this.#settings;
    const headers = { ...request.headers, "x-amz-content-sha256": sha256 };
    const signer = new AwsV4Signer({
      method,
      url,
      headers,
      accessKeyId: s3.key,
      secretAccessKey: s3.secret,
      region: s3.region,
      service: "s3",
      datetime: clock
        .now()
        .toISOString()
        .replace(/[:-]|\.\d{3}/g, ""),
    });
    const signed = await signer.sign();
    return fetch(purpose, signed.url, {
      ...request,
      method,
      headers: { ...headers, ...Object.fromEntries(signed.headers) },
      maxBytes: largestBlobBytes,
      timeoutMs: transferTimeoutMs,
      maxRedirects: 0,
    });
  }
}

async function spoolTo(
  path: string,
  sealed: AsyncIterable<Uint8Array>,
): Promise<{ sizeBytes: number; sha256: string }> {
  const file = await open(path, "wx", 0o600);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  try {
    for await (const bytes of sealed) {
      hash.update(bytes);
      await file.writeFile(bytes);
      sizeBytes += bytes.length;
    }
  } finally {
    await file.close();
  }
  return { sizeBytes, sha256: hash.digest("hex") };
}

/** The text of the first such element; our own keys need no entities. */
function textOf(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
}
