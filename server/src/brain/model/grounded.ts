// How much of a sentence stands in its sources. A generated answer over sources has their words; what has none of them came
// from elsewhere: an injected order, the prompt, another customer, or the model's own fancy. The guard looks at numbers and
// promises; this looks at everything else. Pure.

/** Words that stand in any sentence and say nothing about where it comes from. */
const emptyHan =
  /(?:您好|你好|我们|咱们|您的|您|你们|你|我|他们|它|这个|这款|这边|这里|那个|可以|能够|如果|需要|进行|目前|一下|一般|通常|直接|关于|以及|或者|并且|而且|同时|另外|因此|所以|但是|不过|因为|为了|请问|请|亲|呢|吗|吧|哦|哈|啊|呀|的话|的|了|是|在|和|与|及|就|都|也|还|会|有|把|被|给|对|到|为|让|则|即|后|时|内|中|上|下)/gu;
const emptyLatin = new Set(
  "the a an and or but of to in on at for with from by as is are was were be been being it its this that these those you your yours we our us they their he she his her i my me do does did can could will would may might shall should must have has had not no yes if when then than so also just only please there here what which who how any all some more most very up out about into over after before within once per via let lets get got hi hello thanks thank sure happy".split(
    " ",
  ),
);

interface Units {
  pairs: Set<string>;
  letters: Set<string>;
  words: Set<string>;
}

/** Half of what a pair is worth when its two letters stand in the source apart: 发货时间 for 几天发货. */
const looseWorth = 0.5;

/** 0 to 1; null where a sentence has too few words of its own to tell ("好的。", "Yes."). */
export function groundedShare(sentence: string, sources: readonly string[]): number | null {
  const known = merge(sources.map(unitsOf));
  const said = unitsOf(sentence);
  const total = said.pairs.size + said.words.size;
  if (total < 2) return null;
  let found = 0;
  for (const word of said.words) if (known.words.has(word)) found += 1;
  for (const pair of said.pairs) {
    if (known.pairs.has(pair)) found += 1;
    else if ([...pair].every((letter) => known.letters.has(letter))) found += looseWorth;
  }
  return found / total;
}

function unitsOf(text: string): Units {
  const folded = text.normalize("NFKC").toLowerCase();
  const units: Units = { pairs: new Set(), letters: new Set(), words: new Set() };
  for (const [run] of folded.matchAll(/\p{Script=Han}+/gu)) {
    for (const letter of run) units.letters.add(letter);
    for (const piece of run.split(emptyHan)) {
      const letters = [...piece];
      if (letters.length === 1) units.pairs.add(piece);
      for (let at = 0; at + 1 < letters.length; at += 1) units.pairs.add(`${letters[at]}${letters[at + 1]}`);
    }
  }
  for (const [word] of folded.matchAll(/[a-z]+(?:['’][a-z]+)?|\d+/gu))
    if (!emptyLatin.has(word)) units.words.add(stem(word));
  for (const [run] of folded.matchAll(/[\p{L}--[a-z\p{Script=Han}]]+/gv)) units.words.add(run);
  return units;
}

function stem(word: string): string {
  if (word.length <= 3) return word;
  return word
    .replace(/(?:ies|ied)$/u, "y")
    .replace(/(?:ing|ed|es|s|ly)$/u, "")
    .slice(0, 7);
}

function merge(all: readonly Units[]): Units {
  const merged: Units = { pairs: new Set(), letters: new Set(), words: new Set() };
  for (const { pairs, letters, words } of all) {
    for (const pair of pairs) merged.pairs.add(pair);
    for (const letter of letters) merged.letters.add(letter);
    for (const word of words) merged.words.add(word);
  }
  return merged;
}
