// What people wrap their matter in, as patterns over unified text: greetings, forms of address, asking leave, thanks,
// pressing, farewell. Used by politeness.ts, which takes them off. A pattern may not touch what a matter could begin with:
// "老板" falls only where something separates it from the rest.

/** Marks and spaces around what falls. */
export const gap = "[\\s,，。.!！?？~～、;；:：…\\-—]*";

const leave =
  "(?:一下下?|下下?(?!雨|雪|大雨|个月|个星期|个礼拜|周(?!末|边|岁)|次|单|载|午|架|季)|一声|一嘴|一句|个问题|个事儿?|个事情|句|问看|问(?!题))";
const addressed =
  "(?:亲+|亲爱的(?:客服|店家|老板)?|宝+|宝贝|宝子|姐妹|集美|小姐姐|小哥哥?|美女|帅哥|靓仔|靓女|老板娘?|掌柜的?|店家|店小二|店主|卖家|商家|客服(?:小姐姐|小哥|妹妹|美女|同学|您好)?|小二|小可爱|老师|师傅|大哥|大姐|大佬|哥|姐|朋友|各位|大家|同学|sir|madam|ma'am|dear|bro|boss|friend|buddy|mate|guys|team|folks)";
const seller =
  "(?:亲+|亲爱的|宝+|宝贝|宝子|姐妹|集美|小姐姐|小哥哥?|美女|帅哥|靓仔|靓女|老板娘?|掌柜的?|店家|店小二|店主|卖家|商家|客服(?:小姐姐|小哥|妹妹|美女|同学)?|小二)";
const greeted = "(?:早上|上午|中午|下午|晚上|早|午|晚)(?:好|安)";

