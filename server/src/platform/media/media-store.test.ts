import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InboxId, MediaId } from "@yingda/contract";
import fc from "fast-check";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { testDatabase } from "../../../test/database.ts";
import { fixedClock } from "../clock.ts";
import { createVault, MasterKey } from "../crypto/index.ts";
import { BrokenStreamError } from "../crypto/sealed-stream.ts";
import { AppError } from "../errors.ts";
import { newId } from "../ids.ts";
import { FolderBlobs } from "./folder-blobs.ts";
import { blobName } from "./media-cipher.ts";
import {
  createMediaStore,
  type MediaStore,
  type MediaStoreSettings,
  type OpenedMedia,
} from "./media-store.ts";
import { checkMediaUrl, signMediaUrl } from "./media-url.ts";
import { collect } from "./upload-source.ts";

const { db, asAdmin, tenant } = await testDatabase();
const clock = fixedClock();
const vault = createVault({ db, clock, masterKey: MasterKey.generate() });
let folder: string;
let store: MediaStore;
let settings: MediaStoreSettings;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "yingda-media-"));
  const disk = new FolderBlobs(folder);
  await disk.prepare();
  settings = { db, vault, clock, blobs: { disk }, preferred: "disk", dailyInboxBytes: 200_000 };
  store = createMediaStore(settings);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const upload = (
  source: Uint8Array | AsyncIterable<Uint8Array>,
  name = "file.bin",
  inboxId: InboxId | null = null,
) => ({
  source,
  name,
  inboxId,
});
const bytesOf = async (opened: OpenedMedia | undefined) => collect(opened?.body ?? (async function* () {})());
const filesIn = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
const pathOf = (tenantId: string, mediaId: string) => join(folder, blobName(tenantId, mediaId, "full"));

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => "accepted",
    (error: unknown) => (error instanceof AppError ? error.code : String(error)),
  );
}

describe("files", () => {
  test("of any size, sent in any pieces, come back whole and by any range", async () => {
    const { tenantId } = await tenant();
    for (const size of [1, 65_535, 65_536, 65_537, 200_001]) {
      const plain = randomBytes(size);
      const pieces = async function* () {
        for (let at = 0; at < size; at += 7_919) yield plain.subarray(at, at + 7_919);
      };
      const media = await store.put(tenantId, upload(pieces()));
      expect(media).toMatchObject({ kind: "file", sizeBytes: size });
      expect(media.sha256.equals(createHash("sha256").update(plain).digest())).toBe(true);
      expect((await bytesOf(await store.open(tenantId, media.id))).equals(plain)).toBe(true);
      await fc.assert(
        fc.asyncProperty(fc.nat(size - 1), fc.nat(size), async (start, length) => {
          const range = { start, end: start + 1 + length };
          const opened = await store.open(tenantId, media.id, "full", range);
          expect(opened?.totalBytes).toBe(size);
          expect((await bytesOf(opened)).equals(plain.subarray(range.start, range.end))).toBe(true);
        }),
        { numRuns: 15 },
      );
    }
  });

  test("rest encrypted: neither content nor name is found on the disk or in the row", async () => {
    const { tenantId } = await tenant();
    const words = "canary-退款凭证-13800138000";
    const media = await store.put(tenantId, upload(Buffer.from(words.repeat(50)), `${words}.txt`));
    expect(media).toMatchObject({ type: "text/plain", name: `${words}.txt` });
    const stored = await readFile(pathOf(tenantId, media.id));
    expect(stored.includes("canary")).toBe(false);
    const [row] = await asAdmin<{ text: string }>("select m::text as text from media m where id = $1", [
      media.id,
    ]);
    expect(row?.text).not.toContain(Buffer.from("canary").toString("hex"));
  });

  test("a changed, cut, exchanged or moved blob breaks off", async () => {
    const { tenantId } = await tenant();
    const one = await store.put(tenantId, upload(randomBytes(150_000)));
    const two = await store.put(tenantId, upload(randomBytes(150_000)));
    const path = pathOf(tenantId, one.id);
    const whole = await readFile(path);
    const opens = () => store.open(tenantId, one.id).then(bytesOf);
    const chunk = 65_536 + 16;
    const swapped = Buffer.concat([
      whole.subarray(0, 7),
      whole.subarray(7 + chunk, 7 + 2 * chunk),
      whole.subarray(7, 7 + chunk),
      whole.subarray(7 + 2 * chunk),
    ]);
    const flipped = Buffer.from(whole);
    flipped[100_000] = (flipped[100_000] ?? 0) ^ 1;
    const cut = whole.subarray(0, 7 + 2 * chunk);
    for (const broken of [flipped, cut, swapped, await readFile(pathOf(tenantId, two.id)), Buffer.alloc(0)]) {
      await writeFile(path, broken);
      await expect(opens()).rejects.toBeInstanceOf(BrokenStreamError);
    }
    await writeFile(path, whole);
    expect(await opens()).toHaveLength(150_000);
  });

  test("another tenant finds nothing under the same id", async () => {
    const [mine, theirs] = [(await tenant()).tenantId, (await tenant()).tenantId];
    const media = await store.put(mine, upload(Buffer.from("mine")));
    expect(await store.find(theirs, media.id)).toBeUndefined();
    expect(await store.open(theirs, media.id)).toBeUndefined();
    expect(await store.remove(theirs, media.id)).toBe(false);
    expect(await store.find(mine, media.id)).toMatchObject({ sizeBytes: 4 });
  });

  test("are removed with their bytes", async () => {
    const { tenantId } = await tenant();
    const media = await store.put(tenantId, upload(Buffer.from("bye")));
    expect(await store.remove(tenantId, media.id)).toBe(true);
    expect(await store.open(tenantId, media.id)).toBeUndefined();
    expect(await store.remove(tenantId, media.id)).toBe(false);
    await expect(readFile(pathOf(tenantId, media.id))).rejects.toMatchObject({ code: "ENOENT" });
  });
});

