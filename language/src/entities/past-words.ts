// Whether the words beside a date say that it has been: "周日买的", "5号下的单", "arrived Monday" - and not "周日能送到吗", "will be
// delivered on Monday". Called by the finders of days and hours, which look back instead of ahead then.

const verbs =
  "购买|订购|预订|下单|下定|付款|付钱|支付|收货|到货|发货|签收|退货|退款|换货|申请|提交|报修|安装|联系|充值|入手|到手|买|拍|付|订|定|收|到|发|寄|签|退|换|报|说|用|下|拿|取|来|送|装|修|坏|问|交|购|拆|打|开|办|提|抢|领|充|注册|激活|取消|取件|取货|投诉";
/** What is still to come when the verb is only supposed: "到了再说", "到的话". */
const supposed = "话|再|以后|之后|后|告诉|通知|叫我|喊我";
/** Marks of what is to come; 会员 is a member and no 会. */
const toCome = "能|会(?!员)|可以|要|想|准备|打算|必须|得|前|该|让|等";
const clause = "[^,，。;；!！?？\\n]";
/** Between the day and its verb: where, when, by whom, and no other verb of buying or sending, nor another day. */
const between = "(?:会员|[^,，。;；!！?？\\n能会要想可得前该让等请将再发送寄退换签买拍付昨今明]){0,10}?";
/** 买的, 收到了, 来过, 下了单, 付的款. */
const finished = `(?:${verbs})(?:过来|过去|回来|回去|到|来|出|走|回|下|好|完|起)?(?:[的了咗](?!${supposed})|过(?![来去]))`;
/** Without 了 or 的 the verb counts only where nothing is asked or wished behind it: "周三收到", not "周三收到能退吗". */
const bare = `(?:收到|签收|下单|付款|刚买|送来|已经|就(?!是)|到现在|至今)(?!${clause}{0,6}?(?:${toCome}|吗|么|话|后))`;
const doneAfter = new RegExp(`^${between}(?:${finished}|${bare})`, "u");
/** "能周三到的吗", "等周三到了": wished or waited for. */
const awaited = /(?:等到?|(?<!可)能|[要想会]|可以|希望|打算|准备|必须|最好)$/u;

const chineseBefore = /(?:已经|上次|之前|当时)[^.,?!，。？！\n]{0,30}$/u;
const toComeAfter = new RegExp(`^${clause}{0,4}?(?:${toCome})`, "u");

const finite =
  "bought|purchased|received|arrived|should have|was|were|came|(?<!\\b(?:ve|have|has) )got(?! to\\b)|did|didn['’]t|picked (?:(?:it|them) )?up|broke|stopped working";
const participle =
  "ordered|placed|paid|delivered|sent|shipped|dispatched|posted|mailed|collected|returned|cancelled|signed for";
/** "be delivered" and "want it shipped" are to come. */
const notToBe = "(?<!\\b(?:be|being|get|gets|getting|is|are) )";
const notWished =
  "(?<!\\b(?:want|need|get|have|like|prefer|wish) (?:it|them|this|that|(?:the|my) [a-z]{1,12}) )";
/** Where one of these stands between the verb and the date, the date belongs to what is still to come. */
const turn =
  "(?:will|can|could|would|should(?! have)|shall|may|might|must|want|wanna|need|hope|hoping|going to|(?<!supposed )to (?:return|be|get|arrive|come|send|have|collect|pick)|but|if|when|arrives|comes|please|for (?:delivery|pick-?up|collection|an? (?:party|wedding|birthday|trip|event|gift))|for(?= $))\\b|['’]ll\\b";
const clauseLeft = "[^.,?!，。？！\\n]";
const englishBefore = new RegExp(
  `${notToBe}\\b(?:since|${finite}|${notWished}(?:${participle}))\\b(?:(?!\\b(?:${turn}))${clauseLeft}){0,30}$`,
  "u",
);
const englishAfter = new RegExp(
  `^,? (?:(?:i|we|you|it|they) (?:just |already |have |had )?(?:${finite}|${participle})|(?:my|the|your) [a-z]{1,12} (?:${finite}))\\b`,
  "u",
);
const englishToCome = new RegExp(`\\b(?:${turn})${clauseLeft}{0,30}$`, "u");

/** Whether the words beside a date, at most a clause away, speak of what has been. */
export function speaksOfPast(text: string, start: number, end: number): boolean {
  const before = text.slice(Math.max(0, start - 45), start);
  const after = text.slice(end, end + 30);
  if (englishBefore.test(before)) return true;
  if (englishAfter.test(after) && !englishToCome.test(before)) return true;
  if (chineseBefore.test(before) && !toComeAfter.test(after)) return true;
  return doneAfter.test(after) && !awaited.test(before);
}
