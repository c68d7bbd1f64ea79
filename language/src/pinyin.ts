// Sounds of Han characters, toneless and with the confusions of southern accents and quick typing merged (zh/z, ch/c,
// sh/s, ng/n, l/n at the start stay apart), so that "发或" still meets "发货". Used as features only, never shown.

import { lazily, readDataLines } from "./own-data.ts";

const soundOf = lazily(() => {
  const table = new Map<string, string>();
  for (const line of readDataLines("pinyin.txt")) {
    const [reading = "", characters = ""] = line.split(" ");
    const sound = mergeConfusions(reading);
    for (const character of characters) table.set(character, sound);
  }
  return table;
});

/** The merged sound of one simplified Han character; the character itself when its reading is not in the table. */
export function soundOfCharacter(character: string): string {
  return soundOf().get(character) ?? character;
}

function mergeConfusions(reading: string): string {
  return reading.replace(/^([zcs])h/, "$1").replace(/([aeiou])ng$/, "$1n");
}

const bySound = lazily(() => {
  const groups = new Map<string, string[]>();
  for (const line of readDataLines("pinyin.txt")) {
    const [reading = "", characters = ""] = line.split(" ");
    groups.set(reading, [...characters]);
  }
  return groups;
});
const readingOf = lazily(() => {
  const table = new Map<string, string>();
  for (const [reading, characters] of bySound())
    for (const character of characters) table.set(character, reading);
  return table;
});

/** Other characters with the same toneless reading, commonest first as the table has them; none for an unknown one. */
export function homophonesOf(character: string): string[] {
  const reading = readingOf().get(character);
  return reading === undefined ? [] : (bySound().get(reading) ?? []).filter((other) => other !== character);
}