export const opening = [
  "dear (?:sirs?(?: or madam)?|madam|team|support(?: team)?|customer (?:service|support|care)(?: team)?|seller|shop|all|friend|store|owner|colleague)s?\\b",
  // greetings
  "(?:你|您|恁|侬)(?:们)?好(?:[呀啊哇哈吖哟]|鸭)?(?!看|用|吃|大|贵|慢|久|多|像|评|说|退|修|洗|穿|玩)",
  `(?:hello|hi|hey|hiya|hallo|哈喽|哈啰|哈罗|嗨|嘿|喂)(?:[呀啊喽])?(?![a-z'])(?: (?:there|team|guys|all|everyone|again|folks|support|dear)\\b)?`,
  `${greeted}[呀啊哇哦]?`,
  "(?:老板娘?|大家|各位|店家|掌柜的?|老师|师傅|客服|亲|同学们?|朋友们?)(?:们)?好(?=[,，。!！~\\s呀啊]|$)[呀啊]?",
  "(?:早安?|午安|晚安)[呀啊]?(?=[,。!\\s])",
  "(?:good (?:morning|afternoon|evening|day)|greetings|howdy|g'day|to whom it may concern)\\b",
  "(?:i )?hope (?:you're|you are|this (?:message |email )?finds you|all is|everything is|you're all)(?: doing| having a)? (?:well|good|great|fine|ok|a good day|a great day)\\b",
  "(?:请问|请)?(?:人|有人|客服|店家|老板|亲)?在(?:(?:吗|不在|么|嘛|线吗|不)[呀啊哦]?|[不没](?=[,，。?？!！\\s]|$))(?!库|店|仓)",
  "有(?:没有)?人(?:吗|么|在吗|在没|在不)[呀啊]?",
  // forms of address, only when something separates them from the matter
  `${addressed}(?:们)?(?:[,，。!！~、:：\\s]+|$)`,
  `${seller}(?:们)?(?=(?:你|您)好|请问|在吗|我想|我要|问|麻烦|帮|能不能|可以|可不可以)`,
  // asking leave
  `(?:我|俺|咱)?(?:就|先|也)?(?:想要?|要|来|得|能|可以)?(?:跟|和|向|找)?(?:您|你)?(?:们)?(?:请问|请教|咨询|了解|打听|确认|核实|求问|求教|求助|急问|弱弱(?:的|地)?问|(?<![访学疑提询慰质顾])问(?!题|候|卷|号|答|世))${leave}{0,4}(?:哈|哦|啊|呢|的是|的话|吗(?=[,，?？\\s]))?(?:[,，:：]|一个问题|个小问题)?`,
  "(?:麻烦(?!事|程度|大|多)|劳烦|劳驾|有劳|打扰|打搅|不好意思|冒昧|抱歉|对不起|辛苦|拜托|烦请|恳请|求求)(?:你|您|大家|各位|客服)?(?:了|啦|哈|哦)?(?:问|咨询|请问|打扰|请教)?(?:一下|下|了|您|你|一句)?(?:[,，]|问(?:一下|下)?)?",
  "(?:能|可以|可不可以|能不能|方便)(?:麻烦|请|劳烦)(?:您|你)?(?=帮|给|查|看|告诉|问|说|确认|处理)",
  "我(?:就|只是|只)?(?:想|要)?(?:知道|问问|问下|问一下|了解一下|了解下|确认一下|确认下|打听下)(?:的是|看)?",
  "(?:能|可以|可不可以|能不能|能否|可否|麻烦|请|谁能|有没有人能|有人能|有谁能)(?:您|你)?(?:帮忙)?(?:跟我说|和我说|给我说|给我讲|讲|解答|科普)(?:我|一下|下|俺)?(?:一下|下|吗)?(?:[,，:：])?",
  "(?:(?:能|可以|可不可以|能不能|能否|可否|麻烦|请|谁能|有没有人能|有人能|有谁能)(?:您|你)?(?:帮忙)?)?(?:告诉|告知)(?:我|一下|下|俺){1,2}(?:一下|下|吗)?(?:[,，:：])?",
  "(?:请|麻烦|劳驾)(?:您|你)?(?=帮|给|尽快|马上|告诉|告知|把|取消|联系|安排|核实|处理|查|看|确认|说明|回)",
  "(?:有|我有)(?:个|一个|几个|点)(?:小)?(?:问题|疑问|事儿?)(?:想|要|需要)?(?:请教|咨询|问问?|打听|确认|麻烦)?(?:一下|下|您|你|你们)*(?:[,，:：]|$)",
  "(?:第一次|头一回)(?:来|买|逛|光顾)(?:你们?家|这里|这儿|你家店)?[,，]",
  "(?:小白|新人|新手|萌新)(?:一枚|求问|提问|请教|弱弱地?问)?[,，]",
  "(?:是这样的?|事情是这样的?|话说|对了|那啥|那个啥|就是说|打扰了?|冒昧了?|说一下|问个事儿?)[,，:：\\s]+",
  "(?:那个|就是)+(?=[,，。…\\s]|\\p{Script=Han}{5})(?!快递|订单|包裹|衣服|东西|商品|优惠|活动|红包)",
  "(?:嗯+|额+|呃+|哦+|噢+|喔+|啊+|诶+|哎+|唉+|欸+|emm+|hmm+|um+|uh+|er+|erm+)(?![a-z])(?:那个|就是)?[,，。.…\\s]*",
  "(?:excuse me|pardon(?: me)?|sorry(?: to (?:bother|trouble|disturb|interrupt)(?: you)?| for (?:the )?(?:bother|trouble|disturbance|inconvenience|bothering you))?(?=[,.!]| but | to | for |$)(?: again)?|apologies(?: for (?:the trouble|bothering you))?|forgive me)\\b(?:,? but\\b)?",
  "(?:(?:i have |just |i've got |got )?(?:a |one )?(?:quick|small|little|simple|silly|dumb|short) (?:question|one|q|query)|(?:i have|just|i've got) (?:a|one|another) question|question|just (?:wondering|checking|asking|curious|want(?:ed)? to (?:know|ask|check))|(?:just )?curious)(?: (?:about this|for you|here|please))?(?=[,.:!?-]| (?:if|how|when|what|where|why|which|who|whether|do|does|is|are|can|will|about)\\b|$)(?: about)?",
  "(?:i (?:was|am)|i'm)(?: just| only)? wondering|i wonder|wondering",
  "(?:i(?:'d| would)(?: just| really)? (?:like|love) to|i(?: just| only| also| really)? (?:want|wanted|need|wish|wanna)(?: to|(?<=wanna)))(?: please)? (?:know|ask|find out|enquire|inquire)(?: about(?= the | my | your ))?(?: you)?(?: (?:something|a question)\\b)?",
  "(?:may|might|can|could|will|would)(?: you| i| we| someone| anyone| somebody| u)(?: please| kindly| possibly| maybe| just)?(?: be able to)? (?:(?:help|assist) me(?: out)?(?: with (?:this|something|a question))?(?: please)?(?=[,.?!:]|$)|(?:tell|inform|advise) (?:me|us)|let (?:me|us) know|explain to me|ask(?: you)?(?: something| a question)?|know|find out|clarify)",
  "(?:do|would) (?:you|u|anyone|any of you)(?: guys)?(?: happen to)? know\\b",
  "(?:would you mind (?:telling me|letting me know)|would you be (?:so kind as|able) to tell me|i(?:'d| would) (?:be (?:so |very |really )?grateful|appreciate it|be happy) if you (?:could|would) (?:tell me|let me know)|i need your help|need (?:some |your )?help(?=[,.:!]))\\b",
  "(?:please |pls |plz |kindly )?(?:tell me|let me know|advise(?: me)?(?= (?:on|how|what|when|if|whether)))\\b(?! a joke| a story)",
  "(?:if (?:possible|i may|i may ask|you don't mind|you do not mind|it's not too much trouble|that's ok|you could))(?=[,.]|\\s)",
  "(?:please|pls|plz|kindly|so|well|ok(?:ay)? so|ok(?:ay)?(?=[,.])|anyway|also(?=,)|now then)\\b",
];

