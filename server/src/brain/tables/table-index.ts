// A table made ready for questions: by which words its rows and columns may be called. Built once per table and kept with
// it. Used by read-question.ts and find-rows.ts.

import { unifyCharacters } from "@yingda/language";
import type { Table } from "./table.ts";
import { joinedOf, splitGroups } from "./word-groups.ts";

export interface RowName {
  column: number;
  /** The naming cell, joined. */
  text: string;
  /** Ways of saying the whole cell: without its brackets, "红" for 红色, "L" for L 码, an alias. */
  wholes: string[];
  role: "key" | "part" | "group";
  /** Colours and sizes are meant only when said whole: 红色 is not 酒红色. */
  isWholeOnly: boolean;
}

export interface TableIndex {
  /** By row. */
  names: RowName[][];
  /** Every group that a name has, for a quick no. */
  groups: Set<string>;
  /** All names in a row, each once, to look parts up in. */
  haystack: string;
  wholes: Set<string>;
  /** What the table's name and the sections say; it may be in a question but names no row. */
  setting: string;
  /** Columns by what they may be called. */
  headers: Map<string, number[]>;
}

/** Other names that customers use for a product: "大白" for "A3 激光打印机". */
export interface ProductAlias {
  name: string;
  aliases: readonly string[];
}

const kept = new WeakMap<Table, { products: readonly ProductAlias[]; index: TableIndex }>();

/** The index of a table; table and products are taken for unchanging. */
export function tableIndexOf(table: Table, products: readonly ProductAlias[]): TableIndex {
  const known = kept.get(table);
  if (known?.products === products) return known.index;
  const index = build(table, products);
  kept.set(table, { products, index });
  return index;
}

function build(table: Table, products: readonly ProductAlias[]): TableIndex {
  const aliases = new Map<string, string[]>();
  for (const { name, aliases: others } of products)
    aliases.set(joinedOf(name), [...(aliases.get(joinedOf(name)) ?? []), ...others.map(joinedOf)]);
  const names = table.rows.map(({ cells, group }) => [
    ...table.columns.flatMap(({ naming, topic }, column): RowName[] => {
      const text = cells[column]?.text ?? "";
      const joinedText = joinedOf(text);
      if (naming === null || joinedText === "" || cells[column]?.value.kind === "formula") return [];
      const wholes = [...wholesOf(text, topic), ...(aliases.get(joinedText) ?? [])].filter(
        (whole) => whole !== "",
      );
      const isWholeOnly = topic === "colour" || topic === "size" || topic === "alias" || topic === "day";
      return [{ column, text: joinedText, wholes: [...new Set(wholes)], role: naming, isWholeOnly }];
    }),
    ...(group === ""
      ? []
      : [{ column: -1, text: joinedOf(group), wholes: [], role: "group" as const, isWholeOnly: false }]),
  ]);
  const setting = joinedOf(table.name);
  const texts = new Set([
    setting,
    ...names
      .flat()
      .filter(({ isWholeOnly }) => !isWholeOnly)
      .map(({ text }) => text),
  ]);
  const wholes = new Set(names.flat().flatMap((name) => name.wholes));
  const groups = new Set([...texts, ...wholes].flatMap(splitGroups));
  return { names, groups, haystack: [...texts].join("\u0002"), wholes, setting, headers: headersOf(table) };
}

function wholesOf(text: string, topic: string | null): string[] {
  const unified = unifyCharacters(text);
  const bare = unified.replace(/[([【][^)\]】]*[)\]】]/gu, " ");
  const inside = [...unified.matchAll(/[([【]([^)\]】]*)[)\]】]/gu)].map(([, piece]) => piece ?? "");
  const forms = [unified, bare];
  if (topic === "alias") forms.push(...unified.split(/[,、;/|，；]/u));
  if (topic === "colour")
    forms.push(unified.replace(/色$/u, ""), `${unified}色`, unified.replace(/ colou?r$/u, ""));
  if (topic === "size") {
    const sizes = bare.split("/").some((part) => /^\s*\d{3}\s*$/u.test(part)) ? [bare] : bare.split("/");
    for (const size of [...sizes, ...inside])
      forms.push(size, size.trim().replace(/(?:码|号)$|^size\s/u, ""));
    const word = wordSizes[bare.trim()];
    if (word !== undefined) forms.push(...word);
  }
  return forms.map(joinedOf);
}

const wordSizes: Record<string, string[]> = {
  s: ["small", "小码"],
  m: ["medium", "中码"],
  l: ["large"],
  xl: ["extra large", "x large"],
  small: ["s"],
  medium: ["m"],
  large: ["l"],
  xs: ["extra small"],
};

function headersOf(table: Table): Map<string, number[]> {
  const headers = new Map<string, number[]>();
  for (const [at, { names, topic }] of table.columns.entries()) {
    if (topic === "internal" || topic === "index") continue;
    for (const name of names) {
      const bare = joinedOf(name.replace(/^(?:是否|能否|可否)/u, ""));
      const sized = joinedOf(name.replace(/[(（【][^)）】]*[)）】]|(?:码|号)$/gu, ""));
      for (const called of new Set([joinedOf(name), bare, sized]))
        if (called !== "") headers.set(called, [...new Set([...(headers.get(called) ?? []), at])]);
    }
  }
  return headers;
}
