// Does the customer want a person, in whatever words? A wish must never be missed and never be invented: "不要人工",
// "人工费多少" and "are you a human?" are no wishes. Called by the brain before anything else is tried.
//
// Repetition is bounded everywhere ({0,6}): these patterns meet whatever strangers type, and must never take long.
// Three layers: what is certainly no wish is cut out first; then strong wordings; then the bare word in a short message.

import { unifyCharacters } from "./characters.ts";
import type { NormalisedText } from "./normalise.ts";

export interface PersonWish {
  wants: boolean;
  /** 0-1; wants is true from 0.5. */
  confidence: number;
  /** The words that said so. */
  because: string | null;
}

const person =
  "(?:人工(?:客服|服务|坐席|台)?|真人(?:客服)?|活人|大活人|人类|客服(?:人员|小姐姐|小哥|妹妹)?|坐席|专员|专人|老板娘?|店长|店主|掌柜的?|经理|主管|负责人?的?|领导|上级|管事儿?的|管事的人|主事的|话事人|(?:能)?做主的(?:人)?|懂的人|售后(?:人员|客服)?|售前|工作人员|技术人员|真的人|会说话的人?|喘气的|你们?的?同事|值班的(?:人)?|店员|业务员|服务员|专属顾问|能?拍板的(?:人)?|说了算的(?:人)?|懂行的(?:人)?|会处理\\p{Script=Han}{0,4}的|能沟通的|管这块的(?:人)?)";
/** What a person would come to a house for: a wish for a visit and not for a talk. */
const onSite =
  "(?:来|过来|上门|到|去)?(?:.{0,4}(?:修|装|洗|看|瞅|瞧|通|做|弄|取|收|拿|送|扫|检|测|量|查|开|家|店|玩|门|疏|保洁|试|一趟|确认|整|换|拆|搬|接|带|管饭))";
