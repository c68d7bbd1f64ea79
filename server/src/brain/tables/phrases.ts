// The words of a question that are neither a row, a column nor a value: what may be left out of account, and what turns a
// question into "which is cheapest", "which of the two", "now", "what would fit". Whatever is in none of these lists and in
// no table makes a question one that the tables do not answer, so a word that changes the meaning ("不", "without", "两个")
// must never be added to the filler.

import { type Topic, topicPhrases } from "./topics.ts";
import { joinedOf } from "./word-groups.ts";

export type PhraseMark =
  | { kind: "topic"; topic: Topic; isWeak: boolean }
  | { kind: "filler" }
  /** 最便宜, cheapest. Without a topic the column must be named. */
  | { kind: "extreme"; isMost: boolean; topic: Topic | null }
  /** 哪个便宜, cheaper: which of several named ones. */
  | { kind: "compare"; isMost: boolean; topic: Topic | null }
  | { kind: "connector" }
  | { kind: "now" }
  /** 穿, fit: asks for a size. */
  | { kind: "wear" }
  /** Days of the week, or days from today. */
  | { kind: "day"; weekdays: readonly number[]; fromToday: number | null };

const filler = `
请问|请|问一下|问下|想问|我想问|想问下|我想问下|想问一下|我想问一下|咨询一下|想知道|我想知道|想了解|帮我查|帮我查下|帮我查一下|查一下|帮我看看|帮我看下|看看|看一下|麻烦|麻烦问下|你好|您好|亲|亲亲|老板|老板娘|掌柜|在吗|谢谢|谢谢啦|多谢|哈喽|嗨
的|了|吗|呢|啊|呀|吧|么|嘛|哦|喔|哈|啦|咧|捏|噢|嗯|诶|欸|哎
是|是多少|多少|几|有多少|是几|是什么|什么|啥|哪个|哪款|哪种|哪一个|哪一款|哪一种|哪件|哪家|哪些|哪|怎么样|如何|怎样|分别|分别是|各|各是|是不是|有|是否|能|能不能|可以|可不可以|支持|支持不支持|带
这个|这款|这种|这件|这双|那个|那款|那种|那件|那双|它|它的|一个|一件|一台|一双|一条|一款|一只|一份|一杯|一张|个|款|件|台|双|条|只|那|那么|这|你们|你们家|你家|您家|家|店里|店|你们店|咱们|我|我的|我想要|想要|要|我要|买|想买|我想买|我|现在的|目前|目前的|一般|大概|大约|到底|具体|详细
的话|就|都|也|还|卖|里|里面|上|信息|参数|数据|表|一下|下|给我|告诉我|说说|需要|得|会|会不会|应该|左右
码|号|the|a|an|is|are|i|i'm|im|i am|me|my|you|your|u|it|its|it's|this|that|these|those|one|ones|of|for|on|in|at|to|by|does|do|can|could|would|will|should|be|with|come|comes
what|what's|which|how|how's|please|pls|hi|hello|hey|thanks|thank you|thank|excuse me|just|tell me|could you tell me|can you tell me|i'd like to know|i would like to know|let me know|know|i want to know|i'm looking for|looking for|i want|i want to buy|i'd like|want|buy|get|there|about|many|much|many of|so|ok|okay|um|version|currently|price list|today's|we|they|value|number|support|supports|supported
what time|when|at what time|几点|什么时候|啥时候|几时|what about|how about|and what about|and how about|what is|what are`;

const connectors =
  "和|跟|与|还是|及|以及|比|同|对比|相比|或|或者|and|or|vs|versus|than|compared to|compared with|or the";
const now =
  "现在|此刻|这会|这会儿|这个点|现在还|目前还|now|right now|at the moment|currently|still|at this time";
const wear =
  "穿|穿吗|能穿|能穿吗|可以穿|可以穿吗|能不能穿|穿得下|穿得上|穿多大|穿多大码|穿多大的|穿什么码|穿什么尺码|穿哪个码|穿几码|穿多少码|穿什么号|穿多大号|穿什么|穿哪个|什么码|什么尺码|哪个码|哪个尺码|几码|多大码|多大的|多大|买什么码|买多大|买多大的|选什么码|选多大|选哪个码|拿什么码|拿多大|要什么码|要多大|合适|合适吗|合身|合身吗|适合|适合吗|合不合适|适不适合|码合适|推荐什么码|推荐|建议|fit|fits|fit me|would fit|wear|what size|which size|what size do i need|what size should i get|what size would fit|what size should i wear|should i get|should i take|should i order|should i wear|tall|weigh|weighing|i weigh|need|do i need|suit|suitable|good for|right for|recommend|take|order";

