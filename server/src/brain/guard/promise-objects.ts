// What a guarantee or something free can be about, as data: "free" for an installation backs no free repair. Read by
// promises.ts.

import { words } from "./family.ts";

/** What a guarantee or something free is about. The order says nothing. */
export const objects: [string, RegExp][] = [
  [
    "arrive",
    words(
      "到货|送达|到达|送到|收到|送上|到(?:您|你|家|手|账)|能到|会到|必达|准时|按时|必到|配送|送货",
      "arriv\\w+|deliver\\w*|reach you|get there|receive|on time",
    ),
  ],
  ["ship", words("发货|发出|寄出|出库|必发|寄", "ship(?:ped|s|ping|ment)?|dispatch\\w*|postage|post")],
  ["refund", words("退款|退钱|退还|全额退|必退|包退|退差", "refund\\w*|money back|reimburs\\w+")],
  ["return", words("退货|退换|免费退|退(?=[,。!;的]|$)|寄回", "returns?|returned|send back")],
  ["exchange", words("换货|退换|更换|换新|包换|换码|免费换|换", "exchang\\w*|replac\\w*|swap\\w*")],
  ["repair", words("维修|修好|检修|包修|保修|修(?!改)", "repair\\w*|fix(?:ed|es)?")],
  ["install", words("安装|装机|调试", "install\\w*|set ?up|assembl\\w+")],
  ["pickup", words("上门|取件|取货|揽收", "pick-?ups?|picked? up|collect\\w*|home|on-?site")],
  ["compensate", words("赔|补偿", "compensat\\w*|pay (?:you|out)")],
  ["authentic", words("正品|假货|真品|原装", "authentic\\w*|genuine|original")],
  ["quality", words("质量|品质|掉色|褪色|变形|起球|耐用|坏", "quality|fade|shrink|durable|break|last")],
  [
    "effect",
    words(
      "有效|见效|治|瘦|效果|通过|考过|包过|学会|美白|生发|提分",
      "results?|effective|effects?|pass|lose|weight|work(?:s|ing)?",
    ),
  ],
  ["price", words("价格|低价|降价|涨价|最低|便宜", "prices?|cheap\\w*|lowest")],
  ["satisfy", words("满意", "satisf\\w+|happy|love")],
  ["stock", words("有货|现货|库存|补货", "stock|available")],
  ["safe", words("安全|无害|过敏", "safe\\w*|secure|allerg\\w+")],
  ["solve", words("解决|处理好|搞定|办好|办妥", "solve\\w*|resolv\\w*|sort\\w*")],
  ["privacy", words("保密|隐私|泄露|信息", "privacy|private|confidential|data")],
  ["sample", words("样品|小样|试用|试听|试吃|体验|试课", "samples?|trials?|try|demo")],
  [
    "entry",
    words("门票|入场|入园|进场|进园", "entr(?:y|ance)|enters?|admission|tickets?|(?:get|go|come) in"),
  ],
  ["gift", words("礼|赠品|包装", "gifts?|wrap\\w*|packag\\w+")],
  ["shipping", words("运费|邮|配送|快递|送货|寄送", "shipping|delivery|postage|delivered")],
];