const notWished = [
  // refused: 不要人工, 不用转人工, 先别给我转客服
  `(?:不要|不用|不需要|无需|不必|没必要|不想要?|别|先别|先不|不)(?:再|给我|帮我|着急|急着|总是|老是|动不动就){0,6}(?:转|找|接|叫|要|用|联系|换){0,6}(?:到|个|给)?(?:人工|真人|客服|坐席)(?:客服|服务)?(?![^,，。!！?？|]{0,6}(?:吗|么)(?:$|[?？]))`,
  // about labour, hours, numbers, and about what the speaker is talking to
  "人工(?:费|成本|价|多少钱|智能|合成|草|呼吸|授粉|审核|打包|缝|制作|加工|染色|检测|安装)",
  "(?:手|纯)工",
  "换人工资|(?:需要|要|有没有|有)(?:真人|专人|技术人员)(?:到|带|效果|试穿|模特|出镜|上门)|(?:转|反映|转达)给(?:你们)?(?:领导|老板|负责)",
  // a visit, somebody else at home, a telephone that nobody answers
  `(?:让|叫|请|喊|派|安排|约|有)(?:个|你们|你|一个|位){0,3}人${onSite}`,
  "有人能(?!帮我(?:说|问|看看这|处理|解答)|管|解决|回|说话|做主|告诉|跟我|和我)",
  "(?:电话|座机|热线|邮件|工单|手机|家里?|下课|放学|物业|电梯|打了?|响了|申请了?|接单|打车|门口|前台|两头|小区)[^,，。]{0,8}(?:没人|没有人|无人)(?:接|管|理|回|来|在)",
  "(?:没人|没有人|无人)(?:接单|签收|来(?!跟|和|回)|接(?!待我|我)|送|取|吱|给我打|在家|用|管(?!我))",
  "(?:不要|别|不用|先|之前|提前|到现在|还没|没人|没有|省得|说|让他|让她|叫他)[^,，。]{0,8}(?:给我|帮我)?(?:回|打)(?:个|一个)?电话(?:给我)?",
  "换(?:了)?(?:老板|领导|店长|负责人|顾问|阿姨|老师|教练|师傅)",
  "(?:跟|和|找)(?:店长|领导|老板|经理|客服)(?:说|讲|反映|谈|聊)(?:了|过|好|一声请假)",
  `(?:${person})(?:的|在线)?(?:电话|号码|微信|邮箱|热线|几点|时间|什么时候|啥时候|上班|下班|工作时间|在线时间|休息|周末)`,
  `(?:你|这|这边|对面|您)(?:们)?(?:到底)?(?:是|是不是|算|属于)(?:个|一个)?(?:真人|人工|活人|人类|机器人|人)(?:客服)?(?:在)?(?:回复?|答复?|(?:跟|和|给)我(?:聊天?|说话?|回复?|对话|发))?(?:我|话)?(?:的)?(?:还是(?:机器人|人工|真人|ai|机器))?(?:吗|么|嘛|吧|不|呀|啊|$)`,
  "(?:上次|昨天|之前|刚才|刚刚|那个|有个|前面|问过|问了)(?:的|那个|你们)?(?:人工)?客服(?:说|答应|告诉|让|跟我说|讲)",
];
const wished = [
  `(?:转|转接|转到|转给|接|接入|接通|找|叫|喊|请|换|呼叫|联系|切换?|切到|进入|要|需要|想要|来|安排|派|搵|揾)(?:一下|下|个|位|一个|一位|到|成|给我|给|我|你们|你|的|在线|那边|上|个能|能){0,6}${person}`,
  `(?:有|有没有|有木有|能不能有|没有|就没|能来)(?:个|一个|位|会)?(?:人工|真人|活人|大活人|喘气的|客服在|人在管|人管(?=我|吗|么|没|不|一下|啊|$)|人理(?=我|吗|么|没|不|一下|啊|$)|人能(?=帮|管|解决|回|说|做主|告诉|跟我|和我)|个能(?=做主|管事|说|解决|听懂)|能(?:做主|管事|说话|解决|拍板))`,
  `(?:跟|和|同|与|找)(?:个|你们|你|一个|那个|那位|刚才|昨天|上次|之前){0,6}(?:${person}|(?:(?<=个)|真|活)人)(?:直接)?(?:说|聊|谈|讲|沟通|对话|通话|问|理论|反映)`,
  "(?:跟|和|同|与|找)(?:真|活|个)?人(?:直接)?(?:说话|聊天|对话|沟通|通话|当面说|聊聊|谈谈)",
  "(?:派|找|整|弄|来|给)(?:个|一个|位)?(?:活|真)?人.{0,2}(?:跟我|和我|教我|唠|聊|说话|对接|解答|讲讲|回我)",
  "^(?:能不能|可以|可不可以|赶紧|快点?|麻烦)?来(?:个|一个|位)(?:活|真)?人(?:行不行|行吗|可以吗|好吗|吗|呗|吧|啊|呀|来|[!！。]|$)",
  "真人(?:回|来(?!上课|带)|在(?!线|场|哪)|呢|接|给我|跟我|和我|聊|说|处理)",
  "有人[吗么].{0,2}(?:活的|真的|不是机器)",
  "(?:说|讲)(?:的)?(?:是)?人工(?!费|智能)",
  "(?:在线|人工)客服(?:在哪|怎么找|怎么联系|入口|在吗|呢)",
  "(?:客服|服务员|店员)(?:小姐姐|小哥)?(?:出来|在吗|在不在|呢(?:$|[?？]))",
  `(?:让|叫|请|喊|麻烦)(?:你们|你|个|一个){0,6}(?:${person}|人)(?:来|出来|过来|跟我|和我|给我|回|接|联系|处理|说话|听)`,
  "(?:别|不要|不想|不愿意?|懒得|少|甭|不爱|拒绝|谁要|没空|停止)(?:再|老|总是|一直|用|让|拿|给|跟|和|同|我|你|这个|这|一个|个|你们的?){0,6}(?:机器人|机器|智能客服|自动回复|人机|智障|ai)",
  "不(?:跟|和|与|同)(?:机器人?|智能客服|人机|ai|智障)",
  "(?:机器人|机器|自动回复|智能客服|ai).{0,8}(?:滚|闭嘴|没用|听不懂|不懂|换人|解决不了|退下|走开|烦死)",
  "换(?:个|一个)(?:真|活)?人(?:来|吧|啊|呀|说|聊|跟|回|$)|换(?:真|活)人|^(?:给我|帮我|赶紧|快|我要|你们?|能不能|可以)?换人(?:来|吧|啊|呀|说|聊|回|[!！]|$)",
  "^(?:那)?(?:你们)?人(?:呢|哪去了|都?去?哪了?|都死哪)",
  "人都(?:去哪|哪去|死哪|跑哪)",
  "(?:怎么|咋|一直|都|半天|到底)(?:就)?(?:没|没有|有没有)(?:个)?(?:人|客服)(?:理(?!的)|回(?!来|家)|在(?!家)|吗|么|啊|呢|了$|$)",
  "没(?:有)?人(?:理|管|回|接待)(?:我|吗|么|的?啊)",
  "^.{0,4}没(?:有)?人(?:理|回复?)(?:的|啊|呢|了|$)",
  "(?:给我|帮我)(?:回|打)(?:个|一个)?电话",
  "(?:回|打)(?:个)?(?:我)?电话给我",
  "(?:电话)?回访我",
  "(?:转|接)不(?:了|到|上)(?:人工|真人|客服)",
  "有(?:会|能)(?:说|讲)(?:人)?话的",
  "(?:zhuan)\\s?ren\\s?gong|^ren\\s?gong$",
  "[转装专传砖](?:人工|仁工|人功|人公|人共|任工)",
  "^人工[!！。.~]*$|人工服务$|人工客服$|在线客服$",
  "(?:我要|要|转|求)人工",
  "人工.{0,3}(?:快|在哪|呢|帮|接|处理|来|怎么转|咋转)",
];
const bareWord =
  /^(?:转?人工|真人|活人|客服|人工客服|人工服务|在线客服|找客服|老板|经理|店长|负责人|坐席)(?:呢|呀|啊|在吗|在不在|在么|吧|谢谢|快点|快)?$/u;

