// An FAQ's extras as cells of a sheet and back. What people write by hand are plain words; contents and variants, which
// have parts, stand as JSON, so that what is exported can be imported again. Pure.

import type { FaqExtras } from "@yingda/contract";
import type { ColumnKey } from "./columns.ts";
import { joinList, readSwitch, splitList } from "./columns.ts";

export const extrasColumns = [
  "expiresOn",
  "related",
  "offersRelated",
  "spoken",
  "spokenEn",
  "contents",
  "variants",
] as const satisfies readonly ColumnKey[];
export type ExtrasColumn = (typeof extrasColumns)[number];

export function isExtrasColumn(key: ColumnKey): key is ExtrasColumn {
  return (extrasColumns as readonly ColumnKey[]).includes(key);
}

/** What the cell says; undefined for a cell that says nothing of the kind, which zod then tells. */
export function readExtrasCell(key: ExtrasColumn, cell: string): unknown {
  switch (key) {
    case "expiresOn":
      return cell === "" ? null : readDay(cell);
    case "related":
      return splitList(cell.replace(/[,，、;；]/gu, "|"));
    case "offersRelated":
      return cell !== "" && readSwitch(cell);
    case "spoken":
    case "spokenEn":
      return cell;
    case "contents":
    case "variants":
      return cell === "" ? [] : readJson(cell);
    default:
      return key satisfies never;
  }
}

/** "2026-12-31", "2026/12/31", "2026年12月31日" as an ISO day; anything else as it is. */
function readDay(cell: string): string {
  const parts = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u.exec(cell);
  if (parts === null) return cell;
  const [, year = "", month = "", day = ""] = parts;
  return `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
}

function readJson(cell: string): unknown {
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}

export function writeExtrasCell(key: ExtrasColumn, extras: FaqExtras): string {
  switch (key) {
    case "expiresOn":
      return extras.expiresOn ?? "";
    case "related":
      return joinList(extras.related);
    case "offersRelated":
      return extras.offersRelated ? "是" : "否";
    case "spoken":
    case "spokenEn":
      return extras[key];
    case "contents":
    case "variants":
      return extras[key].length === 0 ? "" : JSON.stringify(extras[key]);
    default:
      return key satisfies never;
  }
}
