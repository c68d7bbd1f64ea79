// Messages without a matter: greetings, thanks, goodbyes, "who are you", laughs, praise, abuse. A kind is given only
// when the whole message is made of such words ("isWhole"); abuse is also told when a matter stands beside it, since
// the matter is then answered first. Called by the brain after the wish for a person.

import type { NormalisedText } from "./normalise.ts";

export const smallTalkKinds = [
  "greeting",
  "thanks",
  "closing",
  "who-are-you",
  "acknowledge",
  "laugh",
  "praise",
  "abuse",
] as const;
export type SmallTalkKind = (typeof smallTalkKinds)[number];

export interface SmallTalk {
  kind: SmallTalkKind;
  confidence: number;
  /** False when the message also says something else. */
  isWhole: boolean;
}

const address =
  "亲+|亲爱的|宝+|宝贝|老板娘?|掌柜的?|店家|卖家|客服|小二|小姐姐|美女|帅哥|哥|姐|朋友|大家|你们?|您|there|guys|team|all|everyone|sir|mate|lovely|love|hun|dear|folks|friend|bro|dude";
const filler = `${address}|please|pls|plz|[呀啊呢哦喔噢哈嘛啦咯喽哒哟捏吖哇的了吧么]|~|ah|oh|really|very|so|much|a lot|again|for (?:your|the) (?:help|time|reply|info|quick reply)|you|u`;
const words: Record<Exclude<SmallTalkKind, "abuse">, string> = {
  greeting:
    "(?:你|您)们?好吗?|哈喽|哈啰|嗨+|嘿|喂+|(?:早上|上午|中午|下午|晚上)好|早安?|在吗|在么|在嘛|在不在?|在没|在线吗|(?:客服|有人|人|老板|店家)在(?:吗|么|不在?|嘛)?|有人(?:吗|么|在吗|没)?|(?:请问|我)?(?:想|能)?(?:(?:咨询|问|请教)(?:个|点|件)(?:小)?事(?:儿|情)?|问一下|请问一下|请问|咨询一下|咨询|打扰一下|打扰了|有个问题|有问题想问|想问个问题|问问题|问个问题)|hello+|hiya+|heya+|hi+|hey+|g'day|(?:good )?(?:morning|afternoon|evening)|good day|howdy|yo|is anyone there|anyone there|quick question|can you help(?: me)?|i need (?:some )?help|help(?: me)?|帮帮(?:忙|我)|帮个忙|帮忙(?:一下)?|帮我一下|求助|" +
    // only said to begin: who calls, asks how one is, tries whether anybody is there, or says that there is something
    "^(?:亲+|亲爱的|老板娘?|掌柜的?|店家|美女|帅哥|小姐姐|在|问题|problem|issue)$|在的(?:吗|么|嘛)?|(?:请|想|我想)?(?:问下|问问|请教一下|请教)|(?:我)?有(?:点|个|件)?(?:问题|事|急事)|哈[罗咯]|halo|n[iǐ] ?h[aǎ]o|greetings|吃了(?:吗|没|么)|(?:在)?忙(?:吗|么|不忙|着呢)|how are (?:you|u|things)(?: doing)?(?: today)?|how's (?:it going|everything)|how do you do|what's up|wassup|sup|(?:i|i've) (?:have|got|had) (?:a |an |some )?(?:small |quick |little |big )?(?:problems?|issues?|questions?|query)|can i (?:just )?ask (?:you )?(?:a (?:quick )?question|something)|(?:i )?need (?:some )?info(?:rmation)?|test(?:ing)?|测试(?:一下)?|试试|试一下",
  thanks:
    "谢+谢*|多谢|感谢|感恩|谢啦|谢了|太感谢|非常感谢|麻烦(?:(?:你|您)们?)?(?:了|啦)|辛苦(?:(?:你|您)们?)?(?:了|啦)?|费心了?|有心了|thx|thanks+|thank|tks|ty|3q|ta|cheers|appreciate it|much appreciated|好的|好|嗯+|ok|okay|知道了|明白了?|收到|great|got it|perfect",
  closing:
    "谢+谢*|感谢|多谢|thanks|thank|再见|拜+|拜拜|88+|886|回头见|下次(?:见|聊|再聊|再说)|晚安|没事(?:儿)?了|(?:已经)?(?:搞定|弄好|修好|解决|找到|好|可以|收到|出来)了|不麻烦(?:你|您)?了|算了|(?:it )?work(?:s|ed|ing)(?: now)?|(?:that |it )(?:did (?:it|the trick)|helped|fixed it)|(?:all |it's |that's )?(?:sorted|fixed|solved|resolved)(?: now)?|(?:i )?(?:found|figured) it(?: out)?|never ?mind|nvm|没(?:有)?(?:别的|其他|其它)?(?:问题|事)了?|没有了|没了|不用了|不需要了|先这样|就这样|就这些|那就这样|我先走了?|先不聊了|祝(?:你|您)?(?:生活愉快|生意兴隆)|(?:祝(?:你|您)?)?(?:新年|新春|春节|元宵节?|端午节?|中秋节?|国庆节?|元旦|圣诞节?|节日|周末)(?:快乐|愉快|安康)|恭喜发财|happy (?:new year|holidays|chinese new year)|merry christmas|bye+|bye bye|goodbye|see (?:you|ya|u)(?: (?:then|later|soon|there|around|tomorrow|tonight|(?:on |next )?(?:mon|tues|wednes|thurs|fri|satur|sun)day))?|talk soon|take care|good night|that's all|that is all|that's it|nothing else|no more questions|no thanks|no thank|i'm good|all good|have a (?:nice|good|great|lovely|wonderful) (?:day|one|evening|weekend|night)|you too",
  "who-are-you":
    "(?:你|您|这|对面)?(?:到底|真的|不会)?(?:是|是不是)(?:个)?(?:真人|活人|人工|人|机器人|机器)在?(?:回复我?|回我|(?:跟|和|给)我(?:聊天?|说话?|对话|发|回复?))(?:的)?(?:吗|么|吧|嘛)?|(?:你|您|小助手|这|这边|对面)?(?:到底|真的|其实|该不会)?(?:是|是不是|用的是|系咪)(?:个|一个|在用)?(?:chatgpt|gpt|deepseek|豆包|siri|小爱|小度|文心|kimi|claude|gemini|大模型|语言模型|程序|电脑|系统|软件|自动回复|人工回复|真人回复|老板本人|活人|智能助手|虚拟人?)(?:在回我|回的|回复|嚟)?(?:还是(?:真人|人|机器人|机器|ai|豆包|deepseek))?(?:来的|吗|么|嘛|吧|呀|啊|不|㗎)?|(?:我)?(?:现在)?(?:是)?(?:在)?(?:跟|和)(?:谁|什么人|什么东西)(?:在)?(?:说话|聊天?|对话)|(?:你|您)谁|人还是(?:鬼|机器人?|程序)|证明(?:一下)?你是(?:人类?|真人)|自动回复(?:的)?吧|(?:你|您)(?:到底)?(?:是|是不是)(?:个|一个)?(?:谁|什么|啥|哪位|机器人|真人|人工|人|活人|ai|人工智能|智能客服|机器|客服)(?:客服)?(?:还是(?:机器人|人工|真人|ai|机器))?(?:来的|吗|么|嘛|不)?|(?:你|您)(?:叫|的)(?:什么|啥)?(?:名字|啥)?(?:叫什么|是什么)?|你(?:能|会)(?:做|干)?(?:什么|啥)|(?:你|您)哪位|是(?:机器人|真人|人工)(?:还是(?:机器人|人工|真人))?(?:吗|么|客服吗)?|机器人(?:吗|吧)|who are|what are|are (?:you|u) (?:a |an )?(?:real |actual |live )?(?:human|person|bot|robot|ai|machine|real)|(?:am i|is this) (?:talking to |speaking to |chatting with |speaking with )?(?:a |an )?(?:real |live )?(?:human|person|bot|robot|ai|machine)|what's your name|what is your name|your name|what can (?:you|u) do|who is this|who am i (?:talking|speaking) (?:to|with)",
  acknowledge:
    "好(?:的|吧|嘞|咧|滴)?|嗯+|恩+|哦+|噢+|喔+|ok(?:ay|k)?|okie|行(?:吧)?|可以(?:的)?|知道了|明白了?|了解了?|懂了|收到|是的?|对的?|没错|这样啊|原来如此|原来是这样|好滴|好哒|中|got it|i see|understood|alright|all right|sure|fine|right|yes|yep|yeah|yup|k|cool|sweet|makes sense|noted|will do|no (?:worries|problem)|good to know|fair enough|不客气|没关系|没问题|成|妥了?|得嘞|欧了|okk+|哦了|懂|" +
    // thinks it over, looks around, comes back
    "稍等|(?:等会儿?|晚点|晚些|回头|以后|到时候?)(?:再说|再看|再聊|再联系|联系)|等(?:一?下|一会儿?|会儿?|等)|等我(?:一下|看看|想想)|(?:我)?(?:再|先)?(?:想想|看看|考虑(?:一下|下)?)(?:再说)?|(?:我)?(?:先)?随便(?:看看|逛逛|看一下|问问)|逛逛|(?:我)?先(?:忙|不买了?|不拍了?|不下单了?)|不说了|打错(?:字)?了?|说错了|wait|hold on|hang on|(?:just )?(?:one|a) (?:sec(?:ond)?|moment|min(?:ute)?)|brb|let me (?:think|see|check)|i(?:'ll| will|ll) (?:think about it|get back to you|let you know|be back)|(?:talk|maybe) later|later|not now|(?:just|only) (?:looking|browsing)(?: around)?|wrong chat|my bad|sorry|不好意思|抱歉|^(?:no|nope|nah|没有|不了)$",
  laugh: "哈{2,}|嘿{2,}|呵{2,}|嘻{2,}|嘎{2,}|噗+|笑死(?:我)?|233+|hhh+|lol|lmao|haha(?:ha)*|hehe|rofl|[xX]D",
  praise:
    "(?:你|您|客服|你们|服务|态度)?(?:真|好|太|很|非常|挺|超|超级)?(?:棒|厉害|聪明|贴心|专业|给力|不错|好|靠谱|可爱|赞|牛|nice|优秀|热情|耐心|周到)|点赞|6{3,}|好评|太好了|真好|爱你|么么哒|good (?:bot|job|service)|well done|(?:you're|you are|that's|this is) (?:great|awesome|the best|amazing|helpful|brilliant|so helpful|smart)|awesome|amazing|excellent|great|nice|lovely|wonderful|fantastic|perfect|love it|best service|brilliant|(?:you're |you are )?(?:a |an |my )?(?:star|legend|lifesaver|life saver|angel|gem|hero|absolute star)",
};
const order: (keyof typeof words)[] = [
  "who-are-you",
  "closing",
  "thanks",
  "greeting",
  "acknowledge",
  "laugh",
  "praise",
];
/** A kind needs one of its own words; the pattern alone would let fillers through. */
const mustHave: Partial<Record<SmallTalkKind, RegExp>> = {
  closing:
    /快乐|愉快|安康|发财|happy|merry|再见|拜|88|回头见|下次|晚安|没|不用|不需要|先|就这|祝|了|bye|see|night|that|nothing|no |good|have a|talk|care|work|sorted|fixed|solved|found|figured|mind|nvm|did|helped/u,
  thanks: /谢|感|辛苦|麻烦|thx|thank|tks|\bt[ya]\b|3q|cheers|appreciate/u,
  greeting:
    /[你您]们?好|哈喽|哈啰|嗨|嘿|喂|早|上午|中午|下午|晚上|在|有人|问|咨询|打扰|hello|hi|hey|g'day|good|howdy|yo|there|question|help|帮|morning|afternoon|evening|求助|^(?:亲|老板|掌柜|店家|美女|帅哥|小姐姐)|问题|problem|issue|事|哈|halo|h[aǎ]o|greetings|吃|忙|how|what|sup|ask|info|test|测试|试|教/u,
};
const patterns = order.map((kind) => ({
  kind,
  own: new RegExp(words[kind], "iu"),
  step: new RegExp(words[kind], "iuy"),
}));
/** What may stand together: who somebody is is asked alone. */
const mixable = (["thanks", "closing", "greeting", "praise", "acknowledge", "laugh"] as const).map(
  (wanted) => patterns.find(({ kind }) => kind === wanted) as (typeof patterns)[number],
);
const fillerStep = new RegExp(`\\s+|${filler}`, "iuy");
const abusive =
  /傻[逼比bx]|煞笔|(?<![体早做练课])[草操艹肏]你|(?<![生周节假期当今明昨每])日你(?:妈|大爷|先人|仙人|娘|全家|个)|去你(?:妈|大爷)|你妈(?:的|逼|b|死|蛋|个|比)(?!手机|卡|号)|他妈的|(?:^|[,，。!！?？ ]|真)妈的(?!.{0,4}(?:手机|号|卡|药|件|生日|身份|衣|鞋|电脑|信息|血|水|假))|tmd|nmsl|cnm|(?<![a-z])sb(?![a-z])|智障(?!人士)|脑残|弱智|白痴|蠢货|废物(?!利用|回收)|(?<![摇翻打在石雷火])滚(?:蛋|开(?!水|的水)|犊子|吧|粗|出去|远点|$)|去死(?![皮角肉亡])|王八|混蛋|狗东西|有病吧|神经病|贱人|\bfuck|\bshit\b|asshole|\bbitch|(?<!like an |you )\bidiot|\bmorons?\b|stupid (?:bot|robot|machine)|dumb (?:bot|robot|ass)|piece of crap|shut up/iu;
