// The words around what a summary picked, in both languages. Used by conversation-summary.ts.

import type { EntityKind } from "../entities/entity.ts";

export type SummaryLocale = "zh-CN" | "en";

export const factLabels: Record<SummaryLocale, Record<EntityKind, string>> = {
  "zh-CN": {
    order: "订单号",
    parcel: "快递单号",
    phone: "电话",
    email: "邮箱",
    url: "链接",
    money: "金额",
    "date-time": "时间",
    duration: "时长",
    quantity: "数量",
    size: "尺码",
    height: "身高",
    weight: "体重",
    region: "地区",
    street: "地址",
    postcode: "邮编",
    product: "商品",
    "fault-code": "故障码",
  },
  en: {
    order: "order",
    parcel: "parcel",
    phone: "phone",
    email: "e-mail",
    url: "link",
    money: "amount",
    "date-time": "time",
    duration: "length of time",
    quantity: "quantity",
    size: "size",
    height: "height",
    weight: "weight",
    region: "region",
    street: "address",
    postcode: "postcode",
    product: "product",
    "fault-code": "fault code",
  },
};

const words = {
  "zh-CN": {
    wants: "客户想",
    facts: "已提供",
    promises: "已答应",
    person: "要求人工",
    nothing: "客户还没有提出问题",
    joint: "；",
    pair: " ",
    colon: "：",
    standing: {
      closed: "已结束",
      "waiting-for-us": "等我们答复",
      "waiting-for-contact": "等客户回复",
      empty: "没有消息",
    },
    now: "目前",
  },
  en: {
    wants: "Wants",
    facts: "Given",
    promises: "Promised",
    person: "asks for a person",
    nothing: "No question yet",
    joint: "; ",
    pair: " ",
    colon: ": ",
    standing: {
      closed: "closed",
      "waiting-for-us": "waiting for us",
      "waiting-for-contact": "waiting for the customer",
      empty: "no messages",
    },
    now: "Now",
  },
} as const;

export interface SummaryParts {
  wants: string[];
  facts: { label: string; value: string }[];
  promises: string[];
  standing: "closed" | "waiting-for-us" | "waiting-for-contact" | "empty";
  wantsPerson: boolean;
}

/** The summary as lines of text, one for each part that has something. */
export function writeSummary(
  { wants, facts, promises, standing, wantsPerson }: SummaryParts,
  locale: SummaryLocale,
): string {
  const say = words[locale];
  const wished = wantsPerson ? [...wants, say.person] : wants;
  const lines = [
    wished.length > 0 ? `${say.wants}${say.colon}${wished.join(say.joint)}` : say.nothing,
    facts.length > 0
      ? `${say.facts}${say.colon}${facts.map(({ label, value }) => `${label}${say.pair}${value}`).join(say.joint)}`
      : "",
    promises.length > 0 ? `${say.promises}${say.colon}${promises.join(say.joint)}` : "",
    `${say.now}${say.colon}${say.standing[standing]}`,
  ];
  return lines.filter((line) => line !== "").join("\n");
}
