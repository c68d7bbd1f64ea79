// What the contact means after the bot asked back with a few questions: one of them ("2", "第二个", "yes", the words
// themselves), none of them, or something new. Pure; called by decide.ts while such a question is open.

import type { FlowState } from "@yingda/contract";
import { unifyCharacters } from "@yingda/language";

export type Picked = { kind: "one"; slug: string } | { kind: "none" } | { kind: "something-else" };
type Offered = Extract<FlowState, { kind: "asked-back" }>["candidates"];

const numerals: Record<string, number> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  a: 1,
  b: 2,
  c: 3,
  d: 4,
};
const byNumber =
  /^(?:是|选|我选|要|问|我要|我想问|就是|it's|its|option|number|no\.?|the)?\s*(?:第\s*)?([1-4一二两三四a-d]|first|second|third|fourth|one|two|three|four)\s*(?:个|条|项|号|种|one|option)?(?:问题)?[.。!,，、)]?$/u;
const last = /^(?:是|选)?(?:最后|最后面|末尾)(?:那|一|这)?(?:一)?(?:个|条|项)|^(?:the )?last(?: one)?$/u;
const yes =
  /^(?:是|是的|对|对的|对对+|嗯+|嗯嗯|没错|就是这个|就这个|就是|是这个|好|好的|可以|行|ok|okay|yes|yeah|yep|yup|right|correct|sure|exactly|that one|that's it)[呀啊的吧了哦!。.~]*$/u;
const no =
  /^(?:都)?(?:不是|不对|不对啊|没有|都没有|没有我要的|没有我想问的|以上都不是|都不是|错了|不是这个|不是这些|no|nope|none|none of (?:these|them|those)|neither|not (?:these|this|that)|wrong)(?:的|啊|呀|哦|这个|这些|!|。|\.)*$/u;

export function pickOffered(offered: Offered, text: string): Picked {
  const said = unifyCharacters(text)
    .replace(/^["“']|["”'?？]$/gu, "")
    .trim();
  const same = offered.find(({ question }) => unifyCharacters(question).replace(/[?？]$/u, "") === said);
  if (same !== undefined) return { kind: "one", slug: same.slug };
  const place = placeOf(said, offered.length);
  const picked = place === null ? undefined : offered[place - 1];
  if (picked !== undefined) return { kind: "one", slug: picked.slug };
  if (no.test(said)) return { kind: "none" };
  const [only] = offered;
  if (offered.length === 1 && only !== undefined && yes.test(said)) return { kind: "one", slug: only.slug };
  return { kind: "something-else" };
}

function placeOf(said: string, count: number): number | null {
  if (last.test(said)) return count;
  const token = byNumber.exec(said)?.[1];
  if (token === undefined) return null;
  const place = numerals[token] ?? Number(token);
  return place >= 1 && place <= count ? place : null;
}