const greeting = /^(?:你|您)好[呀啊]?$|^在吗$|^亲$|^谢谢[你您]?$|^麻烦$|^请$/u;

const englishPerson =
  "(?:human(?: being)?s?|(?:real |live |actual )?(?:person|people)|(?:live |human |real )?(?:agent|representative|rep|operator|advisor|adviser|assistant)|someone|somebody|anyone|manager|supervisor|owner|boss|colleagues?|teammates?|(?:member of (?:the |your )?)?(?:staff|team)(?: member)?|hooman|executive|sales (?:desk|team|rep)|customer (?:service|support|care)(?: (?:rep|representative|agent))?|support(?: team)?|(?:guy|lady|person) in charge|whoever(?:'s| is) (?:at|on|in|there|around|free|working)|front desk|reception)";
const englishFiller =
  "(?:(?:to|with|w|through|over|me|us|a|an|the|some|your|any|real|live|actual|another|different|speak|talk|directly|please|proper|of|one|over|this|that|it|my|issue|case|chat)\\s+){0,6}";
const englishNotWished = [
  `(?:don't|do not|dont|no need|not|never|rather not|didn't)(?: want| need| wanna| have| going| trying)?(?: to)?(?: (?:talk|speak|chat|be transferred|be connected|get transferred))?\\s+${englishFiller}(?:for )?${englishFiller}(?:human|person|agent|representative|someone|rep|operator)\\b`,
  "(?:are|r) (?:you|u|ya) (?:a |an |even ){0,6}(?:real |actual |live ){0,6}(?:human|person|robot|bot|ai|machine)",
  "(?:is|am i) (?:this|talking to|chatting with|speaking (?:to|with)) (?:a |an ){0,6}(?:real |actual |live ){0,6}(?:human|person|robot|bot|ai|machine)",
  "(?:your|the|another|last|previous) (?:agent|rep|representative|manager|staff|support)(?: member| team)? (?:said|told|promised|was|were|who|refused)",
  "(?:send|sent|bring|find|get|have|let|need|want)(?: me| us| out| over){0,2} (?:someone|somebody|anyone|anybody|a person|people|a team|staff)(?: else)?\\b(?! (?:(?:real|human|in charge|now|please|from (?:support|customer|the team))\\b|on (?:the|chat|here)|to (?:talk|speak|chat|help|answer|assist|call)|who (?:can (?:help|answer|speak|talk)|knows|understands|speaks)))",
  "my (?:boss|colleagues?|teammates?|team|staff|manager|owner)\\b",
  "(?:get|got) over (?:someone|somebody|him|her)",
  "(?:can't|cannot|couldn't|didn't|don't|will|would|he|she|they|driver|courier|you|have him|have her) (?:call|phone|ring)(?:s|ed)? me(?! back)",
  "(?:call|phone) me (?:an?|before|when|if|once|the|later)\\b",
  "what did you call me about",
  "(?:anyone|somebody|someone|any(?:one|body)) (?:there|here) (?:who|to|that) (?:works|does|do|test|sells|fix)",
  "(?:with|to) the people (?:working|on)",
  "(?:shipping|forwarding|travel|cleaning|estate|real estate|sales) agent",
];
const englishWished = [
  `\\b(?:talk|speak|chat|connect|transfer|put|get|pass|hand|switch|escalate|forward|give|bring|send|find|contact|reach|message|call|text)\\s+${englishFiller}${englishPerson}\\b`,
  `\\b(?:i|we)(?:'d| would)? (?:want|need|wanna|like|demand|prefer|require|am asking for|ask for)\\s+${englishFiller}(?:human|real person|live person|agent|representative|rep|operator|manager|supervisor|person)\\b`,
  "\\b(?:any|is there|are there|anyone|somebody|someone)\\s+(?:a |any |an )?(?:real |actual |live )?(?:humans?|person|people|one|agents?|staff|real)\\s*(?:there|here|available|around|i can|who can|that can|online|in charge|working)",
  "^(?:is )?(?:anyone|anybody|somebody|someone) (?:there|here|real|alive|home|awake)\\b",
  "(?:stop|no|not|hate|enough|sick of|tired of|done with|quit|don't want)(?: \\w+){0,5} (?:bots?|robots?|ai|chatbot|(?:talk|speak|chat)(?:ing)? (?:to|with) (?:a |this |the )?machines?|automated (?:replies|answers|messages))\\b",
  "^(?:human|agent|representative|operator|real person|live agent|live person|live chat|live support|customer service|customer support|supervisor|manager)(?: (?:please|now|pls))?[.!]*$",
  "\\b(?:human|agent|representative|operator|real person|live person|live agent) (?:please|pls|now)\\b",
  "\\bcall me(?: back)?\\b",
  "\\bphone me\\b",
  "^(?:i need |need |can i get |could i get |give me |get me )?(?:someone|somebody) (?:who (?:knows|can|understands|speaks)|real|human|in charge)\\b",
  "^(?:get |bring )?(?:your|the) (?:supervisor|manager|boss|owner)(?: please| now| pls)?[.!]*$",
  "\\bget past (?:this|the) (?:bot|robot|machine|menu)\\b",
  "\\b(?:canned|automated|scripted|automatic) (?:answers|replies|responses|messages)\\b.{0,20}\\b(?:rep|human|person|someone|agent|real)\\b",
  "\\b(?:owner|manager|supervisor|human|real person|someone real)\\b.{0,12}\\b(?:on chat|come on|join|take over|step in|jump in)\\b",
  "\\b(?:member of (?:the|your) team|human|person|someone|somebody) (?:could |can |to |please )?take over\\b",
  "\\b(?:assistance|help) from (?:staff|a human|a person|a real person|your team)\\b",
  "\\blet me (?:talk|speak) (?:to|with)\\b",
  "\\bhuman (?:help|support|assistance|service)\\b",
];