describe("pictures", () => {
  const secret = "39.9042N 116.4074E";
  const photo = () =>
    sharp({ create: { width: 1200, height: 800, channels: 3, background: "#c33" } })
      .withExif({ IFD0: { ImageDescription: secret } })
      .jpeg()
      .toBuffer();

  test("lose what they tell about the place, know their size, and have a thumbnail", async () => {
    const { tenantId } = await tenant();
    const media = await store.put(tenantId, upload(await photo(), "IMG_1.JPG"));
    expect(media).toMatchObject({
      kind: "image",
      type: "image/jpeg",
      width: 1200,
      height: 800,
      hasThumb: true,
    });
    const full = await bytesOf(await store.open(tenantId, media.id));
    expect(full.includes(secret)).toBe(false);
    expect(full.length).toBe(media.sizeBytes);
    const thumb = await store.open(tenantId, media.id, "thumb");
    expect(thumb?.type).toBe("image/webp");
    expect(await sharp(await bytesOf(thumb)).metadata()).toMatchObject({ width: 480, height: 320 });
    await store.remove(tenantId, media.id);
    expect((await filesIn()).filter((file) => file.name.startsWith(media.id))).toEqual([]);
  });

  test("that only pretend to be one become attachments", async () => {
    const { tenantId } = await tenant();
    const html = await store.put(tenantId, upload(Buffer.from("<html><script>alert(1)</script>"), "me.png"));
    expect(html).toMatchObject({ kind: "file", type: "text/html", width: null, hasThumb: false });
    const cut = await store.put(tenantId, upload((await photo()).subarray(0, 900), "half.jpg"));
    expect(cut).toMatchObject({ kind: "file", type: "application/octet-stream" });
    const opened = await store.open(tenantId, cut.id, "thumb");
    expect(opened?.type).toBe("application/octet-stream");
    expect(await bytesOf(opened)).toHaveLength(900);
  });
});

