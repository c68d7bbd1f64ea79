/**
 * A Word file (.docx) into sections: mammoth makes HTML of it by its styles, read-html reads that.
 */
import mammoth from "mammoth";
import type { Reading, ReadResult } from "./model.ts";
import { readHtml } from "./read-html.ts";
import { Unreadable } from "./refusal.ts";
import { storedZip, unpackZip } from "./unpack-zip.ts";

/** Chinese Word and WPS name some styles in Chinese. */
const styles = [1, 2, 3, 4, 5, 6].map((level) => `p[style-name='标题 ${level}'] => h${level}:fresh`);
const titles = ["Title", "标题"].map((name) => `p[style-name='${name}'] => h1:fresh`);

/** @throws Unreadable document/broken, document/encrypted, document/unpacks-too-large */
export async function readDocx(bytes: Uint8Array, reading: Reading): Promise<ReadResult> {
  const parts = unpackZip(bytes, "docx", (name) => /\.(?:xml|rels)$/iu.test(name));
  let pictures = 0;
  const withoutPictures = mammoth.images.imgElement(async () => {
    pictures += 1;
    return { src: "" };
  });
  const options = { styleMap: [...titles, ...styles], convertImage: withoutPictures };
  const html = await mammoth
    .convertToHtml({ buffer: storedZip(parts) }, options)
    .then(({ value }) => value)
    .catch((error: unknown) => {
      throw new Unreadable("document/broken", { format: "docx" }, error);
    });
  const { facts: _, ...read } = readHtml(html, reading);
  const problems = pictures === 0 ? [] : [{ code: "pictures-left-out", values: { count: pictures } }];
  return { ...read, problems: [...read.problems, ...problems] };
}
