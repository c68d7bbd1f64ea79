// What a length of time is counted from: 7 days after delivery are not 7 days after payment. Called by supports.ts.

import { clauseAround, type Place, sentenceAround } from "./context.ts";

const anchors: [string, RegExp][] = [
  [
    "delivery",
    /(?:签收|收货|收到|到货|妥投|送达)(?:货|商品|包裹)?(?:当日|之日|当天|次日)?(?:起|后|之后|以后|算)|\b(?:of|after|from|since|upon|following)(?: [a-z]+){0,2} (?:receipt|receiv\w+|deliver\w+|arriv\w+)/u,
  ],
  [
    "payment",
    /(?:付款|下单|支付|拍下|购买|付定金|成交)(?:成功)?(?:当日|之日|当天|次日)?(?:起|后|之后|以后|算)|\b(?:of|after|from|since|upon|following)(?: [a-z]+){0,2} (?:purchas\w+|order\w*|payment|paying|pay|buying|bought)/u,
  ],
  [
    "shipment",
    /(?:发货|寄出|发出|揽收)(?:当日|之日|当天|次日)?(?:起|后|之后|以后)|\b(?:of|after|from|since|upon|following)(?: [a-z]+){0,2} (?:shipment|shipping|dispatch\w*|it ships)/u,
  ],
  ["acceptance", /验收|\bacceptance\b/u],
  ["installation", /安装[好完]?(?:之|以)?后|\bafter (?:the )?(?:installation|fitting|we install)/u],
  [
    "before-shipment",
    /(?:发货|出货|寄出)(?:之|以)?前|\bbefore (?:shipment|shipping|dispatch|we ship|it ships)/u,
  ],
];

/** False only where both say what they count from and it is not the same. */
export function sameAnchor(text: string, claim: Place, source: string, fact: Place, isPart = false): boolean {
  const asked = anchorsOf(text, claim);
  const said = anchorsOf(source, isPart ? sentenceAround(source, fact) : fact);
  return asked.length === 0 || said.length === 0 || asked.some((anchor) => said.includes(anchor));
}

function anchorsOf(text: string, place: Place): string[] {
  const { start, end } = clauseAround(text, place);
  const clause = text.slice(start, end);
  return anchors.filter(([, pattern]) => pattern.test(clause)).map(([name]) => name);
}
