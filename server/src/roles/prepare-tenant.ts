// What a new shop starts with: a web chat, a queue and usual hours, so that the first minute shows a working line.
// Safe to repeat; called when the first owner is made and by the demo.
import type { BusinessHours } from "@yingda/contract";
import { getTenant } from "../accounts/index.ts";
import { createInbox, listInboxes, updateInbox } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { defaultQueue, hasHours, setHours } from "../routing/index.ts";

const texts = {
  "zh-CN": { inbox: "网站客服", shop: "我的店铺", title: { zh: "在线客服", en: "Customer service" } },
  en: { inbox: "Website chat", shop: "My shop", title: { zh: "在线客服", en: "Chat with us" } },
};

const opensMinute = 540;
const closesMinute = 1_260;

/** What a shop is called until somebody names it. */
export function unnamed(locale: "zh-CN" | "en"): string {
  return texts[locale].shop;
}

/** Names of a tenant that nobody has named yet. */
export function isUnnamed(name: string): boolean {
  return Object.values(texts).some(({ shop }) => shop === name);
}

/** Nine to nine, every day: how small shops are there for their customers until they say otherwise. */
export function standardHours(timeZone: string): BusinessHours {
  return {
    timeZone,
    week: Array.from({ length: 7 }, () => [{ opensMinute, closesMinute }]),
    holidays: [],
  };
}

/** Whether nobody has said yet when the shop is there. */
export function isStandard({ week, holidays }: BusinessHours): boolean {
  const isUsual = (day: BusinessHours["week"][number]) =>
    day.length === 1 && day[0]?.opensMinute === opensMinute && day[0].closesMinute === closesMinute;
  return holidays.length === 0 && week.every(isUsual);
}

export async function prepareTenant(asker: Ctx): Promise<void> {
  const ctx: Ctx = { ...asker, actor: { kind: "system", name: "setup" } };
  const { locale, timeZone, name } = await getTenant(ctx);
  await transact(ctx, (tx) => defaultQueue(ctx, tx));
  if (!(await hasHours(ctx))) await setHours(ctx, standardHours(timeZone));
  if ((await listInboxes(ctx)).some(({ channel }) => channel === "web")) return;
  const { inbox, title } = texts[locale];
  const made = await createInbox(ctx, { channel: "web", name: inbox });
  const shown = isUnnamed(name) ? title : { zh: name, en: name };
  await updateInbox(ctx, made.id, { version: made.version, widget: { ...made.widget, title: shown } });
}
