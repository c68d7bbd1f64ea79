// A kind word that asks nothing: "昨天的师傅手艺真好，谢谢哈" is thanked for, though an FAQ is about choosing a worker. Pure; used by
// the small-talk step of decide.ts. Whole messages of thanks are small talk already (language/small-talk.ts).

import type { Heard } from "../understanding/understand.ts";

const thanks = /谢谢|多谢|感谢|谢了|谢啦|辛苦了|\b(?:thanks|thank you|thx|cheers|ta|much appreciated)\b/iu;
/** Whatever asks for something, reports something or goes on: then it has a matter. */
const matter =
  /[?？]|什么|啥|怎|咋|多少|多久|几|哪|谁|吗|么|呢|能不|可以|可否|有没有|想|要|帮|请|麻烦|给我|需要|但|不过|就是|只是|还|再|如果|\b(?:what|when|where|why|how|who|which|can|could|do|does|did|is there|are there|will|would|should|may|want|need|like to|please|but|though|however|if|just|also|still|yet|help)\b/iu;
const warm = 0.5;
const longest = 80;

export function isThanks({ text, mood }: Pick<Heard, "text" | "mood">): boolean {
  if (text.length > longest || !thanks.test(text) || matter.test(text)) return false;
  return mood.sentiment === "positive" && mood.score >= warm && mood.urgency === "normal";
}
