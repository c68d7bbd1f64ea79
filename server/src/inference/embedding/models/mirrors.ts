// Where models and the engine's packages can be fetched from. Two kinds of site are spoken to: those laid out like
// huggingface.co and modelscope.cn. The operator may name an own mirror (YINGDA_MODEL_MIRROR, YINGDA_NPM_REGISTRY);
// a tenant only picks from the list.

import { z } from "zod";
import type { Config } from "../../../platform/config.ts";
import { ExternalError } from "../../../platform/errors.ts";
import type { GuardedFetch } from "../../../platform/net/index.ts";
import type { CatalogueModel } from "./catalogue.ts";
import type { Checksum } from "./checksum.ts";
import { downloadPurpose } from "./download.ts";

export interface RemoteFile {
  path: string;
  sizeBytes: number;
  checksum: Checksum;
  url: string;
}

export interface Mirror {
  name: string;
  /** npm registries for the engine, in the order they are tried. */
  registries: readonly string[];
  /** The files of the model's repository with what the mirror knows of them. */
  list(
    fetch: GuardedFetch,
    model: Pick<CatalogueModel, "repository" | "revision">,
    signal: AbortSignal,
  ): Promise<RemoteFile[]>;
}

const npm = "https://registry.npmjs.org";
const npmMirror = "https://registry.npmmirror.com";
const listBytes = 2_000_000;

/** The operator's own first, if there is one. */
export function mirrorsOf(config: Pick<Config, "modelMirror" | "npmRegistry">): Mirror[] {
  const own = config.npmRegistry === null ? [] : [config.npmRegistry];
  return [
    ...(config.modelMirror === null
      ? []
      : [hubMirror(new URL(config.modelMirror).host, config.modelMirror, [...own, npm, npmMirror])]),
    hubMirror("huggingface.co", "https://huggingface.co", [...own, npm, npmMirror]),
    hubMirror("hf-mirror.com", "https://hf-mirror.com", [...own, npmMirror, npm]),
    scopeMirror("modelscope.cn", "https://modelscope.cn", [...own, npmMirror, npm]),
  ];
}

/** A site that keeps each version under its git revision, and says SHA-256 for large files and git's name for small ones. */
const hubEntry = z.object({
  type: z.string(),
  path: z.string(),
  size: z.int().min(0),
  oid: z.string(),
  lfs: z.object({ oid: z.string().regex(/^[0-9a-f]{64}$/), size: z.int().min(0) }).optional(),
});

function hubMirror(name: string, site: string, registries: readonly string[]): Mirror {
  const base = site.replace(/\/+$/, "");
  return {
    name,
    registries,
    async list(fetch, { repository, revision }, signal) {
      const entries = await readJson(
        fetch,
        `${base}/api/models/${repository}/tree/${revision}?recursive=true`,
        z.array(hubEntry),
        signal,
      );
      return entries
        .filter(({ type }) => type === "file")
        .map(({ path, size, oid, lfs }) => ({
          path,
          sizeBytes: lfs?.size ?? size,
          checksum: lfs ? { kind: "sha256", hex: lfs.oid } : { kind: "git", hex: oid },
          url: `${base}/${repository}/resolve/${revision}/${path}`,
        }));
    },
  };
}

/** Keeps branches of its own, so the revision is its master; its SHA-256 covers every file. */
const scopeReply = z.object({
  Data: z.object({
    Files: z.array(
      z.object({ Type: z.string(), Path: z.string(), Size: z.int().min(0), Sha256: z.string().default("") }),
    ),
  }),
});

export function scopeMirror(name: string, site: string, registries: readonly string[]): Mirror {
  return {
    name,
    registries,
    async list(fetch, { repository }, signal) {
      const repo = `${site}/api/v1/models/${repository}/repo`;
      const { Data } = await readJson(
        fetch,
        `${repo}/files?Revision=master&Recursive=true`,
        scopeReply,
        signal,
      );
      return Data.Files.filter(({ Type, Sha256 }) => Type !== "tree" && /^[0-9a-f]{64}$/i.test(Sha256)).map(
        ({ Path, Size, Sha256 }) => ({
          path: Path,
          sizeBytes: Size,
          checksum: { kind: "sha256", hex: Sha256 },
          url: `${repo}?Revision=master&FilePath=${encodeURIComponent(Path)}`,
        }),
      );
    },
  };
}

async function readJson<T>(
  fetch: GuardedFetch,
  url: string,
  shape: z.ZodType<T>,
  signal: AbortSignal,
): Promise<T> {
  const response = await fetch(downloadPurpose, url, {
    signal,
    maxBytes: listBytes,
    timeoutMs: 30_000,
  }).catch(unreachable);
  const body = await fetch
    .expectOk(downloadPurpose, response)
    .then((given) => given.json())
    .catch(unreachable);
  const parsed = shape.safeParse(body);
  if (!parsed.success) return unreachable(parsed.error);
  return parsed.data;
}

function unreachable(error: unknown): never {
  const isOurs = error instanceof ExternalError;
  throw new ExternalError({
    system: downloadPurpose,
    retryable: !isOurs || error.retryable,
    code: "download/failed",
    details: isOurs ? error.details : {},
    cause: error,
  });
}