const alone = "(?<![a-z'])";
const extent =
  "(?:(?: so much| very much| a lot| a bunch| a million| a ton| heaps| loads| kindly| again| guys| team| all| everyone| dear| sir| mate| in advance| for (?:your|the|any|all(?: your)?) (?:help|time|assistance|support|reply|patience|understanding|attention|answer|quick reply|response)| for helping| for reading|[ ,!]|你们?|您们?|啦|了|哦|噢|哈|呀|哟|喽|咯|鸭|亲+|老板|客服|大家|各位|小姐姐|哥|姐|先|过|~)){0,5}";

export const closing = [
  `(?:非常|十分|真的|真心|万分|先|提前|那就|好的)?(?:谢谢|感谢|多谢|谢啦|谢了|谢过|感恩|跪谢|叩谢|鸣谢|蟹蟹|栓q|感激不尽|(?<![代凋])谢|3q)${extent}`,
  `${alone}(?:(?:many|much|big|huge|a million|a thousand|with|lots of) )?(?:thx|thanx|thanks|thank you|thank u|thank ya|ty|tysm|tks|cheers|tia|ta|merci|arigato|gracias)${extent}`,
  `${alone}(?:(?:much|greatly|really|highly) appreciated|(?:i(?:'d|'ll| would| will)?(?: really| greatly| truly)? )?appreciate (?:it|your (?:help|time|assistance)|any help|that)(?: very much| a lot)?|any (?:help|info|advice)(?: is| would be| will be)?(?: much| greatly)? (?:appreciated|great|welcome)|(?:that |it )?would be (?:great|awesome|lovely|helpful|appreciated|nice))`,
  "(?<![太真好很么嫌不怕多特么别添最])(?:麻烦|辛苦|拜托|劳烦|劳驾|有劳|打扰|受累)(?:你们?|您们?|了|啦|哈|哦|大家|各位|亲|客服|老板|拜托|一下){0,4}",
  "(?:给(?:您|你)们?)?添麻烦(?:了|啦)",
  "(?:(?:急?请|求|盼|望|等|静候|期待|恳请|希望|跪求|坐等|麻烦|烦请)(?:您|你|你们|客服)?(?:能|可以)?(?:尽快|早日|速|给个|给我)?|尽快|早日|速)(?:回复|解答|告知|回答|指教|回信|复|答复|指点|赐教|一个答复|解惑|帮忙(?=$))(?:一下|下|谢谢|我|了|哦|哈)?",
  "(?:可以|能|可不可以|能不能|能否|方便)(?:帮|给|跟|和)?(?:我)?(?:告诉|解答|回答|告知)(?:我|一下|下)?(?:一下|下)?(?:吗|么|嘛|呢)?",
  "(?:挺|很|比较|有点|十万火|特别|真的|蛮|好|贼|非常)?(?<![加不紧应心性])急+(?:急|用|的|啊|死了|死|需|等|呢)?(?=[,，!！。~]|$)",
  "(?:在线|坐|在)等(?:中)?(?:挺急的|急|回复|答案|呢)?",
  "(?:祝(?:您|你|你们|老板|店家)?(?:生意兴隆|生活愉快|工作顺利|大卖|发财|天天开心|周末愉快|好运)|好人一生平安|么么哒|爱你(?:哟|哦|们)?|笔芯|比个?心|鞠躬|抱拳|抱抱|献花|撒花)",
  `${alone}(?:please|pls|plz|kindly|asap|(?:kind|best|warm(?:est)?|many)? ?(?:regards|wishes)|(?:yours )?(?:sincerely|truly|faithfully)|respectfully|xx+|xoxo)`,
  `${alone}(?:(?:please|pls|kindly) (?:let me know|advise|reply|respond|get back to me|help(?: me)?(?: out)?|assist(?: me)?)|let me know|get back to me|help me out)(?: soon| asap| when you can| quickly| as soon as possible| please| thanks)?`,
  `${alone}if (?:possible|you (?:don't|do not) mind|(?:that's|it's|it is|that is) (?:ok|okay|possible|alright|not too much trouble)|you (?:can|could|would)(?: please)?(?: help)?|it's no trouble)`,
  `${alone}(?:when(?:ever)? you (?:get|have) (?:a (?:chance|moment|minute|sec)|time)|at your earliest convenience|when you can)`,
  `${alone}(?:have|hope you have) a (?:nice|good|great|lovely|wonderful) (?:day|one|evening|weekend|afternoon)(?: ahead)?`,
  `${alone}(?:(?:i'm |so |very )?sorry (?:for (?:the )?(?:bother(?:ing you)?|trouble|inconvenience|disturbance)|to (?:bother|trouble|disturb)(?: you)?)|looking forward to (?:your (?:reply|response|answer)|hearing from you)|(?:i'm )?waiting for your (?:reply|response|answer)|you(?:'re| are) the best|god bless(?: you)?|please and thank you)`,
  "(?<![相父母双近探])亲+(?=$)",
  "(?<=[,，。!！?？~\\s吗呢吧啊呀么哦啦])(?:宝+|宝子|宝贝|老板娘?|客服|店家|小二|掌柜的?|小姐姐|小哥哥?|哥们?|姐|大哥|大姐|美女|帅哥|师傅|老师|朋友们?|兄弟)(?=$)",
  "(?:(?<=[,.!?~] ?)(?:sir|madam|ma'am|guys|mate|dear|bro|boss)|(?<=[a-z] )(?:sir|madam|ma'am|bro))(?=$)",
  "(?:[呀啊呢哦喔噢哈嘛啦咯喽哒哟捏滴吖嘞呐哩呗撒噻咧]|嘻嘻|嘿嘿)+",
];

