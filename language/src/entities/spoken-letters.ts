// How the letters of a machine's display are said and heard in Chinese ("显示伊四"). They count only behind a word that speaks
// of a display or a fault, since each is an ordinary character too. Used by fault-codes.ts and masks.ts.

const letters: [string, string][] = [
  ["诶|欸|唉", "a"],
  ["必|币|比|壁", "b"],
  ["西|吸|惜", "c"],
  ["弟|地|第|帝", "d"],
  ["伊|衣|易|依|亿|意|咿|医", "e"],
  ["艾弗|艾福|爱福|爱抚|艾夫|埃夫|阿福|佛", "f"],
  ["艾尺|爱吃|诶吃|艾曲", "h"],
  ["艾勒|艾尔|爱偶|爱乐|埃勒", "l"],
  ["皮|屁|批|披", "p"],
  ["优|尤|由", "u"],
  ["欧|哦", "o"],
  ["艾斯|爱死|埃斯", "s"],
  ["提|踢|题", "t"],
  ["艾姆|爱慕", "m"],
  ["恩|嗯", "n"],
  ["阿|啊", "r"],
];
const byName = new Map(
  letters.flatMap(([names, letter]) => names.split("|").map((name): [string, string] => [name, letter])),
);

/** Pattern of every spoken letter, the longer names first; no groups inside but one that does not capture. */
export const spokenLetter = `(?:${[...byName.keys()].sort((a, b) => b.length - a.length).join("|")})`;

/** The letter that a name stands for ("伊" → "e"); empty for what is no name of a letter. */
export function letterSpokenAs(name: string): string {
  return byName.get(name) ?? "";
}
