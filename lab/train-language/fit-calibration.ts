// Fits how evidence becomes a probability (language/src/calibration.ts), on shops and on messages to the industry packs written
// for tuning alone: neither the corpus' writers nor the test sets' wrote them.
// `node lab/train-language/fit-calibration.ts [--many DIR]` prints coefficients to be put there; each shop is drawn several
// times with fewer FAQs and phrasings, as small shops have.

import { parseArgs } from "node:util";
import {
  backgroundPool,
  createMatcher,
  evidenceNames,
  fitCalibration,
  type JudgedEvidence,
  strangersPerOwn,
} from "@yingda/language";
import { loadPack } from "@yingda/templates";
import { drawShots, randomFrom, readLines, readSet, type Shop, shopsOf, shuffled } from "../language/sets.ts";
import { printResult, say } from "../shared/figures.ts";

const tuningFolders = ["lab/data/language/tuning-zh", "lab/data/language/tuning-en"];
/** A set with many phrasings a label that the encoder was not trained on (stackoverflow): what an old, well kept shop has. */
const { values } = parseArgs({ options: { many: { type: "string" } } });
const random = randomFrom(7);
/** Share of a shop's FAQs and phrasings that each draw keeps, and whether it may borrow. */
const draws: { faqs: number; phrasings: number; borrows: boolean; weight: number }[] = [
  { faqs: 1, phrasings: 1, borrows: true, weight: 1 },
  { faqs: 0.6, phrasings: 1, borrows: true, weight: 0.7 },
  { faqs: 1, phrasings: 0.6, borrows: true, weight: 0.7 },
  { faqs: 1, phrasings: 1, borrows: false, weight: 0.5 },
];
const perShop = 200;
/** Times that a stranger counts: the shops' few have to stand for all that nobody answers. */
const strangersCount = 2;
/** How much messages from quite another field count in all, beside `perShop` for the shop's own. */
const perFarField = 120;
/** What customers of every trade ask; anything else is a far field to another trade. */
const askedEverywhere =
  /price|fee|cost|pay|hour|park|address|area|refund|cancel|deliver|ship|book|invoice|return|exchange|warranty|member|card|discount|deal|how-long|change|first|trial|beginner|quote|track|order|check|wifi|pet|late|holiday|topup/u;
/** How often a message to a pack counts, where a line above stands for many: one that a FAQ answers, one that none does … */
const perPackMessage = { asked: 5, stranger: 3, vague: 0.5 };
/** … and one so short that it would be understood from the lines before, of which these messages have none. */
const isVague = (text: string) =>
  /\p{Script=Han}/u.test(text)
    ? (text.match(/\p{Script=Han}/gu)?.length ?? 0) <= 7
    : text.split(/\s+/u).length <= 5;
/** Not fitted: messages written to be understood by themselves would make everything short suspicious. */
const fixed = new Map([["log of how much is said", 0.75]]);
/** In log odds: a third of the messages to the packs are strangers, far more than a shop sees. */
const fewerStrangers = 0.3;
const gibberish = [
  "asdfgh",
  "qwer tyui",
  "哈哈哈嘎嘎",
  "。。。",
  "zzz",
  "1234",
  "啊吧啊吧",
  "lorem ipsum dolor",
  "fghj 啊",
  "测试测试",
];

/** Said in every chat, and no question of anybody's. */
const fillers =
  "不知道,不清楚,不太懂,随便,都行,看看再说,再说吧,算了,不用了,没有,没有了,有的,是的,不是,不对,对,好像是吧,应该是,可能吧,也许,大概吧,你猜,等一下,稍等,等等我,刚才那个,那个呢,这个呢,哪个,什么意思,啥,怎么说,然后呢,还有呢,就这样,没事,没什么,忘了,记不清了,我想想,考虑一下,回头再说,发错了,打错字了,不好意思,当我没说,真的吗,是吗,不会吧,原来如此,懂了,知道了,明白,行吧,可以,嗯,哦哦,噢,一样的,差不多,无所谓,看情况,不一定,i dont know,not sure,no idea,maybe,perhaps,whatever,either,both,none,the other one,that one,which one,what do you mean,sorry?,never mind,forget it,hold on,one sec,wait,let me check,let me think,i see,got it,makes sense,really?,are you serious,same,same here,i guess,i think so,probably,not really,nope,yep,yeah,nah,kind of,sort of,it depends,wrong chat,typo,my bad,say again".split(
    ",",
  );

