/**
 * What a file is, by its content and not by its word, and how it may be shown.
 *
 * The type the sender declared is not used at all; the extension only decides between contents that look alike
 * (plain text, zip and compound files). A picture by name that is none by content becomes an attachment; programs, scripts,
 * shortcuts, macro documents and disk images are refused whatever they call themselves.
 */
import { extname } from "node:path";

export type MediaKind = "image" | "audio" | "video" | "file";

export type TypeDecision =
  | { kind: "accepted"; type: string; mediaKind: MediaKind }
  | { kind: "refused"; type: string };

/** The only types a browser may show in place. */
export const rasterTypes: ReadonlySet<string> = new Set([
  "image/png",
  "image/jpeg",
  "image/gif",
  "image/webp",
]);

const unknownType = "application/octet-stream";

const refusedExtensions = new Set(
  `exe dll com scr pif bat cmd msi msp mst msix appx vbs vbe js mjs jse wsf wsh wsc ps1 psm1 hta cpl lnk url scf reg
   inf jar class apk xapk ipa app dmg pkg deb rpm sh bash command csh run desktop iso img vhd vhdx chm hlp gadget
   docm dotm xlsm xltm xlam pptm potm ppsm sldm xll one swf crx xpi asar`.split(/\s+/),
);

const refusedTypes = new Set([
  "application/x-msdownload",
  "application/vnd.microsoft.portable-executable",
  "application/x-elf",
  "application/x-mach-binary",
  "application/java-vm",
  "application/java-archive",
  "application/wasm",
  "application/vnd.android.package-archive",
  "application/x-ms-shortcut",
  "application/x-ft-apple.alias",
  "application/x-ms-regedit",
  "application/vnd.ms-htmlhelp",
  "application/vnd.ms-cab-compressed",
  "application/x-apple-diskimage",
  "application/x-iso9660-image",
  "application/x-google-chrome-extension",
  "application/x-xpinstall",
  "application/x-shockwave-flash",
  "application/x-deb",
  "application/x-rpm",
  "application/x-asar",
]);

/** Containers whose content cannot tell what is in them; only these extensions are believed. */
const byExtension: Record<string, Record<string, string>> = {
  "application/zip": {
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    odt: "application/vnd.oasis.opendocument.text",
    ods: "application/vnd.oasis.opendocument.spreadsheet",
  },
  "application/x-cfb": {
    doc: "application/msword",
    xls: "application/vnd.ms-excel",
    ppt: "application/vnd.ms-powerpoint",
    wps: "application/vnd.ms-works",
    et: "application/vnd.ms-excel",
    dps: "application/vnd.ms-powerpoint",
  },
  "text/plain": {
    csv: "text/csv",
    tsv: "text/tab-separated-values",
    md: "text/markdown",
    json: "application/json",
    ics: "text/calendar",
    vcf: "text/vcard",
  },
};

/** Text that a browser would run or render. Kept as what it is, never served as such (media-headers.ts). */
const activeText: [RegExp, string][] = [
  [/^<svg[\s>]/, "image/svg+xml"],
  [
    /^(<!doctype html|<html|<head|<body|<script|<iframe|<img|<a |<div|<table|<title|<style|<meta)/,
    "text/html",
  ],
  [/^(<\?xml|<!doctype|<[a-z])/, "application/xml"],
];

export type TypeClaim = {
  /** The first bytes; 64 kB are plenty. */
  head: Uint8Array;
  /** What file-type makes of the head, if anything. */
  sniffed: string | undefined;
  name: string;
};

export function decideType({ head, sniffed, name }: TypeClaim): TypeDecision {
  const extension = extname(name).slice(1).toLowerCase();
  const content = sniffed ?? textTypeOf(head) ?? unknownType;
  if (refusedTypes.has(content) || /macroenabled/i.test(content)) return { kind: "refused", type: content };
  if (refusedExtensions.has(extension) || isScript(head)) return { kind: "refused", type: content };
  const type = byExtension[content]?.[extension] ?? content;
  return { kind: "accepted", type, mediaKind: kindOf(type) };
}

export function kindOf(type: string): MediaKind {
  if (rasterTypes.has(type)) return "image";
  if (type.startsWith("audio/") || type === "application/ogg") return "audio";
  return type.startsWith("video/") ? "video" : "file";
}

/** A file name without folders, control, direction or reserved characters, at most 150 characters; never empty. */
export function cleanFileName(name: string): string {
  const last = name.normalize("NFC").split(/[\\/]/).at(-1) ?? "";
  const cleaned = last
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}<>:"|?*]/gu, "")
    .replace(/^[\s.]+|[\s.]+$/g, "");
  const extension = extname(cleaned).slice(0, 16);
  const characters = [...cleaned];
  if (characters.length === 0) return "file";
  if (characters.length <= 150) return cleaned;
  return characters.slice(0, 150 - extension.length).join("") + extension;
}

function isScript(head: Uint8Array): boolean {
  return head[0] === 0x23 && head[1] === 0x21; // #!
}

/** "text/plain", an active text type, or undefined when the bytes are not text. */
function textTypeOf(head: Uint8Array): string | undefined {
  const text = decodeText(head);
  if (text === undefined) return undefined;
  const start = text
    .slice(0, 4_096)
    .replace(/^\ufeff?(\s|<!--[\s\S]*?(-->|$))*/, "")
    .toLowerCase();
  if (start.startsWith("<?xml") && /<svg[\s>]/.test(start)) return "image/svg+xml";
  return activeText.find(([pattern]) => pattern.test(start))?.[1] ?? "text/plain";
}

function decodeText(head: Uint8Array): string | undefined {
  if ((head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff))
    return new TextDecoder(head[0] === 0xff ? "utf-16le" : "utf-16be").decode(head);
  if (head.some((byte) => byte < 32 && (byte < 9 || byte > 13) && byte !== 27)) return undefined;
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      // `stream` forgives a character that is cut off at the end of the head
      return new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    } catch {
      // not in this encoding
    }
  }
  return undefined;
}
