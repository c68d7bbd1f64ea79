/**
 * Response headers for a stored file: what a browser may do with it.
 *
 * Raster pictures are shown in place; everything else is a download with nosniff and a sandbox. Types that a
 * browser would run (HTML, SVG, XML, scripts) are not even named. Audio and video keep their type, since the
 * players of the page need it and ignore the disposition.
 */
import { rasterTypes } from "./media-type.ts";

const namedTypes = /^(audio|video)\/[\w.+-]+$/;
const namedDownloads = new Set(["application/pdf", "application/zip", "text/plain", "text/csv"]);

/** Header names in lower case. `name` is the stored file name; thumbnails need none. */
export function headersFor(type: string, name?: string): Record<string, string> {
  const isRaster = rasterTypes.has(type);
  return {
    "content-type": contentType(type),
    "content-disposition": disposition(isRaster ? "inline" : "attachment", name),
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "cache-control": "private, max-age=300, immutable",
  };
}

function contentType(type: string): string {
  if (rasterTypes.has(type) || namedTypes.test(type)) return type;
  if (type === "application/ogg") return "audio/ogg";
  if (!namedDownloads.has(type)) return "application/octet-stream";
  return type.startsWith("text/") ? `${type}; charset=utf-8` : type;
}

function disposition(how: "inline" | "attachment", name: string | undefined): string {
  if (name === undefined) return how;
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, "_");
  const encoded = encodeURIComponent(name).replace(
    /['()*!]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
