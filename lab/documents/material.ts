/**
 * The material of the lab as data: hand-written chapters and pages, and a line of products from which the rest is made
 * up. Everything is the same on every run.
 */
import { readFileSync } from "node:fs";

export interface Chapter {
  title: string;
  sections: { title: string; text: string }[];
}

export interface Part {
  number: string;
  zh: string;
  en: string;
  price: string;
  stock: number;
  shelf: string;
}

export interface Model {
  /** "净行 R5 扫地机器人" */
  title: string;
  code: string;
  name: string;
  product: string;
  productEn: string;
  watts: number;
  kilograms: string;
  decibels: number;
  centimetres: string;
  cordMetres: string;
  priceYuan: number;
  parts: Part[];
}

const folder = new URL("../data/documents/", import.meta.url);

export function readData(name: string): string {
  return readFileSync(new URL(name, folder), "utf8");
}

/** Lines of a TSV without its comments. */
export function readRows(name: string): string[][] {
  const lines = readData(name).split("\n");
  return lines.filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("\t"));
}

/** "# chapter", "## section" and the text below it. */
export function readChapters(name: string): Chapter[] {
  const chapters: Chapter[] = [];
  for (const line of readData(name).split("\n").filter(Boolean)) {
    const chapter = chapters.at(-1);
    const section = chapter?.sections.at(-1);
    if (line.startsWith("# ")) chapters.push({ title: line.slice(2), sections: [] });
    else if (line.startsWith("## ")) chapter?.sections.push({ title: line.slice(3), text: "" });
    else if (section !== undefined) section.text += section.text === "" ? line : `\n${line}`;
  }
  return chapters;
}

/** One hundred models of twenty products, fifty parts each. */
export function readModels(): Model[] {
  const common = readRows("common-parts.tsv");
  return readRows("families.tsv").flatMap(
    ([product = "", productEn = "", name = "", codes = "", own = ""]) => {
      const names = [...own.split("|").map((part) => part.split("/")), ...common];
      return codes.split(",").map((code): Model => {
        const of = (what: string, from: number, to: number) =>
          from + (numberOf(code + what) % (to - from + 1));
        return {
          title: `${name} ${code} ${product}`,
          code,
          name,
          product,
          productEn,
          watts: of("watts", 3, 110) * 20,
          kilograms: (of("weight", 12, 680) / 10).toFixed(1),
          decibels: of("noise", 32, 68),
          centimetres: `${of("w", 18, 60)} × ${of("d", 18, 60)} × ${of("h", 20, 90)}`,
          cordMetres: (of("cord", 10, 24) / 10).toFixed(1),
          priceYuan: of("price", 99, 3_999),
          parts: names.map(([zh = "", en = ""], at) => ({
            number: `${code}-${String(at + 1).padStart(2, "0")}`,
            zh,
            en,
            price: (of(`${zh} price`, 300, 39_900) / 100).toFixed(2),
            stock: of(`${zh} stock`, 0, 240),
            shelf: `${String.fromCharCode(65 + of(`${zh} row`, 0, 7))}${of(`${zh} shelf`, 1, 48)}`,
          })),
        };
      });
    },
  );
}

/** A number made of a text, always the same (FNV-1a). */
export function numberOf(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01_00_01_93) >>> 0;
  return hash >>> 3;
}
