// Terms and states that a reply may only tell where a source tells them: what is included or covered, what needs no
// receipt, what works on holidays, what was shipped. Listed in promise-families.ts.

import { type Family, words } from "./family.ts";

export const terms: Family[] = [
  {
    id: "included",
    kind: "policy",
    hasObject: true,
    claims: words(
      "包含(?!哪|什么|的内容|在内)|(?<![包不])含(?=早|餐|税|运|邮|装|安装|票|门票|电池|服务|保险|耗材|材料|机油|机滤|押金|接送)|附带",
      "included|including|that includes|inclusive|comes? with(?! (?:an? |our )?(?:[\\w-]+ ){0,2}(?:warranty|guarantee))|thrown in",
    ),
    backedBy: words(
      "含|附|配|带|送|赠|免费|包括|和|及|、",
      "incl\\w*|comes? with|thrown in|with|free|complimentary|plus|such as",
    ),
  },
  {
    id: "covered",
    kind: "promise",
    claims: words(
      "全(?:部|额)?(?:报销|理赔|赔付)|保险(?:都|会|能|可以?)*(?:赔|报)|(?:都|能|可以?|会)(?:报销|理赔)",
      "(?:fully|completely|entirely|all) covered|(?:is|are|be) covered|insurance (?:will )?(?:pays?|covers?)|covers (?:everything|all|it all)",
    ),
    backedBy: words("报销|理赔|赔|质保|保修", "cover\\w*|warrant\\w+|insur\\w+ pays?"),
  },
  {
    id: "cash",
    kind: "policy",
    claims: words(
      "退现|提现|折现|兑现|现金退|换成?现金|返现",
      "in cash|cash (?:it|them|that|refund|back)|cash the [a-z ]{1,12} in|cash (?:in|out)|for cash|have the money",
    ),
    backedBy: words("退现|提现|折现|兑现|现金|返现", "cash\\w*"),
  },
  {
    id: "stackable",
    kind: "policy",
    claims: words(
      "(?:可以?|能|都能|支持)(?:和|跟|与|同)?[^,。]{0,8}(?:叠加|同享|同时(?:使用|享|用)|一起用)|叠加",
      "stack(?:able|s|ed)?(?: with)?|go on top|on top of (?:the|your|any|a) (?:member|other|store|coupon|discount|sale)|combin(?:e|ed|able)|(?:use|used) together",
    ),
    backedBy: words("叠加|同享|同时|一起|共用", "stack\\w*|combin\\w*|together|on top"),
  },
  {
    id: "reservation",
    kind: "promise",
    claims: words(
      "(?:帮|给|为)(?:您|你)(?:预留|保留|留(?:好|位|着|一|了)|占)|(?:已|可以|能)(?:预留|保留)",
      "(?:i|we)(?:'ve|'ll| have| will| can)? (?:(?:reserve|hold|save|set aside|put aside)[ds]? (?:a|an|one|it|the|your|you|that)|ke(?:ep|pt) (?:a|an|one|it|the|your|you|that)(?: [a-z]+){0,2} (?:for you|aside|until|till))",
    ),
    backedBy: words("预留|保留|留", "reserv\\w*|h[eo]ld\\w*|kept|keep|save[ds]?|set aside"),
  },
  {
    id: "holiday-work",
    kind: "policy",
    claims: words(
      "(?:春节|过年|年假|节假日|国庆|假期|节日|放假|五一|元旦|周末|法定)(?:期间|里|也|都|我们|照样)*(?:正常|照常|不打烊|不休|不停|上班|营业|发货|有人)|不打烊|全年无休|年中无休",
      "(?:through|during|over|throughout|right through) (?:the |public |bank )?holidays?|open every day of the year|365 days|including (?:public |bank )?holidays",
    ),
    backedBy: words(
      "(?:春节|过年|节假日|国庆|假期|节日|五一|元旦|周末|法定)[^,。]{0,8}(?:正常|照常|不打烊|不休|不停|营业|发货|上班)|不打烊|无休|照常",
      "holidays?[^.]{0,20}(?:open|as usual|normal)|(?:open|ship)[^.]{0,30}holidays?|every day of the year|365 days|all year|no break",
    ),
  },
  {
    id: "nothing-needed",
    kind: "policy",
    hasObject: true,
    claims: words(
      "(?:不用|无需|不需要?|无须|不必|免)(?:您|提前|出示|提供|带|交|任何|再|做|付|办理|额外){0,3}(?=凭证|发票|小票|收据|预约|预订|押金|定金|登记|实名|身份|起订|手续|审核|证明|原?包装|拆|审批|材料|首付)|没有?(?:任何)?(?:起订|最低|门槛|数量要求|起批)|没有[^,。]{0,6}要求|(?:拆|用|穿|洗)过?了?(?:也|都)(?:可以?|能)",
      "(?:don't|do not|no|won't|never) need (?:to )?(?:for |show |bring |have |keep |provide |pay |make |book )?(?:a |an |the |any |your )?(?:receipt|proof|invoice|appointment|deposit|booking|reservation|packaging|box|documents?|id|paperwork|approval|prescription)|no need to (?:ask|see|consult) (?:a |the |your )?(?:doctor|pharmacist|vet|expert)|no (?:receipt|proof|appointment|deposit|booking|reservation|packaging|minimum|documents?|id|paperwork|approval|contract|commitment)(?: [a-z]+)?(?: is| are)?(?: needed| required| necessary)?|without (?:a |an |the |any |your )?(?:receipt|proof|appointment|deposit|booking|reservation|packaging|box|documents?|id)|even if (?:it's |it is |you've |you have )?(?:been )?(?:opened|used|worn|washed|damaged|broken|lost)",
    ),
  },
  {
    id: "coming-soon",
    kind: "promise",
    claims: words(
      "(?:下个?|下一个?)(?:版本|版|批)|即将(?:上线|推出|到货|支持)|很快(?:就)?(?:会)?(?:上线|推出|到货|支持)|马上(?:上线|推出|到货|支持)",
      "next (?:release|version|update|batch)|coming soon|will (?:soon )?be (?:added|released|launched)|(?:launch|releas|add)ing (?:it |this )?(?:soon|next)",
    ),
  },
  {
    id: "shipped",
    kind: "policy",
    claims: words(
      "已经?(?:给您|为您|帮您)?(?:发货|发出|寄出|出库|发走|揽收|签收|送达)(?!的|之?[后前])|(?:货|包裹)?在路上了",
      "(?<!(?:once|if|when|after|until|unless) (?:it|they|the [a-z]+)(?:'s| has| have| is| was)? ?)(?:has|have|been|was|were|already)(?: already| just| been)? (?:shipped|dispatched|delivered|sent out)|on (?:its|the|their) way",
    ),
    backedBy: words(
      "(?<!未|待)(?:已发|发出|寄出|出库|发走|揽收|签收|送达|运输|派送|到达|中转|发货)",
      "(?<!not |yet )(?:shipped|dispatched|delivered|sent|transit|received|arrived|departed|picked up|out for delivery|way)",
    ),
  },
  {
    id: "refunded",
    kind: "policy",
    claims: words(
      "已经?(?:给您|为您|帮您)?(?:退款|退回|到账|退了)|退款已(?:经)?(?:完成|成功|发起|处理|到账)",
      "(?:has|have|was|been|already)(?: already| just)? refunded|refund (?:has been|was|is) (?:issued|processed|completed|sent|approved)",
    ),
    backedBy: words(
      "(?<!未|待)(?:已退|退款成功|退款完成|到账|已退款|退款已)|退款[:|]",
      "refunded|refund(?: [a-z]+)? (?:issued|processed|completed|sent|approved|done)|refund(?: status)?[:|=]",
    ),
  },
  {
    id: "done",
    kind: "policy",
    claims: words(
      "(?:已经?|都)(?:给您|为您|帮您|替您)?(?:批准|审批通过|审核通过|通过审核|同意|取消|改[好成签到]|预[约订](?:好|成功)|订好|安排好|开通|升级|激活|解[冻锁]|办[好妥]|修好|换好|加急)|(?:给|为|帮|替)您(?:批准|取消|改好|预[约订]好|订好|安排好|开通|升级|办[好妥]|加急)了",
      "(?:has|have|been|is|are|was|were|already)(?: already| just| now)? (?:approved|cancelled|canceled|rescheduled|upgraded|activated|unlocked|reinstated|granted)|(?:i|we)(?:'ve| have)(?: already| just| now)? (?:booked|cancelled|canceled|changed|moved|rescheduled|upgraded|activated|approved|arranged|refunded|fixed|extended|granted|waived)",
    ),
    backedBy: words(
      "(?<!未|待|可|能|需|要|不)(?:已|成功|完成|通过|同意|批准)",
      "(?<!not |yet |be |to )(?:approved|cancell?ed|rescheduled|upgraded|activated|unlocked|reinstated|granted|booked|changed|moved|arranged|confirmed|updated|done|completed|success\\w*|status)",
    ),
  },
  {
    id: "loan",
    kind: "policy",
    claims: words(
      "备用机|代步车|(?<!不|借|租)(?:可以?|会|能|免费|先)?(?:借|租借)(?:给)?您",
      "(?:lend|loan)(?:s|ed|ing)? (?:you|them|a|an|one|out)|(?:loan|courtesy|replacement) (?:phone|car|device|laptop|unit|bike)",
    ),
    backedBy: words("备用|代步|借|租", "len[dt]\\w*|loan\\w*|courtesy|borrow\\w*|rent\\w*"),
  },
  {
    id: "hourly",
    kind: "policy",
    claims: words("每(?:个|一)?小时(?=自动|更新|备份|一|都|做|同步|检查)", "hourly|every hour"),
    backedBy: words("小时", "hour\\w*|/h|60 min\\w*"),
  },
  {
    id: "no-expiry",
    kind: "promise",
    readsAhead: true,
    claims: words(
      "永不过期|长期有效|(?:不会?|永不)(?:过期|失效|清零)|一直有效",
      "never expires?|no expir\\w+|(?:don't|doesn't|do not|does not) expire",
    ),
  },
  {
    id: "zero",
    kind: "promise",
    claims: words(
      "零(?:甲醛|添加|脂|糖|负担|差评|投诉|押金|首付|门槛|辐射|污染|伤害|刺激)|(?:0|无)(?:甲醛|添加剂?|押金|首付)",
      "(?:zero|no) (?:formaldehyde|additives|sugar|deposit|radiation|emissions)|(?:formaldehyde|additive|sugar|chemical)[- ]free",
    ),
  },
  {
    id: "concession",
    kind: "policy",
    ignoresBefore: true,
    claims: words(
      "也没(?:关系|事|问题)|也(?:不收|免费|照样|一样)|照样(?:可以?|能)|了[^,。!?;\\n]{0,6}(?:也|都)(?:可以?|能|行)",
      "either way|no matter what|regardless|with or without|or no [a-z]+(?=[,.]|$)|even (?:if|when|though) (?:it|you|the)|(?:can|may) still (?:be )?(?:return|exchange|get|use|cancel|refund|swap)(?:ed)?",
    ),
    backedBy: words(
      "也|均|都|无论|不论|不管|一律|照样",
      "either|any|all|both|regardless|no matter|even|with or without|always|every",
    ),
  },
  {
    id: "universal",
    kind: "policy",
    ignoresBefore: true,
    claims: words(
      "(?<!不是)所有(?:的)?|任何(?!问题|疑问|需要|事)|不管(?!怎样)|无论(?!如何)|什么时候都|多[远大少久重晚]都|(?<!您)随时(?:都)?(?:可以?|能)(?!问|联系|找|咨询|来问|叫|回[看放])|每(?:一)?[次单件位](?:都|来|下)|一[件个张只份](?:也|都)(?![不没])|(?:谁|哪[里儿]?|啥|什么)都(?:可以?|能|行|有|送|给)|不限(?!于)",
      "all (?:(?:of )?(?:our|the|your) )?(?:orders?|products?|items?|customers?|guests?|shops?|stores?|jewellery|visits?|models?|goods|sizes?)|every (?:order|visit|customer|item|case|guest|purchase|product|time)|in (?:every|any|all) cases?|any (?:day|item|reason|customer)|(?<!for )everyone|everybody|whenever you (?:like|want|visit|come|wish|please)|wherever you|even for|even if|however (?:far|many|much|long|late|often|big|heavy)|ever (?:breaks|faulty|fails)",
    ),
    backedBy: words(
      "所有|任何|不管|无论|随时|每[次单件位]|全|均|都|统一|一律|皆|不限|各",
      "all|every\\w*|any\\w*|each|whenever|whatever|wherever|always|same|unlimited|even|across",
    ),
  },
  {
    id: "both-ways",
    kind: "promise",
    claims: words("来回|往返|双程", "both ways|round trip|there and back"),
  },
  {
    id: "health",
    kind: "promise",
    hasObject: true,
    claims: words(
      "(?:孕妇|孕期|怀孕|哺乳期|宝宝|婴儿|糖尿病|过敏|敏感肌)[^,。!?]{0,6}(?:可以|能|放心)+(?:地)?(?:用|吃|喝|做)|对[^,。]{0,6}无害",
      "safe (?:during|while|in) (?:pregnan\\w+|nursing)|safe for (?:pregnan\\w+|bab(?:y|ies)|infants?|diabetics?|children|kids|sensitive)|suitable for (?:diabetics?|pregnan\\w+|allerg\\w+)",
    ),
  },
];
