// Small policies for tests, written as an owner would write them.

import type { PolicySource } from "@yingda/contract";
import type { Policy } from "../policy.ts";
import { readPolicy } from "../read-policy.ts";

export const said = (text: string) => ({ zh: `${text}。`, en: `${text}.` });
export const noWords = { zh: [], en: [] };
export const outcome = (key: string) => ({ outcome: key, words: said(key), cites: said(`rule of ${key}`) });

export const boughtOn: PolicySource["inputs"][number] = {
  key: "bought-on",
  type: "date",
  called: { zh: "买了", en: "Bought" },
  ask: { zh: "哪天买的？", en: "When did you buy it?" },
  words: { zh: ["买", "下单"], en: ["bought", "ordered"] },
};
export const amount: PolicySource["inputs"][number] = {
  key: "amount",
  type: "money",
  called: { zh: "金额", en: "Amount" },
  ask: { zh: "多少元？", en: "How much?" },
  words: { zh: ["买了", "一共"], en: ["spent", "total is"] },
};
export const place: PolicySource["inputs"][number] = {
  key: "place",
  type: "region",
  called: { zh: "寄往", en: "Sent to" },
  ask: { zh: "寄到哪里？", en: "Where to?" },
};
export const pieces: PolicySource["inputs"][number] = {
  key: "pieces",
  type: "number",
  called: { zh: "数量", en: "Pieces" },
  ask: { zh: "几件？", en: "How many?" },
  unit: { zh: "件", en: "pieces" },
  units: ["件", "piece"],
};
export const tier: PolicySource["inputs"][number] = {
  key: "tier",
  type: "choice",
  called: { zh: "会员", en: "Tier" },
  ask: { zh: "是金卡吗？", en: "Are you gold?" },
  choices: [
    { key: "gold", called: said("gold"), words: { zh: ["金卡"], en: ["gold"] } },
    { key: "platinum", called: said("platinum"), words: { zh: ["白金卡"], en: ["platinum"] } },
    {
      key: "none",
      called: said("none"),
      words: { zh: ["普通会员"], en: ["no membership"] },
      answers: { zh: ["不是"], en: ["no"] },
    },
  ],
};

/** A source with these inputs and rules; the default is "otherwise". */
export function source(
  inputs: PolicySource["inputs"],
  rules: { when: PolicySource["rules"][number]["when"]; outcome: string }[],
): PolicySource {
  return {
    key: "sample",
    name: said("sample"),
    decides: said("sample"),
    asked: noWords,
    inputs,
    rules: rules.map(({ when, outcome: key }, index) => ({ key: `rule-${index}`, when, ...outcome(key) })),
    default: outcome("otherwise"),
  };
}

/** The same, checked. */
export function policyOf(...parts: Parameters<typeof source>): Policy {
  const read = readPolicy(source(...parts));
  if (read.kind === "policy") return read.policy;
  throw new Error(JSON.stringify(read.problems));
}
