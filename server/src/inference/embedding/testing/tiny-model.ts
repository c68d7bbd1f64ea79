// A sentence encoder of a few kilobytes, made by the test that wants it: characters and words that mean the same have the
// same vector, so "几时能寄" and "多久发货" are neighbours though they share no character. For tests.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lookUpModel } from "./onnx-writer.ts";

/** Each line one meaning; single characters and lower-case words, as BERT's tokenizer cuts them. */
const meanings = [
  "发 货 寄 出 递 ship send dispatch",
  "久 时 几 天 when long days",
  "退 换 返 还 return exchange",
  "运 费 邮 钱 cost fee postage",
  "尺 码 大 小 号 size fit",
  "发票 票 税 invoice receipt",
];
const specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];
const dimensions = 16;

export function tinyVocabulary(): string[] {
  return [...specials, ...meanings.flatMap((line) => line.split(" "))];
}

/** Deterministic: a direction per meaning, and a little of its own per token. */
export function tinyTable(): Float32Array[] {
  const rows = specials.map(() => new Float32Array(dimensions));
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed / 2_147_483_648 - 0.5;
  };
  for (const [meaning, line] of meanings.entries())
    for (const _ of line.split(" "))
      rows.push(
        Float32Array.from({ length: dimensions }, (_value, at) => (at === meaning ? 1 : 0) + 0.1 * random()),
      );
  return rows;
}

/** Writes the folder as an operator would have it: model.onnx, vocab.txt, config.json. */
export function writeTinyModel(folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "model.onnx"), lookUpModel(tinyTable()));
  writeFileSync(join(folder, "vocab.txt"), `${tinyVocabulary().join("\n")}\n`);
  writeFileSync(join(folder, "config.json"), JSON.stringify({ hidden_size: dimensions }));
}