const notWishedPattern = new RegExp(notWished.join("|"), "gu");
const wishedPattern = new RegExp(wished.join("|"), "u");
const englishNotPattern = new RegExp(englishNotWished.join("|"), "gu");
const englishPattern = new RegExp(englishWished.join("|"), "u");

/** Judges one message. Works on the message as typed, since "有人吗" is politeness to everyone else. */
export function wantsPerson(message: NormalisedText | string): PersonWish {
  const unified = unifyCharacters(typeof message === "string" ? message : message.original);
  const english = unified.replace(englishNotPattern, " | ");
  const chinese = unified.replace(/[\s~～]+/gu, "").replace(notWishedPattern, "|");
  const strong = wishedPattern.exec(chinese)?.[0] ?? englishPattern.exec(english)?.[0];
  if (strong !== undefined) return { wants: true, confidence: 0.95, because: strong };
  const clauses = chinese
    .split(/[^\p{L}\p{N}]+/u)
    .filter((clause) => clause !== "" && !greeting.test(clause));
  const bare = clauses.find((clause) => bareWord.test(clause));
  if (bare !== undefined && clauses.length === 1) {
    const isCall = /^(?:老板|客服在)/u.test(bare); // "老板？" calls whoever is there, as "在吗" does
    return { wants: !isCall, confidence: isCall ? 0.4 : 0.85, because: bare };
  }
  return { wants: false, confidence: 0.02, because: null };
}
