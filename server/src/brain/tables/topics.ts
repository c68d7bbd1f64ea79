// What columns are about, as data: the words of headers and the words of questions, Chinese and English. A new kind of
// column is a line here. Phrases are parted by | and compared group by group (word-groups.ts).

import { groupCount, joinedOf } from "./word-groups.ts";

export const topicNames = [
  "internal",
  "index",
  "name",
  "alias",
  "model",
  "size",
  "colour",
  "spec",
  "category",
  "brand",
  "day",
  "price",
  "stock",
  "bust",
  "waist",
  "hip",
  "shoulder",
  "sleeve",
  "foot-length",
  "body-height",
  "body-weight",
  "height",
  "weight",
  "length",
  "width",
  "dimensions",
  "material",
  "warranty",
  "speed",
  "power",
  "capacity",
  "origin",
  "delivery",
  "hours",
  "opens",
  "closes",
  "address",
  "phone",
  "age",
  "duration",
  "deposit",
  "people",
  "least-order",
  "note",
] as const;
export type Topic = (typeof topicNames)[number];

/** Words of headers; they ask for the column as well. */
const heads: Record<Topic, string> = {
  internal:
    "成本|成本价|进价|进货价|采购价|底价|利润|毛利|供应商|cost price|unit cost|purchase price|margin|supplier",
  index: "序号|编号|no|no.|nr|#|index",
  name: "产品|商品|品名|名称|产品名称|商品名称|项目|服务|服务项目|菜品|课程|房型|门店|分店|店名|地区|product|item|name|service|dish|course|room|room type|store|branch|shop|region",
  alias: "别名|又名|俗称|alias|aliases|also called|other names",
  model: "型号|款式|款号|货号|款|model|sku|style|item no|version",
  size: "尺码|码数|码|尺寸码|鞋码|size|sizes|shoe size",
  colour: "颜色|色号|配色|color|colour",
  spec: "规格|份量|杯型|包装|版本|spec|specification|variant|pack|option",
  category: "分类|类别|种类|品类|category|type",
  brand: "品牌|牌子|brand|make",
  day: "星期|日期|周几|时段|day|days|weekday|date",
  price: "价格|单价|售价|价钱|报价|价位|费用|收费|价|price|unit price|cost|fee|rate|charge",
  stock:
    "库存|现货|存货|库存量|库存数量|库存状态|剩余|余量|剩余数量|是否有货|有货|stock|in stock|inventory|availability|available|qty|quantity|units left",
  bust: "胸围|bust|chest",
  waist: "腰围|waist",
  hip: "臀围|hip|hips",
  shoulder: "肩宽|shoulder|shoulder width",
  sleeve: "袖长|sleeve|sleeve length",
  "foot-length": "脚长|脚长度|foot length",
  "body-height": "身高|适合身高|建议身高|参考身高|身高范围|body height|your height",
  "body-weight": "体重|适合体重|建议体重|参考体重|体重范围|body weight|your weight",
  height: "高度|高|height",
  weight: "重量|净重|毛重|克重|weight|net weight",
  length: "衣长|裤长|裙长|长度|长|length",
  width: "宽度|宽|width",
  dimensions: "尺寸|外形尺寸|大小|dimension|dimensions|measurements",
  material: "材质|面料|成分|材料|配料|原料|material|fabric|composition|ingredients",
  warranty: "保修|质保|保修期|质保期|保修时间|warranty|guarantee",
  speed: "速度|打印速度|speed|print speed",
  power: "功率|power|wattage",
  capacity: "容量|容积|电池容量|capacity|volume",
  origin: "产地|原产地|origin|made in|country of origin",
  delivery:
    "发货时间|发货|送达时间|时效|到货时间|货期|delivery|delivery time|lead time|shipping time|dispatch",
  hours:
    "营业时间|开放时间|服务时间|上班时间|工作时间|时间|hours|opening hours|opening times|business hours|open hours",
  opens: "开门|开门时间|开始营业|opens|opening|open from",
  closes: "关门|关门时间|打烊|打烊时间|结束营业|closes|closing|closing time|open until",
  address: "地址|位置|address|location",
  phone: "电话|联系电话|热线|phone|telephone|tel|phone number",
  age: "年龄|适合年龄|适用年龄|age|ages",
  duration: "时长|课时|耗时|用时|duration|session length",
  deposit: "押金|定金|订金|deposit",
  people: "人数|适合人数|可住人数|容纳人数|people|guests|sleeps|seats",
  "least-order": "起订量|最小起订量|起批量|moq|minimum order",
  note: "备注|说明|note|notes|remark|remarks",
};

