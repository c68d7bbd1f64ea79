// The words around a place in a text: its clause, its sentence or table row, and the words in them that can tell two
// things apart. Called by belongs.ts, denial.ts and supports.ts; reach is bounded, so work grows with the length only.

export interface Place {
  start: number;
  end: number;
}

const clauseReach = 60;
const sentenceReach = 220;
const abbreviationReach = 8;
const clauseMark = /[,。!?;\n|]|(?<!\b(?:approx|incl|excl|max|min|no|ca|etc|st|dr|mr|mrs|vs))\.(?=\s|$)/gu;
const sentenceMark = /[。!?;\n]|(?<!\b(?:approx|incl|excl|max|min|no|ca|etc|st|dr|mr|mrs|vs))\.(?=\s|$)/gu;

/** The clause around a place. */
export function clauseAround(text: string, place: Place): Place {
  return around(text, place, clauseMark, clauseReach);
}

/** The sentence or row around a place. */
export function sentenceAround(text: string, place: Place): Place {
  return around(text, place, sentenceMark, sentenceReach);
}

/** The clauses of a text in reading order. */
export function clausesOf(text: string): Place[] {
  const ends = [...text.matchAll(clauseMark)].map(({ index }) => index + 1);
  let start = 0;
  return [...ends, text.length].flatMap((end) => {
    const place = { start, end };
    start = end;
    return end > place.start ? [place] : [];
  });
}

/** Where the sentences of a text end, in reading order. */
export function sentenceEnds(text: string): number[] {
  return [...text.matchAll(sentenceMark)].map((found) => found.index + 1);
}

function around(text: string, { start, end }: Place, mark: RegExp, reach: number): Place {
  // a mark is judged by what stands before it, so both sides are read with some of that
  const first = Math.max(0, start - reach);
  let from = first;
  for (const found of text.slice(first, start).matchAll(mark)) from = first + found.index + 1;
  const behind = Math.max(0, end - abbreviationReach);
  let stop = Math.min(text.length, end + reach);
  for (const found of text.slice(behind, stop).matchAll(mark))
    if (behind + found.index >= end) {
      stop = behind + found.index;
      break;
    }
  return { start: from, end: stop };
}

/** Words that stand beside anything and tell nothing apart. */
const filler = new Set(
  `可以 需要 我们 您的 支持 一般 左右 大约 以内 之内 请在 联系 客服 之后 会在 收到 如果 的话 订单 时间 预计 您可 就可 即可 只要 只需
为您 给您 本店 这款 商品 产品 亲亲 目前 通常 工作 小时 分钟 个月 日内 天内 后的 的是 是的 不是 就是 这个 那个 一个 还有 都是 也是 时候
the and for you your our are with within from will can about each per this that have has had day hour minute week month year
order item before after then rest only also it its into more than not but all any one get new use so up to at in on of or a i t
re ll ve is be as by do if my no us we an am was were they them their there here take takes need until till 其他 他地 地区 one two three four five six seven eight nine ten hundred thousand which who what when where how much many cost costs price prices fee pay pays come comes`.split(
    /\s+/u,
  ),
);

/** What shops call by many names, as one word beside the ones that were said: a Saturday is of the weekend. */
const concepts: [string, RegExp][] = [
  [
    "=weekend",
    /周末|双休日|(?:周|星期|礼拜)[六日天末]|(?<![a-z])(?:weekends?|saturdays?|sundays?)(?![a-z])/u,
  ],
  [
    "=weekday",
    /平日|平时|工作日(?!内)|(?:周|星期|礼拜)一(?:到|至|-|~)(?:周|星期|礼拜)?五|(?<![a-z])(?:weekdays?|monday (?:to|through|-) friday)(?![a-z])/u,
  ],
  ["=postage", /[运邮]费|快递费|配送费|送货费|(?<![a-z])(?:shipping|delivery|postage)(?![a-z])/u],
  ["=first", /首次|首单|第一次|头一[次回]|新客|(?<![a-z])first (?:time|visit|order|one)(?![a-z])/u],
  ["=deposit", /定金|订金|(?<![a-z])(?:deposit|up ?front)(?![a-z])/u],
  ["=return", /退|(?<![a-z])(?:return\w*|refund\w*|send (?:it|them) back)/u],
  ["=exchange", /换|(?<![a-z])(?:exchang\w+|swap\w*|replac\w+)/u],
  ["=early", /早(?=[班场餐市上鸟])|(?<![a-z])(?:early|morning)(?![a-z])/u],
  ["=late", /[晚夜](?=[班场餐市间里上])|(?<![a-z])(?:late|night|evening)(?![a-z])/u],
  ["=adult", /成人|大人|(?<![a-z])(?:adults?|grown-?ups?)(?![a-z])/u],
  ["=child", /儿童|小孩|孩子|小朋友|(?<![a-z])(?:child(?:ren)?|kids?)(?![a-z])/u],
];
/** The name that stands last: of "weekdays 9-12 and" the weekday. */
export function lastName(text: string): string[] {
  let last: { at: number; name: string } | null = null;
  for (const [name, pattern] of concepts) {
    const at = [...text.matchAll(new RegExp(pattern, "gu"))].at(-1)?.index ?? -1;
    if (at >= 0 && (last === null || at > last.at)) last = { at, name };
  }
  return last === null ? [] : [last.name];
}

/** "A款", "model B": one letter or number names the thing. */
const labels =
  /(?<![a-z\d])(?<before>[a-z]|\d{1,2})(?=款|型|班|套餐|区|座|栋|档|类|组|餐)|(?:套餐|方案|型号|版本|房型)\s?(?<named>[a-z]|\d{1,2})(?![a-z\d])|(?<![a-z])(?:model|type|plan|option|size|zone|class|grade|version|package|set|menu|tier) (?<behind>[a-z]|\d{1,2})(?![a-z\d])/gu;

/** Pairs of Han characters and stems of Latin words, without those that say nothing. */
export function tellingWords(text: string): Set<string> {
  const words = new Set<string>();
  for (const [concept, pattern] of concepts) if (pattern.test(text)) words.add(concept);
  for (const { groups } of text.matchAll(labels))
    words.add(`#${groups?.before ?? groups?.named ?? groups?.behind ?? ""}`);
  for (const [run] of text.matchAll(/\p{Script=Han}+/gu))
    for (let at = 0; at + 1 < run.length; at += 1) words.add(run.slice(at, at + 2));
  for (const [word] of text.replaceAll("on top", "").matchAll(/(?<![a-z'])[a-z]{1,30}/gu))
    if (!filler.has(word) && !filler.has(stemOf(word))) words.add(stemOf(word));
  for (const word of filler) words.delete(word);
  return words;
}

const aliases: Record<string, string> = {
  ...{ large: "l", medium: "m", small: "s" },
  ...{
    taken: "take",
    given: "give",
    kept: "keep",
    sent: "send",
    paid: "pay",
    sold: "sell",
    made: "make",
    held: "hold",
  },
  ...{
    entry: "enter",
    entrance: "enter",
    admission: "enter",
    bought: "buy",
    brought: "bring",
    bring: "bring",
  },
};

/** A stem good enough to meet itself: returned, returns, return. */
export function stemOf(word: string): string {
  const alias = aliases[word];
  if (alias !== undefined || word.length < 4) return alias ?? word;
  return word
    .replace(/ies$/u, "y")
    .replace(/(?:ations?|ments?|ings?|ed|es|s|able|ible|e)$/u, "")
    .replace(/([bdgmnprt])\1$/u, "$1");
}
