// The promises that cost a shop most when a bot invents them: guarantees, free things, refunds, compensation.
// Listed in promise-families.ts.

import { type Family, words } from "./family.ts";

const gap = "(?: [a-z']+){0,4}? ";

export const promises: Family[] = [
  {
    id: "guarantee",
    kind: "promise",
    hasObject: true,
    readsAhead: true,
    claims: words(
      "(?<!为了?|以|请您?|请务必|有|无法|品质|质量|正品)(?:保证(?!金|书)|确保(?=您|你|能|可|会|准|按|在))|(?<=品质|质量|正品)保证|(?<!不|请您?|请你|您|你|有)一定(?!会?(?:尽|帮|认真|核|查|跟|联系|安排|反馈|处理|好好|努力|及时|多|注意|提前)|要|程度|时间|期|范围|条件|的|数|几率|比例|得|记得)|绝对|(?<!您|你|它|他|她|们)肯定(?!句|的是)|必定|(?<![务不何未势])必(?=达|到|赔|退|发)|我们?承诺|承诺|百分之?百|包(?:您|你)|(?<![面钱背红书礼打鞋])包(?=退|换|赔|修|过(?![敏期])|教会|学会|赢|好用)|说到做到|放心.{0,3}(?:一定|绝对)|负责到底",
      "guarantee[sd]?(?! (?:for )?(?:\\d|a year|one))|(?:we|i) promise|promise[sd]?|will (?:definitely|certainly|surely|absolutely|always)|(?:definitely|certainly|absolutely|surely) (?:will|be|arrive|get|receive|have|refund|ship)|(?:i|we)(?: can|'ll| will)? assure you|rest assured|you have (?:my|our) word|without fail|100 ?% (?:sure|certain|guaranteed)|no doubt|we swear|count on it|(?:you're|you are|you will be|is|are|it's) (?:sure|certain|bound) to",
    ),
  },
  {
    id: "free",
    kind: "promise",
    hasObject: true,
    keepsCondition: true,
    claims: words(
      "免费(?!版|套餐|用户|账号)|免单|不修不收|(?<![\\d.])0 ?元|零元|零费用|不(?:收取?|另收|额外收)(?:任何|您|额外)*(?:费|钱)|(?:无需|不用|不需要?|无须)(?:您|再)*(?:支付|付|承担|出|掏|额外付)[^,。]{0,6}(?:费|钱)|不花(?:一分)?钱|分文不[取收]|白送|不(?:要|收|花)(?:您)?钱|免(?:收|除|去)?(?:门票|票|手续费|服务费|安装费|停车费|入场费)",
      `free of charge|(?:for|completely|totally|absolutely|always) free|(?<![a-z]-)free(?! (?:plan|tier|slots?|seats?|tables?|places?|space|of (?!charge|cost)|version|account|users?)| to (?:contact|ask|reach|call|message|let|reply|send|write|get|browse|share|visit|check|return|come)|time|range|standing|hand|-standing|ze| from|dom| up)|at no (?:extra |additional |further )?(?:cost|charge)|no (?:extra |additional |further )?(?:cost|charge|fee)s?(?: to you)?|complimentary|on the house|without (?:any )?(?:extra |additional )?(?:cost|charge|fee|paying)|won't (?:cost|be charged|have to pay)|(?<!(?:if|when|unless|until) )you (?:don't|do not|won't) pay|pay nothing|nothing to pay|costs? nothing|(?:do not|don't) (?:charge (?:for|you|extra|any)|have to pay|need to pay)|not cost you|waive[sd]?`,
    ),
    backedBy: words(
      "免费|免单|不修不收|免(?=安装|运|邮|配送|服务|上门|押金?|手续)|包邮|(?<![\\d.])0 ?元|零元|零费用|不(?:收|另收|额外收)|(?:无需|不用|不需要?|无须)[^,。]{0,8}(?:费|钱)|不花|白送|赠送|赠|(?:我们|我方|商家|卖家|本店|店铺|店家)[^,。]{0,6}(?:承担|出|负责|付)|满[^,。]{0,10}免|免(?:收|除|去)?(?:门票|票)|不要钱",
      "free|nothing to pay|pay nothing|you (?:don't|won't) pay|no (?:extra |additional |further )?(?:cost|charge|fee)s?|complimentary|on the house|without (?:any )?(?:extra |additional )?(?:cost|charge|fee|paying)|won't (?:cost|be charged|pay)|(?:do not|don't) (?:charge|pay)|not cost|waive[sd]?|included?|prepaid|(?:we|us)(?: will|'ll)? (?:pay|cover|bear)|(?:paid|covered|borne) by us",
    ),
  },
  {
    id: "free-shipping",
    kind: "promise",
    keepsCondition: true,
    claims: words(
      "(?<!不)包邮|免邮(?:费)?|免(?:收|除|去|掉)?(?:基础)?(?:运费|配送费|快递费|邮费|送货费)|(?:免费|零运费|0运费)(?:配送|送货|快递|发货|包邮)|(?:运费|邮费|配送费|快递费)(?:全)?免|零运费|0运费",
      `free(?: [a-z]+){0,2} (?:shipping|delivery|postage)|ships? free|(?:shipping|delivery|postage) (?:is |are )?(?:always |completely )?free|no (?:shipping|delivery|postage) (?:fee|charge|cost)s?|(?:ship|deliver)(?:s|ed|y)?${gap}(?:for free|free of charge)`,
    ),
    backedBy: words(
      "包邮|免邮|免(?:收|除|去|掉)?(?:基础)?(?:运费|配送费|快递费|邮费|送货费)|免费(?:配送|送货|快递|发货|送)|(?:运费|邮费|配送费|快递费)(?:[^。,;\\n]{0,16}|[^。\\n]{0,12}[,;]\\s?(?:满|超|达|单|订单|会员|买|[^。,;\\n]{1,4}(?:运费|邮费))[^。,;\\n]{0,12})免|零运费|0运费|满[^,。]{0,10}(?:就)?免(?=[,。;]|$)|(?:运费|邮费)[^。]{0,8}(?<![\\d.])(?:0|零) ?元|不收运费",
      "free(?: [a-z]+){0,2} (?:shipping|delivery|postage)|ships? (?:for )?free|(?:shipping|delivery|postage)(?:[^.,;\\n]{0,50}|[^.\\n]{0,24}[,;] (?:and )?(?:over|above|from|for|on|orders?|if|when|members?|free (?:over|above|from|for|on|if))[^.,;\\n]{0,40})(?:free|no charge)|no (?:shipping|delivery|postage) (?:fee|charge|cost)s?|deliver[^.,;\\n]{0,30}free",
    ),
  },
  {
    id: "full-refund",
    kind: "promise",
    claims: words(
      "全额(?:退|返|赔|给您退)|全款退|退(?:还)?全款|全数退|全部退(?:还|款)|按?原价(?:赔|退)|原价退|退您全款|百分之百退|100%退",
      "full(?:y)? (?:refund(?:ed|able)?|reimburse\\w*)|refund(?:ed)?(?: [a-z]+){0,3} in full|(?:complete|100% ?|total|entire) refund|money[- ]back|refund the (?:full|entire|whole)(?: [a-z]+)?|get (?:all )?your money back",
    ),
  },
  {
    id: "compensation",
    kind: "promise",
    keepsCondition: true,
    claims: words(
      "(?<!索|不|假一)赔(?:偿|付|您|你|给|[一二两三四五六七八九十百\\d])|包赔|(?<!不)(?:全|都)赔|补偿|(?<!假一)赔(?=款|钱|双)|补(?:您|你)",
      "compensat(?:e|es|ed|ion|ing)|reimburse(?:s|d|ment)?|pay you|make it up to you|we(?:'ll| will) (?:credit|pay)",
    ),
    backedBy: words("赔|补偿", "compensat\\w+|reimburse\\w*|pay you|make it up to you|credit"),
  },
  {
    id: "fake-compensation",
    kind: "promise",
    claims: words(
      "假一[赔罚][一二两三四五六七八九十百\\d]{1,3}|退一赔[一二两三四五六七八九十\\d]{1,3}",
      "fake one,? pay (?:ten|three|\\d{1,3})|(?:ten|three|(?<!\\d)\\d{1,3}) times (?:the price |compensation )?if (?:it is |it's )?(?:fake|counterfeit)",
    ),
  },
  {
    id: "lifetime",
    kind: "promise",
    claims: words(
      "终身|终生|永久|一辈子|永远(?!的?(?:支持|朋友|感谢))",
      "lifetime|life[- ]long|for life|for ever|forever|permanent(?:ly)?",
    ),
  },
  {
    id: "no-reason-return",
    kind: "promise",
    claims: words(
      "无(?:需)?理由|(?:不管|无论|不论)(?:是)?(?:什么|任何|何种)(?:原因|理由)|什么原因都",
      "no[- ]questions[- ]asked|no[- ]reason|without (?:giving )?(?:a |any )?reasons?|for any reason|whatever (?:the|your) (?:reason|cause)|no matter (?:why|what|the reason)|no[- ]hassle",
    ),
  },
  {
    id: "unconditional",
    kind: "promise",
    claims: words("无条件", "unconditional(?:ly)?|no strings attached"),
  },
  {
    id: "any-time",
    kind: "promise",
    claims: words(
      "随时(?:都)?(?:可以?|能|给|帮|为)?(?:您|你)?(?:退|换|取消|改)|任何时候(?:都)?(?:可以?|能)(?:退|换|取消|改)",
      `(?:cancel|return|refund|exchange|change|reschedule)(?:s|ed|ing)?(?: [a-z]+){0,4} (?:any ?time|at any (?:time|point)|whenever)|anytime (?:return|refund|cancellation)`,
    ),
  },
  {
    id: "refund-only",
    kind: "promise",
    claims: words(
      "仅退款|(?:不用|无需|不需要?|无须)(?:您)?(?:退货|寄回|退回|返还)|(?:商品|东西)(?:您|就)?(?:留着|送您)",
      "keep the (?:item|product|goods|one)|without (?:returning|sending)|no need to (?:return|send)|don't (?:need|have) to (?:return|send)",
    ),
  },
  {
    id: "instant",
    kind: "promise",
    claims: words(
      "(?:(?<![\\d零一二三四五六七八九十几半] ?)秒|立即|立刻|马上|当场|即刻|即时|实时)(?:就|都|能|可以?|会|给|为|帮|您|你){0,4}(?:办理)?(?:退款|退钱|到账|退|发货|发出|送达|寄出|赔|换新|补发)|(?<![\\d零一二三四五六七八九十几半] ?)秒(?:发|到|退)|极速退款|闪电(?:退|发)",
      "(?:refund|repa[iy]|paid|back|replace|credit)\\w*(?: [a-z]+){0,3} on the spot|(?:instant(?:ly)?|immediate(?:ly)?|right away|straight away)(?: [a-z]+){0,2} (?:refund(?:ed)?|credit(?:ed)?|ship(?:ped)?|dispatch(?:ed)?|replacement|deliver(?:ed|y)?)|(?:refund|ship|dispatch|replace|deliver|credit)(?:ed|s)?(?: [a-z]+){0,4} (?:immediately|instantly|right away|straight away)",
    ),
  },
];