const punctuation = /[\s\p{P}\p{S}]+/gu;

/** Kind of small talk, or null when the message has a matter. Emoji alone count as a laugh. */
export function classifySmallTalk(message: NormalisedText): SmallTalk | null {
  const insult = abusive.exec(message.plain)?.[0];
  if (insult !== undefined) {
    const rest = message.text.replace(abusive, "").replace(punctuation, "");
    return { kind: "abuse", confidence: 0.9, isWhole: rest.length <= 4 };
  }
  const spaced = message.plain
    .replace(/[^\p{L}\p{N}' ]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (spaced === "")
    return message.removed.emoji.length > 0 ? { kind: "laugh", confidence: 0.7, isWhole: true } : null;
  const joined = spaced.replace(/ (?=\p{Script=Han})|(?<=\p{Script=Han}) /gu, "");
  if (joined.length > 60) return null;
  for (const { kind, own, step } of patterns) {
    if (!own.test(joined) || !(mustHave[kind]?.test(joined) ?? true)) continue;
    if (isMadeOf([step, fillerStep], joined)) return { kind, confidence: 0.95, isWhole: true };
  }
  return mixed(joined);
}

/** "好滴，谢谢亲", "ok thx see u then": words of several kinds and nothing else. The one that says most gives the kind. */
function mixed(text: string): SmallTalk | null {
  const said = mixable.filter(({ kind, own }) => own.test(text) && (mustHave[kind]?.test(text) ?? true));
  const kind = said[0]?.kind;
  if (kind === undefined || !isMadeOf([...mixable.map(({ step }) => step), fillerStep], text)) return null;
  return { kind, confidence: 0.9, isWhole: true };
}

/** Can the text be laid out with these words? Walks the reachable positions: linear, never explodes. */
function isMadeOf(steps: readonly RegExp[], text: string): boolean {
  const isReachable = new Array<boolean>(text.length + 1).fill(false);
  isReachable[0] = true;
  for (let at = 0; at < text.length; at += 1) {
    if (isReachable[at] !== true) continue;
    for (const pattern of steps) {
      pattern.lastIndex = at;
      const end = at + (pattern.exec(text)?.[0].length ?? 0);
      if (end > at && isWordEnd(text, end)) isReachable[end] = true;
    }
  }
  return isReachable[text.length] === true;
}

/** A Latin word may not be cut in two ("hi" in "his"). */
function isWordEnd(text: string, at: number): boolean {
  return !(/[a-z]/i.test(text[at - 1] ?? "") && /[a-z]/i.test(text[at] ?? ""));
}
