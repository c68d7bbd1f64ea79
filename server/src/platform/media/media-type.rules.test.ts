import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { headersFor } from "./media-headers.ts";
import { cleanFileName, decideType } from "./media-type.ts";

const bytes = (text: string) => Buffer.from(text, "utf8");
const decide = (name: string, head: Uint8Array | string, sniffed?: string) =>
  decideType({ name, head: typeof head === "string" ? bytes(head) : head, sniffed });

describe("what a file is", () => {
  test.each([
    ["photo.png", "image/png", "image/png", "image"],
    ["photo.exe.jpg", "image/jpeg", "image/jpeg", "image"],
    ["invoice.html", "image/png", "image/png", "image"],
    ["voice.amr", "audio/amr", "audio/amr", "audio"],
    ["voice.ogg", "application/ogg", "application/ogg", "audio"],
    ["film.mp4", "video/mp4", "video/mp4", "video"],
    ["scan.pdf", "application/pdf", "application/pdf", "file"],
    ["picture.heic", "image/heic", "image/heic", "file"],
    ["picture.avif", "image/avif", "image/avif", "file"],
    [
      "form.docx",
      "application/zip",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
      "file",
    ],
    ["form.docx", "application/x-cfb", "application/x-cfb", "file"],
    ["old.doc", "application/x-cfb", "application/msword", "file"],
    ["files.zip", "application/zip", "application/zip", "file"],
  ])("%s with content %s is %s, a %s", (name, sniffed, type, mediaKind) => {
    expect(decide(name, Buffer.of(0, 1, 2), sniffed)).toEqual({ kind: "accepted", type, mediaKind });
  });

  test.each([
    ["note.txt", "退款说明", "text/plain"],
    ["list.csv", "a,b\n1,2", "text/csv"],
    ["photo.png", "just words", "text/plain"],
    ["photo.png", "<html><script>alert(1)</script>", "text/html"],
    ["photo.png", "\ufeff  <!-- x -->\n<!DOCTYPE html><body>", "text/html"],
    ["photo.jpg", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'>", "image/svg+xml"],
    ["a.svg", "<?xml version='1.0'?><!-- c --><svg onload=alert(1)>", "image/svg+xml"],
    ["a.txt", "<?xml version='1.0'?><feed/>", "application/xml"],
    ["a.txt", "<script>alert(1)</script>", "text/html"],
  ])("%s holding text %j is %s and never a picture", (name, text, type) => {
    expect(decide(name, text)).toEqual({ kind: "accepted", type, mediaKind: "file" });
  });

  test("Chinese text in GB18030 and text cut inside a character are text; binary is not", () => {
    const gb = Buffer.from("cdcbbfeecbb5c3f7", "hex"); // 退款说明
    expect(decide("a.txt", gb)).toMatchObject({ type: "text/plain" });
    expect(decide("a.txt", bytes("退款").subarray(0, 5))).toMatchObject({ type: "text/plain" });
    expect(decide("a.txt", Buffer.of(1, 2, 3, 4))).toMatchObject({ type: "application/octet-stream" });
  });

  test.each([
    ["report.pdf", "application/x-msdownload"],
    ["report.pdf", "application/x-elf"],
    ["photo.png", "application/x-mach-binary"],
    ["game.zip", "application/vnd.android.package-archive"],
    ["x.zip", "application/java-archive"],
    ["shortcut", "application/x-ms-shortcut"],
    ["form.docx", "application/vnd.ms-word.document.macroenabled.12"],
    ["disk.bin", "application/x-iso9660-image"],
  ])("%s with content %s is refused", (name, sniffed) => {
    expect(decide(name, Buffer.of(0), sniffed)).toMatchObject({ kind: "refused" });
  });

  test.each([
    "a.exe",
    "a.EXE",
    "a.pdf.js",
    "a.bat",
    "a.vbs",
    "a.lnk",
    "a.docm",
    "a.apk",
    "a.hta",
    "a.ps1",
    "a.scr",
  ])("%s is refused by its ending, whatever it holds", (name) => {
    expect(decide(name, "hello")).toMatchObject({ kind: "refused" });
    expect(decide(name, Buffer.of(1), "image/png")).toMatchObject({ kind: "refused" });
  });

  test("a script by its first line is refused under any name", () => {
    expect(decide("notes.txt", "#!/bin/sh\nrm -rf /")).toMatchObject({ kind: "refused" });
  });
});

describe("names", () => {
  test.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\Users\\li\\照片.png", "照片.png"],
    ["a\u202egnp.exe", "agnp.exe"],
    ["  .hidden. ", "hidden"],
    ['a<b>:"|?*.txt', "ab.txt"],
    ["\r\nset-cookie: x.txt", "set-cookie x.txt"],
    ["", "file"],
    ["...", "file"],
  ])("%j becomes %j", (name, cleaned) => expect(cleanFileName(name)).toBe(cleaned));

  test("are never empty, long or with anything dangerous, and cleaning twice changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 400 }), (name) => {
        const cleaned = cleanFileName(name);
        expect(cleaned.length).toBeGreaterThan(0);
        expect([...cleaned].length).toBeLessThanOrEqual(150);
        expect(cleaned).not.toMatch(/[\\/\p{Cc}\p{Cf}<>:"|?*]/u);
        expect(cleanFileName(cleaned)).toBe(cleaned);
      }),
    );
    expect(cleanFileName(`${"长".repeat(300)}.docx`)).toMatch(/^长+\.docx$/);
  });
});

describe("response headers", () => {
  const all = [
    "text/html",
    "image/svg+xml",
    "application/xml",
    "application/xhtml+xml",
    "text/xml",
    "application/javascript",
    "application/pdf",
    "text/plain",
    "application/zip",
    "image/avif",
    "application/octet-stream",
    "video/mp4",
  ];
  test.each(all)("%s is a download, sandboxed and not sniffed", (type) => {
    const headers = headersFor(type, "a.bin");
    expect(headers["content-disposition"]).toMatch(/^attachment;/);
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toMatch(/^sandbox;/);
  });

  test("types a browser would run are not named; pictures are inline, players keep theirs", () => {
    for (const type of all.slice(0, 6))
      expect(headersFor(type)["content-type"]).toBe("application/octet-stream");
    expect(headersFor("image/png")).toMatchObject({
      "content-type": "image/png",
      "content-disposition": "inline",
    });
    expect(headersFor("audio/amr")["content-type"]).toBe("audio/amr");
    expect(headersFor("application/ogg")["content-type"]).toBe("audio/ogg");
    expect(headersFor("text/plain")["content-type"]).toBe("text/plain; charset=utf-8");
  });

  test("a name cannot break out of its header", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (name) => {
        const header = headersFor("application/pdf", cleanFileName(name))["content-disposition"] ?? "";
        expect(header).toMatch(/^attachment; filename="[^"\\\r\n]*"; filename\*=UTF-8''[\w.~%-]+$/);
      }),
    );
    expect(headersFor("application/pdf", "发票.pdf")["content-disposition"]).toBe(
      `attachment; filename="__.pdf"; filename*=UTF-8''%E5%8F%91%E7%A5%A8.pdf`,
    );
  });
});