/** Falls wherever it stands: it never belongs to a matter. */
export const anywhere = [
  "(?:我|俺)?(?:就|也)?(?:想|要|能|可以)?请问(?:一下|下(?!雨|雪|大雨|个月|个星期|个礼拜|周(?!末|边|岁)|次|单|载|午|架|季))?(?:吗(?=[,，\\s]))?",
  "(?<![太真好很么嫌不怕多特别添最])(?:麻烦|劳驾|劳烦|烦请|有劳|拜托)(?:您|你)?(?:们)?(?=帮|给|把|查|看|告诉|告知|确认|处理|核实|安排|尽快|说明)",
  "(?<![\\p{L}])(?:嗯+|呃+|额(?=[,，.。…\\s]))[,，.。…]*",
  "(?<=\\p{Script=Han})(?:嗯+|呃+|就是说)(?=\\p{Script=Han})",
  "\\b(?:please|pls|plz|kindly)\\b(?! (?:advise|note))",
  "\\b(?:um+|uh+|erm+|hmm+)\\b,?",
  "(?<!\\b(?:do|did|if|as|let|don't|to|should) )\\byou know\\b(?! (?:how|what|when|where|if|why|who|about|any|the|my))",
  "(?<=\\p{Script=Han}{2})(?<![不也这那要都只便]|或者|问题)(?:那个|就是)(?=\\p{Script=Han}{2})(?!那个|就是|快递|订单|包裹|衣服)",
];
