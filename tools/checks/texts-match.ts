/**
 * Chinese and English say the same: every key of zh-CN exists in en and back, with the same holes, and nothing is empty in one
 * language or left untranslated. Reads <part>/src/i18n/{zh-CN,en}.{ts,json}, or two folders of such files with equal names.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { pathsUnder } from "./source-tree.ts";

export const speakingParts = ["workbench", "widget"];

/** Names that stay as they are in every language. */
const ownNames = /应答|中文|简体/g;

type Text = string | ((...values: never[]) => unknown);

/** Offences, and how many keys were compared per part (a part without sources is left out). */
export async function textOffences(
  root: string,
): Promise<{ offences: string[]; keysSeen: Record<string, number> }> {
  const offences: string[] = [];
  const keysSeen: Record<string, number> = {};
  for (const part of speakingParts) {
    if (pathsUnder(root, `${part}/src`).length === 0) continue;
    const folder = `${part}/src/i18n`;
    const [chinese, english] = [await readTexts(root, folder, "zh-CN"), await readTexts(root, folder, "en")];
    keysSeen[part] = Math.min(chinese.size, english.size);
    if (chinese.size === 0) offences.push(`${folder}: no texts in zh-CN`);
    if (english.size === 0) offences.push(`${folder}: no texts in en`);
    const say = (key: string, what: string) => offences.push(`${folder} ${key}: ${what}`);
    for (const key of chinese.keys()) if (!english.has(key)) say(key, "missing in en");
    for (const [key, text] of english) {
      const other = chinese.get(key);
      if (other === undefined) say(key, "missing in zh-CN");
      else if (holesOf(text) !== holesOf(other))
        say(key, `holes differ: ${holesOf(other)} in zh-CN, ${holesOf(text)} in en`);
      if (other !== undefined && isEmpty(text) !== isEmpty(other)) say(key, "empty in one language");
      if (isChinese(text) && isChinese(other)) say(key, "not translated in en");
    }
  }
  return { offences, keysSeen };
}

/** Key → text of one language; nested keys are joined by dots, plural forms of a key count as the key. */
async function readTexts(root: string, folder: string, language: string): Promise<Map<string, Text>> {
  const texts = new Map<string, Text>();
  const paths = pathsUnder(root, folder).filter(
    (path) =>
      new RegExp(`^${folder}/${language}(?:/.+)?\\.(?:ts|json)$`).test(path) && !path.includes(".test."),
  );
  for (const path of paths) {
    const inFolder = new RegExp(`/${language}/(.+)\\.(?:ts|json)$`).exec(path)?.[1];
    collect(await load(join(root, path)), inFolder ? `${inFolder}.` : "", texts);
  }
  return texts;
}

async function load(file: string): Promise<unknown> {
  if (file.endsWith(".json")) return JSON.parse(readFileSync(file, "utf8"));
  const module: Record<string, unknown> = await import(pathToFileURL(file).href);
  return "default" in module
    ? module.default
    : Object.values(module).find((value) => typeof value === "object");
}

function collect(value: unknown, prefix: string, into: Map<string, Text>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    const key = prefix + name.replace(/_(?:zero|one|two|few|many|other)$/, "");
    if (isText(inner)) into.set(key, inner);
    else collect(inner, `${prefix}${name}.`, into);
  }
}

function isText(value: unknown): value is Text {
  return typeof value === "string" || typeof value === "function";
}

/** A text with Han in it. The switch to the other language is written in that language, so both sides are asked. */
function isChinese(text: Text | undefined): boolean {
  return typeof text === "string" && /\p{Script=Han}/u.test(text.replace(ownNames, ""));
}

function isEmpty(text: Text | undefined): boolean {
  return typeof text === "string" && text.trim() === "";
}

/** What a text needs from its caller: named holes, or the number of arguments. */
function holesOf(text: Text): string {
  if (typeof text === "function") return `${text.length} values`;
  return (
    [...new Set(Array.from(text.matchAll(/\{\{?\s*(\w+)[^}]*\}?\}/g), ([, name]) => name))]
      .sort()
      .join(", ") || "none"
  );
}