const judged: JudgedEvidence[] = [];
for (const folder of tuningFolders) {
  const shops = shopsOf(readSet(folder), true);
  for (const shop of shops) {
    const far = shops
      .filter((other) => other !== shop)
      .flatMap(({ test }) =>
        test.filter(({ label }) => !askedEverywhere.test(label.replace(/^[^.]*\./u, ""))),
      )
      .map(({ text }) => text);
    for (const draw of draws)
      judged.push(...judge(drawShop(shop, draw), draw, shuffled(far, random).slice(0, 80)));
  }
}
if (values.many !== undefined) {
  const set = readSet(values.many);
  for (const shots of [8, 25, 70, 140]) {
    const train = drawShots(set.train, shots, random);
    const [shop] = shopsOf({ ...set, train, test: shuffled(set.test, random).slice(0, 500) }, false);
    if (shop) judged.push(...judge(shop, { faqs: 1, phrasings: 1, borrows: true, weight: 2 }));
  }
}
interface PackMessage {
  pack: string;
  text: string;
  faq: string | null;
}
const toPacks = readLines<PackMessage>("lab/data/language/tuning-packs/messages.jsonl");
for (const [pack, messages] of Map.groupBy(toPacks, ({ pack }) => pack))
  judged.push(...judgePack(pack, messages));
const coefficients = fitCalibration(judged, fixed);
const bias = evidenceNames.indexOf("bias");
coefficients[bias] = (coefficients[bias] as number) + fewerStrangers;
say(`${judged.length} judged candidates`);
printResult({ judged: judged.length, coefficients: coefficients.map((value) => Number(value.toFixed(3))) });

/** What customers write to a shop that has just the FAQs of a pack. */
function judgePack(slug: string, messages: readonly PackMessage[]): JudgedEvidence[] {
  const pack = loadPack(slug);
  if (pack === null) throw new Error(`there is no pack "${slug}"`);
  const matcher = createMatcher(
    pack.faqs.map(({ slug: id, question, questionEn, phrasings, phrasingsEn, negatives, answer }) => ({
      id,
      phrasings: [...new Set([question, questionEn, ...phrasings, ...phrasingsEn])],
      negatives,
      answer,
    })),
  );
  return messages.flatMap(({ text, faq }) => {
    const { asked, stranger, vague } = perPackMessage;
    const importance = faq !== null ? asked : isVague(text) ? vague : stranger;
    return matcher.weigh(text).map(({ id, evidence }) => ({ evidence, isRight: id === faq, importance }));
  });
}

function drawShop(shop: Shop, { faqs, phrasings }: (typeof draws)[number]): Shop {
  const items = shuffled(shop.items, random).slice(0, Math.ceil(shop.items.length * faqs));
  const kept = new Set(items.map(({ id }) => id));
  return {
    items: items.map((item) => ({
      ...item,
      phrasings: [
        ...item.phrasings.slice(0, 1),
        ...shuffled(item.phrasings.slice(1), random).slice(
          0,
          Math.ceil((item.phrasings.length - 1) * phrasings),
        ),
      ],
    })),
    test: shop.test.filter(({ label }) => kept.has(label)),
    // the questions of the FAQs that were left out are now the neighbours that nobody answers
    outside: [
      ...shop.outside,
      ...shuffled(
        shop.test.filter(({ label }) => !kept.has(label)),
        random,
      )
        .slice(0, 24)
        .map(({ text }) => text),
    ],
  };
}

function judge(
  shop: Shop,
  { borrows, weight }: (typeof draws)[number],
  far: readonly string[] = [],
): JudgedEvidence[] {
  const matcher = createMatcher(shop.items, { borrows, background: "half" });
  const judged: JudgedEvidence[] = [];
  const weigh = (text: string, label: string | null, importance: number) => {
    for (const { id, evidence } of matcher.weigh(text))
      judged.push({ evidence, isRight: id === label, importance: importance * weight });
  };
  const strangers = Math.max(1, shop.outside.length);
  for (const { text, label } of shop.test) weigh(text, label, perShop / shop.test.length);
  for (const text of shop.outside)
    weigh(text, null, (perShop * strangersCount * strangersPerOwn(matcher.size)) / strangers);
  if (far.length > 0) {
    const unseen = backgroundPool().filter((_, i) => i % 2 === 1 && i % 6 === 1);
    const all = [...far, ...unseen, ...gibberish, ...fillers];
    for (const text of all) weigh(text, null, perFarField / all.length);
  }
  return judged;
}