const extremes: [string, boolean, Topic | null][] = [
  [
    "最便宜|最低价|价格最低|价钱最低|最实惠|cheapest|lowest price|lowest priced|least expensive",
    false,
    "price",
  ],
  ["最贵|最高价|价格最高|most expensive|priciest|highest price|dearest", true, "price"],
  ["库存最多|存货最多|most stock|most in stock", true, "stock"],
  ["库存最少|存货最少|least stock", false, "stock"],
  ["最轻|lightest", false, "weight"],
  ["最重|heaviest", true, "weight"],
  ["最多|最大|最高|最长|最强|biggest|largest|highest|longest|most|greatest|tallest|widest", true, null],
  ["最少|最小|最低|最短|smallest|lowest|shortest|least|fewest|narrowest", false, null],
];
const compares: [string, boolean, Topic | null][] = [
  [
    "便宜|更便宜|便宜点|便宜些|哪个便宜|哪款便宜|哪个更便宜|谁便宜|比较便宜|cheaper|which is cheaper|which one is cheaper|less expensive",
    false,
    "price",
  ],
  [
    "贵|更贵|哪个贵|哪款贵|哪个更贵|谁贵|比较贵|more expensive|pricier|which is more expensive",
    true,
    "price",
  ],
  ["更轻|轻|哪个轻|lighter", false, "weight"],
  ["更重|哪个重|heavier", true, "weight"],
  ["更大|大|更多|多|更高|高|更长|长|bigger|larger|higher|longer|more|taller|wider", true, null],
  ["更小|小|更少|少|更低|低|更短|短|smaller|lower|shorter|less|fewer|narrower", false, null],
];

const weekdayWords: [string, number][] = [
  ["一", 1],
  ["二", 2],
  ["三", 3],
  ["四", 4],
  ["五", 5],
  ["六", 6],
  ["日", 7],
  ["天", 7],
];
const englishDays =
  "monday|mon,tuesday|tue|tues,wednesday|wed,thursday|thu|thur|thurs,friday|fri,saturday|sat,sunday|sun"
    .split(",")
    .map((names, at): [string, number[]] => [names, [at + 1]]);
const dayLists: [string, number[]][] = [
  ...weekdayWords.map(([name, day]): [string, number[]] => [
    `周${name}|星期${name}|礼拜${name}|这周${name}|本周${name}|下周${name}|这个周${name}|逢周${name}|每周${name}`,
    [day],
  ]),
  ...englishDays,
  ["周末|这周末|本周末|星期六日|周六日|周六周日|weekend|weekends|the weekend", [6, 7]],
  ["工作日|平日|平时|weekday|weekdays", [1, 2, 3, 4, 5]],
];
const relativeDays: [string, number][] = [
  ["今天|今日|今晚|今儿|today|tonight", 0],
  ["明天|明日|明晚|明儿|tomorrow", 1],
  ["后天|the day after tomorrow|day after tomorrow", 2],
];

export const phraseMarks: ReadonlyMap<string, readonly PhraseMark[]> = build();
export const longestPhrase = Math.max(
  ...[...phraseMarks.keys()].map((phrase) => phrase.split("\u0001").length - 2),
);

function build(): Map<string, PhraseMark[]> {
  const marks = new Map<string, PhraseMark[]>();
  const put = (list: string, mark: PhraseMark) => {
    for (const phrase of list.split(/[|\n]/u).map(joinedOf))
      if (phrase !== "") marks.set(phrase, [...(marks.get(phrase) ?? []), mark]);
  };
  for (const [list, isMost, topic] of extremes) put(list, { kind: "extreme", isMost, topic });
  for (const [list, isMost, topic] of compares) put(list, { kind: "compare", isMost, topic });
  for (const [list, weekdays] of dayLists) put(list, { kind: "day", weekdays, fromToday: null });
  for (const [list, fromToday] of relativeDays) put(list, { kind: "day", weekdays: [], fromToday });
  put(now, { kind: "now" });
  put(wear, { kind: "wear" });
  put(connectors, { kind: "connector" });
  for (const { phrase, topic, isWeak } of topicPhrases)
    marks.set(phrase, [...(marks.get(phrase) ?? []), { kind: "topic", topic, isWeak }]);
  put(filler, { kind: "filler" });
  return marks;
}
