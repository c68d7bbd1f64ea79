// Takes greetings, forms of address and politeness off both ends of a message ("亲，你好，请问…谢谢"), which cost
// 2-11 points of accuracy when left on. What was taken is handed back, since it tells mood and small talk.
// Called by normalise.ts. A message that is nothing but politeness keeps its text.

const opening = [
  // greetings
  "(?:你|您)(?:们)?好(?:[呀啊哇哈]|鸭)?",
  "(?:hello|hi|hey|哈喽|哈啰|嗨|嘿|喂)(?![a-z'])(?: (?:there|team|guys|all|everyone)\\b)?",
  "(?:早上|上午|中午|下午|晚上)好",
  "早安?(?=[,。!\\s])",
  "good (?:morning|afternoon|evening)",
  "(?:请问|请)?(?:人|有人|客服|店家|老板)?在(?:(?:吗|不在|么|嘛|线吗)[呀啊]?|[不没](?=[,，。?？!！\\s]|$))",
  "有人(?:吗|么|在吗)",
  // forms of address, only when something separates them from the matter
  "(?:亲+|亲爱的|宝+|宝贝|宝子|姐妹|小姐姐|美女|帅哥|老板娘?|掌柜的?|店家|卖家|店主|客服|小二|老师|师傅|大哥|大姐|朋友|集美|sir|dear|bro|boss)(?:们)?(?:[,，。!！~、:：\\s]+|(?=(?:你|您)好|请问|在吗|我想|问))",
  // asking leave
  "(?:我)?(?:想|要)?(?:请问|请教|咨询|了解|打听|问(?!题|候|卷))(?:一下|下|一声|问|个问题|个事儿?){0,4}(?:你们|您)?(?:[,，:：]|一个问题)?",
  "(?:麻烦|劳烦|劳驾|打扰|打搅|不好意思|冒昧)(?:问|咨询|请问)?(?:一下|下|了|您|你)?(?:[,，]|问(?:一下|下)?)?",
  "我(?:就)?(?:想)?(?:知道|问问|问下|问一下|了解一下|了解下)",
  "(?:能|可以|可不可以)(?:告诉我|问(?:一下|下|个问题))(?:一下|吗)?",
  "那个+(?=[,，。\\s])",
  "(?:嗯+|额+|呃+|哦+|啊+|诶+|哎+|欸+|emm+)[,，。.\\s]*",
  "(?:excuse me|sorry to bother you|quick question|just (?:wondering|checking)|i was wondering|i wonder|i(?:'d| would) like to (?:know|ask)|i(?: just)? (?:want|wanted|need) to (?:know|ask)|may i ask|can i ask|can you tell me|could you(?: please)? tell me|can you please tell me|do you know|please tell me|tell me|please|pls|plz|so|um+|uh+|ok so|dear (?:sir|madam|team|support))\\b",
];
const closing = [
  "(?:非常|十分|真的)?(?:谢谢|感谢|多谢|谢啦|谢了|感恩|3q|thx|thanks|thank you|thank u|ty|tks|cheers)(?:(?: so much| very much| a lot| in advance|你|您|啦|了|哦|哈|呀|亲|老板|大家|[!~])){0,4}",
  "(?<![太真好很么嫌])(?:麻烦|辛苦|拜托|劳烦|劳驾)(?:你|您|了|啦|大家){0,4}",
  "(?:请|求|盼|望|等)(?:尽快)?(?:回复|解答|告知|回答|帮忙|指教)(?:一下|下|谢谢)?",
  "(?:挺|很|比较|有点|十万火)?急+(?:急|用|的|啊|死了|需)?(?:[,，]|$)",
  "在线等(?:挺急的|急)?",
  "(?:please|pls|plz|asap|kind regards|best regards|regards)",
  "(?:亲|宝|老板|客服|哥|姐|大哥|大姐|美女|帅哥)(?=$)",
  "[呀啊呢哦喔噢哈嘛啦咯喽哒哟捏滴~吖]+",
];
const gap = "[\\s,，。.!！?？~～、;；:：…\\-—]*";
const atStart = new RegExp(`^${gap}(?:${opening.join("|")})${gap}`, "u");
const atEnd = new RegExp(`${gap}(?:${closing.join("|")})${gap}$`, "u");
const edges = new RegExp(`^${gap}|${gap}$`, "gu");
const bareQuestionMark = /[?？]\s*$/u;

export interface Stripped {
  text: string;
  /** What was taken off, outermost first at each end. */
  greetings: string[];
  thanks: string[];
  asksQuestion: boolean;
}

/** Strips both ends of a unified text until nothing more comes off (at most eight pieces an end). */
export function stripPoliteness(text: string): Stripped {
  const greetings: string[] = [];
  const thanks: string[] = [];
  let rest = text.replace(edges, "");
  for (let round = 0; round < 8; round += 1) {
    const found = atStart.exec(rest)?.[0];
    if (found === undefined || found.length === 0) break;
    greetings.push(found.replace(edges, ""));
    rest = rest.slice(found.length);
  }
  for (let round = 0; round < 8; round += 1) {
    const found = atEnd.exec(rest)?.[0];
    if (found === undefined || found.length === 0) break;
    thanks.push(found.replace(edges, ""));
    rest = rest.slice(0, rest.length - found.length);
  }
  rest = rest.replace(edges, "");
  const asksQuestion = bareQuestionMark.test(text);
  if (rest === "") return { text: text.replace(edges, "") || text, greetings, thanks, asksQuestion };
  return { text: rest, greetings, thanks, asksQuestion };
}
