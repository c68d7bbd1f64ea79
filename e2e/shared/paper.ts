// What comes out of the printer: a page's print as PDF, measured, drawn as pictures, and its QR codes read from the drawing.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { prepareZXingModule, readBarcodes } from "zxing-wasm/reader";

const find = createRequire(import.meta.url);
const pdfLibrary = join(dirname(find.resolve("unpdf")), "pdfjs.mjs");
const wasm = await readFile(find.resolve("zxing-wasm/reader/zxing_reader.wasm"));
prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } });

export interface PaperPage {
  widthMm: number;
  heightMm: number;
  png: Buffer;
  /** Texts of the QR codes on it, sorted. */
  codes: string[];
}

const mmPerPoint = 25.4 / 72;
/** Of a drawn page per point: 150 dots an inch, what a cheap printer can. */
const scale = 150 / 72;

/** Prints as the page's own style asks for. */
export async function printed(page: Page, browser: Browser): Promise<PaperPage[]> {
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: false });
  const context = await browser.newContext();
  try {
    const drawing = await context.newPage();
    await drawing.route("https://paper.test/**", async (route) =>
      route.request().url().endsWith(".mjs")
        ? route.fulfill({ path: pdfLibrary, contentType: "text/javascript" })
        : route.fulfill({ body: "<!doctype html><title>paper</title>", contentType: "text/html" }),
    );
    await drawing.goto("https://paper.test/");
    const pages = await drawing.evaluate<Drawn[]>(
      `(${drawPages})(${JSON.stringify(pdf.toString("base64"))}, ${scale})`,
    );
    return await Promise.all(pages.map(read));
  } finally {
    await context.close();
  }
}

interface Drawn {
  width: number;
  height: number;
  png: string;
}

async function read({ width, height, png }: Drawn): Promise<PaperPage> {
  const bytes = Buffer.from(png, "base64");
  const found = await readBarcodes(new Blob([new Uint8Array(bytes)]), {
    formats: ["QRCode"],
    tryHarder: true,
    maxNumberOfSymbols: 20,
  });
  return {
    widthMm: width * mmPerPoint,
    heightMm: height * mmPerPoint,
    png: bytes,
    codes: found
      .filter(({ isValid }) => isValid)
      .map(({ text }) => text)
      .sort(),
  };
}

/** Runs in the browser. */
const drawPages = String.raw`async (base64, scale) => {
  const { getDocument } = await import("https://paper.test/pdf.mjs");
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const pdf = await getDocument({ data: bytes, disableFontFace: true }).promise;
  const drawn = [];
  for (let at = 1; at <= pdf.numPages; at += 1) {
    const page = await pdf.getPage(at);
    const viewport = page.getViewport({ scale });
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(viewport.width);
    canvas.height = Math.round(viewport.height);
    await page.render({ canvasContext: canvas.getContext("2d"), canvas, viewport, intent: "print" }).promise;
    const [, , width, height] = page.view;
    drawn.push({ width, height, png: canvas.toDataURL("image/png").split(",")[1] });
  }
  return drawn;
}`;
