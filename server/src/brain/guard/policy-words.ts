// Services and rules that a reply may only tell where a source tells them: returns, cash on delivery, stock. Listed in promise-families.ts.

import { type Family, words } from "./family.ts";

export const policies: Family[] = [
  {
    id: "shipping-insurance",
    kind: "policy",
    claims: words("运费险|退货险", "(?:return )?shipping insurance|returns? insurance"),
  },
  {
    id: "shop-pays",
    kind: "promise",
    claims: words(
      "(?:运费|费用|邮费|差价|快递费|来回|损失)(?:均|都|全部|全|一律|也)?(?:由|是)?(?:我们|我方|商家|卖家|店铺|本店|平台|店家|我司)(?:这边|来|全部|全额)?(?:承担|出|付|负责|报销)|(?:运费|费用|邮费|快递费|损失|丢件|丢了)(?:都|全|就|也)?(?:算|归)(?:我们|我|店里|本店)(?:的|头上)?|(?:我们|我方|商家|卖家|店铺|本店|店家|我司)(?:会|来|全额|全部|帮您|为您)*(?:承担|报销)|(?:我们|我方|商家|卖家|店铺|本店)(?:来)?(?:出|付)(?:运费|邮费|快递费|费用)",
      "we(?:'ll| will)?(?: also| always| fully)? (?:cover|pay for|bear|pay|absorb) (?:the|all|any|your|both|return|shipping|postage|costs?)|(?:covered|paid|borne) by us|at our (?:cost|expense)|(?:it's|is|are) on us|prepaid (?:return )?(?:label|shipping)",
    ),
    backedBy: words(
      "(?:我们|我方|商家|卖家|店铺|本店|平台|店家|我司)[^,。]{0,8}(?:承担|出|付|负责|报销)|免费退|包退|运费险",
      "we(?:'ll| will)?(?: [a-z]+)? (?:cover|pay|bear|absorb)|(?:covered|paid|borne) by (?:us|the (?:shop|store|seller))|at our (?:cost|expense)|on us|prepaid|free return\\w*|(?:shop|store|seller)(?: [a-z]+)? (?:pays|covers|bears)",
    ),
  },
  {
    id: "door-service",
    kind: "policy",
    claims: words(
      "上门(?:取件|取货|取|安装|维修|修|服务|回收|测量|量尺|检测|换|送|揽收)|送货上门|送装|(?:送|搬|抬)(?:货)?(?:上楼|入户|进(?:家|屋))",
      "(?:on-?site|at[- ]home|in[- ]home|home) (?:pick-?ups?|installations?|repairs?|services?|visits?|collection)|pick (?:it|them|the [a-z]+) up from your|(?:to|at|from) your (?:door|home|house)|doorstep|(?:carr(?:y|ied)|bring|brought) (?:[a-z]+ )?(?:up|upstairs|inside)|room of your choice",
    ),
    backedBy: words(
      "上门|上楼|入户|到家|送装|送货到|安装|师傅|派[单人]",
      "on-?site|home|door(?:step)?|collect\\w*|pick[- ]?ups?|your address|technician|visits?|engineer",
    ),
  },
  {
    id: "cash-on-delivery",
    kind: "policy",
    claims: words("货到付款|货到再付", "cash on delivery|pay(?:ment)?(?: [a-z]+)? on delivery|cod"),
  },
  {
    id: "price-protection",
    kind: "promise",
    claims: words(
      "价保|保价|价格保护|[补退](?:还|您|你)?差价|买贵(?:了)?(?:必|就|包|可)?[退赔补]|降价[补退]",
      "price (?:match(?:ing)?|protection|adjustments?|guarantee)|match (?:the|any|that|their|a lower) (?:lower )?price|(?:refund|pay)(?: you)? the difference",
    ),
    backedBy: words(
      "价保|保价|价格保护|差价|买贵|降价",
      "price (?:match\\w*|protection|adjust\\w*|guarantee)|match(?: [a-z]+){1,3} price|difference|insur\\w*|declared",
    ),
  },
  { id: "trade-in", kind: "policy", claims: words("以旧换新|旧机(?:抵扣|回收)", "trade[- ]?ins?") },
  {
    id: "interest-free",
    kind: "promise",
    claims: words("免息|零利息|0利息|无息", "interest[- ]free|no interest|0% (?:interest|apr)|zero interest"),
    backedBy: words("免息|[零0无]利?息|不收利息", "interest[- ]free|(?:no|without|zero) interest"),
  },
  {
    id: "instalments",
    kind: "policy",
    claims: words("分期", "instal+ments?|pay(?:ment)? (?:plan|in (?:parts|\\d|three|four))"),
  },
  {
    id: "gift",
    keepsCondition: true,
    kind: "promise",
    claims: words(
      "赠品|(?<!配|发|派|运|寄)赠送|附赠|加赠|送(?:您|你)(?!达|到|货|来|去|过|上)|(?<![配发派运寄接护赠快])送(?=酸|果|饮|小吃|甜|早|午|晚餐|一|两|小|礼|同款|价值|券|运费险|积分)|好礼|礼包|买[一二三两\\d]送[一二三两\\d]|赠(?=您|一|两|价值)",
      "free gifts?|gifts?(?! (?:items?|cards?|wrap\\w*|box\\w*|bags?|messages?|options?|ideas?|sets?|shops?|vouchers?|orders?))|bonus|buy (?:one|two|three|\\d),? get (?:one|two|\\d)|throw in|freebies?|give you (?:a|an|one|some) (?:free|gift|small|little|present|new|extra|bonus|surprise)",
    ),
    backedBy: words(
      "买[一二三两\\d]送[一二三两\\d]|赠|送|礼",
      "gifts?|bonus|buy (?:one|two|three|\\d)[^.]{0,6}get(?: (?:one|two|\\d))?|throw in|freebies?|complimentary|include\\w*|free",
    ),
  },
  {
    id: "coupon",
    kind: "policy",
    claims: words(
      "优惠券|代金券|抵用券|现金券|立减券|抵扣券|红包|无门槛",
      "coupons?|vouchers?|store credit|gift cards?|promo(?:tional)? codes?|discount codes?",
    ),
    backedBy: words(
      "券|团购|红包|无门槛|优惠码|折扣码",
      "coupons?|vouchers?|store credit|gift cards?|codes?",
    ),
  },
  {
    id: "discount",
    kind: "policy",
    claims: words(
      "(?<!不|能)打折|(?:给|为|帮)(?:您|你)(?:申请|争取)?(?:打(?!电|过|个|包|印|听|扫|理|款)|优惠|便宜)|专属优惠|内部价|特价|员工价",
      "special (?:price|discount|offer)|(?:extra|exclusive|further|additional) discounts?|give you (?:a|an)(?: [a-z]+)? discount",
    ),
    backedBy: words("折|优惠|特价|减|便宜|员工价|内部价", "discounts?|off|special|offers?|sale"),
  },
  {
    id: "authentic",
    kind: "promise",
    claims: words(
      "正品|(?<!非)原装正|官方授权|专柜正",
      "(?:authentic|genuine)(?! (?:feedback|interest|mistake))|officially (?:authorized|licensed)",
    ),
    backedBy: words(
      "正品|原装|官方授权|专柜|假一",
      "authentic\\w*|genuine|original|authoriz\\w+|counterfeit",
    ),
  },
  {
    id: "lowest-price",
    kind: "promise",
    claims: words(
      "最低价|全网(?:最)?低|底价|历史最低",
      "(?:lowest|best|cheapest)(?: possible)? prices?|cheapest|lowest (?:on|in)|can't find (?:it )?cheaper",
    ),
  },
  {
    id: "no-risk",
    kind: "promise",
    claims: words(
      "[零0]风险|无(?:任何)?风险|稳赚|毫无风险",
      "risk[- ]free|no risk|zero risk|without (?:any )?risk",
    ),
  },
  {
    id: "cure",
    kind: "promise",
    claims: words(
      "根治|治愈|包治|药到病除|(?:没有|无|零)(?:任何)?副作用|彻底治|永不(?:反弹|复发|掉色|褪色|变形|生锈|涨价)|不反弹|立竿见影",
      "cures?|no side effects|side-effect[- ]free|never (?:fade|break|rust|shrink|go up|increase|fail|wear)s?|clinically proven|medically proven",
    ),
    readsAhead: true,
  },
  {
    id: "round-the-clock",
    kind: "policy",
    claims: words(
      "24 ?小时(?:全天|人工|不间断|不打烊|在线|客服|营业|服务|值班|热线|都有|待命)|全天候|全天24|7 ?[x×*] ?24|24 ?[x×*] ?7|昼夜不停|通宵营业",
      "24 ?/ ?7|around the clock|round the clock|24[- ]hours? (?:a day|service|support|hotline|reception|front desk)|open 24 hours|day and night",
    ),
  },
  {
    id: "priority",
    kind: "promise",
    claims: words(
      "优先(?:发货|配送|处理|退款|派送|安排发|出库|寄)|插队|加急(?:发货|处理|配送|寄)|绿色通道",
      "(?:priority|expedited|rush|express) (?:shipping|delivery|handling|processing|service|dispatch)|prioriti[sz]e your|jump the queue|expedite",
    ),
    backedBy: words("优先|插队|加急|急件|绿色通道|特快", "priorit\\w+|expedit\\w+|rush|express|urgent|fast"),
  },
  {
    id: "new-replacement",
    keepsCondition: "timed",
    kind: "promise",
    claims: words(
      "(?:只换不修|以换代修|换(?:一)?(?:台|个|件|双|条|部)(?:全)?新|换新(?:机|品)|免费换新|补发(?:一|新|两)|重新?(?:发|寄)(?:一|新))",
      "brand[- ]new (?:replacement|one|unit|item)|(?:send|give|get|ship)(?: you| them)? a new one|replace it with|replacement (?:unit|item|product)|we(?:'ll| will)? replace|send (?:you )?(?:a |another )(?:new|replacement|another)|resend",
    ),
    backedBy: words(
      "换新|换货|更换|换(?:一)?(?:台|个|件|双|条|部)|补发|重发|重寄|重新[发寄]|包换|可换|退换",
      "replac\\w+|exchang\\w+|resend|new (?:one|unit|item)|reship\\w*|send (?:you )?(?:a|another)",
    ),
  },
  {
    id: "unlimited",
    kind: "promise",
    claims: words(
      "(?:次数|数量|时间|金额)不限|不限(?:次|量|时|时间|金额|地区|数量)|无限(?:次|量|制|期)|无限量|不设上限|没有(?:任何)?(?:次数|时间|数量)?限制|几次都|多少次都|想[^,。]{1,6}多少[^,。]{0,4}都",
      "unlimited|as many times as|no limits?|as often as you (?:like|want)|no (?:minimum|time limit)",
    ),
  },
  {
    id: "exception",
    kind: "promise",
    claims: words(
      "破例|特批|(?:为|给)(?:您|你)(?:特别|特殊|单独)(?:申请|安排|处理)|下不为例",
      "make an exception|exception for you|special exception|bend the rules",
    ),
  },
  {
    id: "warranty",
    kind: "policy",
    claims: words(
      "(?<!过了?|超出|超过|已过|不在)(?:质保|保修|联保|维保)(?!卡|单|凭证)",
      "(?<!out of |outside |under |your |original )warrant(?:y|ies)(?! card)",
    ),
    backedBy: words(
      "质保|保修|联保|维保|三包|保养|换新|在保|另保|[再只]保",
      "warrant\\w+|guarantee\\w*|cover(?:ed|s)?",
    ),
  },
  {
    id: "return-policy",
    keepsCondition: "timed",
    kind: "policy",
    claims: words(
      "(?:支持|接受|可以?|能|都能|都可|允许|享|提供|包|予以?|帮您|给您|为您|办理)[^,。!?;\\n不没无]{0,8}(?:退给|退回|退还|退货|退换|退款|退掉|退(?=[,。!了的;]|$))|可退|能退",
      "(?:accept|support|offer|allow|take|provide|process|issue|arrange)(?:s|ed|ing)?(?: [a-z]+){0,3} (?:returns?|refunds?)|(?:can|may|could|able to|eligible (?:for|to)|will be|welcome to|entitled to)(?: (?!no|not|never|longer)[a-z]+){0,3} (?:return(?:ed)?|refund(?:ed)?|send (?:it|them) back)|(?:is|are) (?:returnable|refundable)|(?:is|are|be|get|gets|,) refunded|handed back|we(?:'ll| will)? (?:refund|take (?:it|them) back)|ha(?:ve|nd) (?:it|them) back|get (?:it|that|them|(?:your|the) (?:[a-z]+ )?(?:money|deposit|payment|fee|price|cash|amount|cost))(?: all)? back",
    ),
    backedBy: words(
      "(?<!不)退",
      "return(?:s|ed|able|ing)?|refund(?:s|ed|able|ing)?|send (?:it|them) back|money back|reimburse\\w*",
    ),
  },
  {
    id: "exchange-policy",
    keepsCondition: "timed",
    kind: "policy",
    claims: words(
      "(?:支持|接受|可以?|能|允许|提供|包|帮您|给您|为您|办理)[^,。!?;\\n不没无]{0,6}(?:换货|退换|换码|换尺码|换颜色|更换(?!地址|密码|手机|号码|网络|浏览器))",
      "(?:accept|support|offer|allow|provide)(?: [a-z]+){0,3} exchanges?|(?:can|may|could|able to|eligible (?:for|to)|will be|welcome to)(?: [a-z]+){0,3} (?:exchange[sd]?|swap(?:ped)?)",
    ),
    backedBy: words("换", "exchang\\w+|swap\\w*|replac\\w+"),
  },
  {
    id: "invoice",
    kind: "policy",
    claims: words(
      "(?:支持|可以?|能|提供|都|会)[^,。!?;\\n不没无]{0,5}(?:开|开具|补开)[^,。!?;\\n]{0,8}(?:发票|专票|普票)|(?:提供|附|开具|有)(?:正规|增值税|电子|纸质)?(?:专用|普通)?发票|专票",
      "(?:can|will|do|offer|provide|issue)(?:s)?(?: [a-z]+){0,4} (?:invoices?|vat receipts?)",
    ),
    backedBy: words("发票|专票|普票|开票", "invoices?|receipts?"),
  },
  {
    id: "far-delivery",
    kind: "policy",
    claims: words(
      "(?:发|寄|送|配送|覆盖|支持)(?:往|到|至)?(?:海外|国外|国际|境外|港澳台|全球|香港|澳门|台湾|新疆|西藏)|全国(?:包邮|配送|联保|可送|都[可能])",
      "(?:ship|deliver|send|sent)(?:s|ed|ing|ping|ped)?(?: [a-z]+){0,3} (?:internationally|worldwide|overseas|abroad|nationwide|globally|anywhere)|(?:international|worldwide|overseas|global) (?:shipping|delivery)",
    ),
    backedBy: words(
      "海外|国外|国际|境外|港澳台|全球|香港|澳门|台湾|新疆|西藏|全国|各地",
      "international\\w*|worldwide|overseas|abroad|nationwide|global\\w*|anywhere|countries|all (?:regions|provinces)",
    ),
  },
  {
    id: "self-pickup",
    kind: "policy",
    claims: words(
      "自提|自取|到店(?:取|自)",
      "(?:in[- ]store|self|curbside)[- ]?(?:pick-?up|collection)|pick (?:it |them )?up (?:in|at|from) (?:our|the|a) (?:store|shop|branch)|click and collect",
    ),
    backedBy: words("自提|自取|到店", "pick-?up|collect\\w*|in[- ]store"),
  },
  {
    id: "stock",
    kind: "policy",
    claims: words(
      "(?<!没|是否|有没)有(?:现)?货|现货|库存充足|货源充足|马上补货",
      "in stock|(?:plenty|lots) (?:of stock|in stock|left|available)|back in stock|restock(?:ed|ing)?",
    ),
    backedBy: words("有(?:现)?货|现货|库存|补货|到货|件|台", "stock|available|left|restock\\w*|inventory"),
  },
  {
    id: "privacy",
    kind: "promise",
    claims: words(
      "(?:绝不|不会|从不|严格)(?:泄露|泄漏|外泄|透露|保密)|严格保密|加密存储",
      "never (?:share|sell|store|disclose)|(?:kept|keep|stays?|strictly) (?:strictly |fully |completely )?(?:confidential|private)|encrypted",
    ),
    readsAhead: true,
  },
];