/** Words of headers that a question must say itself: who asks for the member price must not hear the list price. */
const ownHeads: Partial<Record<Topic, string>> = {
  price:
    "零售价|现价|原价|会员价|活动价|促销价|优惠价|批发价|门市价|平日价|周末价|节假日价|retail price|sale price|list price|member price|wholesale price",
};
/** Words of questions only. */
const asks: Partial<Record<Topic, string>> = {
  price:
    "多少钱|几多钱|多少元|多少块|几块钱|几块|几元|什么价|什么价格|啥价|啥价格|怎么卖|咋卖|卖多少|卖多少钱|怎么收费|要多少钱|how much|how much is|how much are|how much does|how much for|how much do|price of|cost of|what does it cost|cost|priced",
  stock:
    "有货|有货吗|还有货|还有货吗|有没有货|有现货|有现货吗|还有吗|还有没有|还剩|还剩多少|还剩几|剩多少|还有多少|有多少|缺货|断货|没货|卖完|售罄|in stock|out of stock|any left|sold out|left|still have|how many left|how many are left|how many do you have|still available|got any left",
  bust: "胸围多大",
  weight: "多重|几斤|how heavy",
  "body-height": "多高的人",
  length: "多长|how long is|how long are",
  height: "多高|how tall|how high",
  width: "多宽|how wide",
  speed: "多快|how fast",
  material: "什么材质|什么面料|什么料|什么做的|made of|made from",
  warranty: "保修多久|质保多久|保多久|包修多久|covered for",
  origin: "哪里产的|哪产的|哪里生产|where is it made|where made|made where",
  delivery: "多久发货|几天发货|几天到|多久到|什么时候发货|多久送到|how long does delivery take",
  hours:
    "几点开门|几点营业|几点开店|几点上班|什么时候开门|什么时候营业|几点开|开门|营业|开店|上班|开着|开吗|关门|打烊|下班|几点关门|几点打烊|几点关|几点下班|开到几点|营业到几点|开不开门|开不开|营业吗|open|opened|close|closed|closing|opening|what time do you open|what time do you close|open till|open until|when do you open|when do you close",
  address: "在哪|在哪里|在哪儿|哪里|怎么走|where is|where are|where",
  phone: "电话多少|电话号码|号码|phone number",
  age: "几岁|多大年龄|适合几岁|how old",
  people: "几个人|几人|多少人|住几个人|坐几个人|how many people|how many guest|how many can",
  "least-order": "最少买多少|多少起订|几件起批",
};
/** They ask for the topic where nothing clearer does. */
const weakAsks: Partial<Record<Topic, string>> = {
  stock:
    "有|有吗|还有|有没有|do you have|do you have any|have you got|have any|do you still have|got|got any|have|you have|any",
  duration: "多久|多长时间|how long|how long does",
  dimensions: "多大|how big|how large",
  delivery: "几天|how many day",
};

export interface TopicPhrase {
  /** Joined groups. */
  phrase: string;
  topic: Topic;
  isWeak: boolean;
}

/** Every phrase that asks for a topic. */
export const topicPhrases: TopicPhrase[] = topicNames.flatMap((topic) => [
  ...phrasesOf(heads[topic], topic, false).filter(({ phrase }) => !isTiny(phrase)),
  ...phrasesOf(asks[topic], topic, false),
  ...phrasesOf(weakAsks[topic], topic, true),
]);
const headPhrases = topicNames.flatMap((topic) => [
  ...phrasesOf(heads[topic], topic, false),
  ...phrasesOf(ownHeads[topic], topic, false),
]);

/** A single character ("高", "款") is a header only alone, and asks for nothing. */
function isTiny(phrase: string): boolean {
  return groupCount(phrase) === 1 && /^.\p{Script=Han}.$/u.test(phrase);
}

function phrasesOf(list: string | undefined, topic: Topic, isWeak: boolean): TopicPhrase[] {
  return (list ?? "")
    .split("|")
    .map((phrase) => ({ phrase: joinedOf(phrase), topic, isWeak }))
    .filter(({ phrase }) => phrase !== "");
}

/** What a header or a table's name is about: its longest known word; words at the end win over earlier ones. */
export function topicOfHeader(header: string): Topic | null {
  const text = joinedOf(header);
  if (text === "") return null;
  let best: { topic: Topic; score: number } | null = null;
  for (const { phrase, topic } of headPhrases) {
    const count = groupCount(phrase);
    if (isTiny(phrase) ? text !== phrase : !text.includes(phrase)) continue;
    const score =
      count * 10 +
      (text.endsWith(phrase) ? 5 : 0) +
      (text === phrase ? 50 : 0) +
      (topic === "internal" ? 40 : 0);
    if (best === null || score > best.score) best = { topic, score };
  }
  if (best === null && /价$/u.test(header.trim())) return "price";
  return best?.topic ?? null;
}

const families: Topic[][] = [
  ["height", "body-height"],
  ["weight", "body-weight"],
  ["hours", "opens", "closes"],
];

/** True for the same topic or one that customers do not tell apart from it. */
export function isSameTopic(a: Topic | null, b: Topic | null): boolean {
  if (a === null || b === null) return false;
  return a === b || families.some((family) => family.includes(a) && family.includes(b));
}
