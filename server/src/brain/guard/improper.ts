// What no answer of an FAQ may help with, however near one is: forged papers and exams sat by somebody else, and what another
// person ordered, said or pays. "What papers do I need?" and "is this genuine?" are none of it. Pure; used by safety.ts.

const forged =
  /(?:做|办|弄|开|搞|造|写|出|P)(?:一?[份个张套本])?(?:点)?(?:假|虚假|伪造)的?(?:不|吗|么|[，,。？?\s]|流水|证|章|公章|发票|合同|病假|学历|毕业|身份|驾照|材料|证明|$)|伪造|代考|替考|虚开发票|帮.{0,4}洗钱|\b(?:make|get|write|do|forge|doctor|produce|print)\b.{0,16}\b(?:fake|forged|phon(?:e)?y|counterfeit)\s(?!lash|nail|tan|fur|leather|flower|plant)|\bforge (?:a|my|the|some)\b|\b(?:sit|take) (?:my|the|his|her) (?:exam|test) for (?:me|him|her)\b/iu;
// customers call the shop's people 老板 and say what friends bought: neither is prying
const someone =
  "前男友|前女友|前夫|前妻|男朋友|女朋友|男友|女友|对象|老公|老婆|丈夫|妻子|同事|老板|室友|邻居|闺蜜|朋友|同学|别人|人家|他人|某个?人";
const kept =
  "手机|号|通话|话费|套餐|短信|定位|位置|住址|地址|聊天|账单|账户|余额|行踪|开房|入住|订单|住哪|在哪|都?买了[些点]?[什啥]";
const pried = new RegExp(
  `(?:查|调出|调取|透露|告诉我|看看|看一?下)(?:一?下|查|看|到)?(?:我们?)?(?:那个)?(?:${someone})(?![，,、。\\s你您])(?:家|的|那个|这个|最近){0,3}(?:${kept})`,
  "u",
);
const priedEn =
  /\b(?:check|look up|look at|find out|tell me|see|show me|track|read|give me)\b.{0,24}\b(?:my (?:ex|ex-?\w+|boss|neighbou?r|girlfriend|boyfriend|husband|wife|partner|flatmate|roommate|colleague|friend)|someone else|somebody else|another customer)['’]s\b.{0,24}\b(?:phone|number|plan|orders?|address|account|bills?|calls?|messages|texts|location|booking|room)\b/iu;

export function isImproper(text: string): boolean {
  return forged.test(text) || pried.test(text) || priedEn.test(text);
}
