// An address from what was said: from its first region or street to the next detail that is none. Used by read-slot.ts.

import type { Entity } from "@yingda/language";
import type { Heard, Reading } from "./read-slot.ts";
import { plain } from "./show-value.ts";

const parts: Entity["kind"][] = ["region", "street", "postcode"];
const others: Entity["kind"][] = ["phone", "order", "parcel", "email", "url", "money"];
const lead =
  /^.{0,12}?(?:地址(?:是|改成|改为|改到|换成|：|:)|(?:改成|改到|改为|换成|寄到|送到|发到)|address(?: is|:| to)|(?:change it|send it|deliver|ship(?: it)?) to)\s*/iu;
const tail = /[\s,，。;；、]*(?:联系)?(?:电话|手机号?|邮箱|订单号?|phone|tel|e-?mail|order)?[\s:：是]*$/iu;
const lookedAt = 300; // characters; no address is longer
const shortest = 8;

/**
 * Surely an address: a region with a street behind it. Asked for, also a street alone, or eight characters with a number.
 */
export function readAddress({ text, entities }: Heard, isAsked: boolean): Reading | null {
  const used = entities.filter(({ kind }) => parts.includes(kind));
  const hasRegion = used.some(({ kind }) => kind === "region");
  const hasStreet = used.some(({ kind }) => kind === "street");
  if (hasStreet && (hasRegion || isAsked)) {
    const start = used.find(({ kind }) => kind !== "postcode")?.start ?? 0;
    return addressOf(text, start, entities, used);
  }
  if (!isAsked) return null;
  const start = lead.exec(text.slice(0, 60))?.[0].length ?? 0;
  const rest = text.slice(start);
  const isLikely = rest.length >= shortest && /[\d一二三四五六七八九十]/u.test(rest) && /\p{L}/u.test(rest);
  return isLikely && !/[?？]$/u.test(rest) ? addressOf(text, start, entities, used) : null;
}

function addressOf(text: string, start: number, entities: Entity[], used: Entity[]): Reading | null {
  const stop = entities.find((entity) => entity.start > start && others.includes(entity.kind));
  const end = Math.min(stop?.start ?? text.length, start + lookedAt);
  const address = text.slice(start, end).replace(tail, "").trim();
  return address === "" ? null : { value: { value: address, shown: plain(address) }, used };
}