describe("refusals leave nothing behind", () => {
  test("empty, too large, programs", async () => {
    const { tenantId } = await tenant();
    const before = (await filesIn()).length;
    expect(await codeOf(store.put(tenantId, upload(Buffer.alloc(0))))).toBe("media/empty");
    expect(await codeOf(store.put(tenantId, { ...upload(randomBytes(1_001)), maxBytes: 1_000 }))).toBe(
      "media/too-large",
    );
    expect(await codeOf(store.put(tenantId, { ...upload(randomBytes(1_000)), maxBytes: 1_000 }))).toBe(
      "accepted",
    );
    expect(await codeOf(store.put(tenantId, upload(randomBytes(20_000_001))))).toBe("media/too-large");
    const program = Buffer.concat([Buffer.from("MZ"), randomBytes(500)]);
    expect(await codeOf(store.put(tenantId, upload(program, "report.pdf")))).toBe("media/type-refused");
    expect(await codeOf(store.put(tenantId, upload(Buffer.from("x"), "run.bat")))).toBe("media/type-refused");
    expect((await filesIn()).length).toBe(before + 1);
    expect(await readdir(join(folder, ".incoming"))).toEqual([]);
  });

  test("an upload that breaks off, and a refused one lets go of its source", async () => {
    const { tenantId } = await tenant();
    const before = (await filesIn()).length;
    const broken = async function* () {
      yield randomBytes(100_000);
      throw new Error("connection lost");
    };
    await expect(store.put(tenantId, upload(broken()))).rejects.toThrow("connection lost");
    let released = false;
    const endless = async function* () {
      try {
        while (true) yield Buffer.from("#!/bin/sh\n".repeat(1_000));
      } finally {
        released = true;
      }
    };
    expect(await codeOf(store.put(tenantId, upload(endless(), "a.txt")))).toBe("media/type-refused");
    expect(released).toBe(true);
    expect((await filesIn()).length).toBe(before);
  });

  test("a full disk is told as such", async () => {
    const full = async function* () {
      yield randomBytes(70_000);
      throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
    };
    await expect(settings.blobs.disk.write("a/b/c", full())).rejects.toMatchObject({
      code: "platform/disk-full",
    });
    expect(await readdir(join(folder, ".incoming"))).toEqual([]);
  });

  test("a gigabyte a day per inbox (here 200 kB), counted apart, and new the next day", async () => {
    const { tenantId } = await tenant();
    const [one, two] = [newId<InboxId>(), newId<InboxId>()];
    const put = (inboxId: InboxId, size: number) =>
      codeOf(store.put(tenantId, upload(randomBytes(size), "f.bin", inboxId)));
    expect(await put(one, 150_000)).toBe("accepted");
    const before = (await filesIn()).length;
    expect(await put(one, 60_000)).toBe("media/daily-limit");
    expect((await filesIn()).length).toBe(before);
    expect(await put(one, 50_000)).toBe("accepted");
    expect(await put(one, 1)).toBe("media/daily-limit");
    expect(await put(two, 150_000)).toBe("accepted");
    const many = await Promise.all(Array.from({ length: 8 }, () => put(newId<InboxId>(), 1_000)));
    expect(new Set(many)).toEqual(new Set(["accepted"]));
    clock.advance(86_400_000);
    expect(await put(one, 150_000)).toBe("accepted");
  });

  test("several at once never pass the limit together", async () => {
    const { tenantId } = await tenant();
    const inboxId = newId<InboxId>();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, () =>
        codeOf(store.put(tenantId, upload(randomBytes(50_000), "f.bin", inboxId))),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === "accepted")).toHaveLength(4);
    expect(new Set(outcomes)).toEqual(new Set(["accepted", "media/daily-limit"]));
  });
});

test("the sweep removes old blobs without a row, and nothing else", async () => {
  const { tenantId } = await tenant();
  const kept = await store.put(tenantId, upload(Buffer.from("kept")));
  const orphan = newId<MediaId>();
  const disk = settings.blobs.disk;
  const one = async function* () {
    yield Buffer.from("left by a crash");
  };
  await disk.write(blobName(tenantId, orphan, "full"), one());
  await disk.write(blobName(tenantId, newId<MediaId>(), "thumb"), one());
  const late = new Date(clock.nowMs() - 2 * 86_400_000);
  for (const id of [orphan, kept.id]) await utimes(pathOf(tenantId, id), late, late);
  await writeFile(join(folder, "not-ours.txt"), "x");
  await utimes(join(folder, "not-ours.txt"), late, late);
  expect(await store.sweep()).toBe(1);
  expect(await bytesOf(await store.open(tenantId, kept.id))).toHaveLength(4);
  await expect(readFile(pathOf(tenantId, orphan))).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readFile(join(folder, "not-ours.txt"), "utf8")).toBe("x");
});

describe("links for five minutes", () => {
  test("open what they name until they end, and cannot be changed", async () => {
    const { tenantId } = await tenant();
    const system = await vault.forSystem();
    const target = { tenantId, mediaId: newId<MediaId>(), variant: "full" as const };
    const nowMs = clock.nowMs();
    const url = signMediaUrl(system, target, nowMs);
    expect(checkMediaUrl(system, url, nowMs)).toEqual({ kind: "valid", target });
    expect(checkMediaUrl(system, url, nowMs + 4 * 60_000 - 1)).toMatchObject({ kind: "valid" });
    expect(checkMediaUrl(system, url, nowMs + 5 * 60_000)).toEqual({ kind: "expired" });
    for (const changed of [
      url.replace("/full?", "/thumb?"),
      url.replace(target.mediaId, newId<MediaId>()),
      url.replace(tenantId, (await tenant()).tenantId),
      url.replace(/e=(\d+)/, (_, seconds: string) => `e=${Number(seconds) + 60}`),
      url.slice(0, -1),
      url.replace(/s=.*/, ""),
      url.replace("/media/", "/media/../media/x/"),
      "",
      "/media/a/b/full?e=1&s=x",
    ])
      expect(checkMediaUrl(system, changed, nowMs)).toEqual({ kind: "invalid" });
    const otherServer = createVault({
      db: (await testDatabase()).db,
      clock,
      masterKey: MasterKey.generate(),
    });
    expect(checkMediaUrl(await otherServer.forSystem(), url, nowMs)).toEqual({ kind: "invalid" });
  });
});
