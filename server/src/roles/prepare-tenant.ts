// What a new shop starts with: a web chat and a queue, so that the first minute shows a working line. No business hours: an
// owner who tries the chat late in the evening must not be told that the shop is closed; the set-up asks for them.
// Safe to repeat; called when the first owner is made and by the demo.
import { type Channel, channelCapabilities } from "@yingda/contract";
import { getTenant } from "../accounts/index.ts";
import { createInbox, listInboxes, updateInbox } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { transact } from "../platform/db/index.ts";
import { defaultQueue } from "../routing/index.ts";

const texts = {
  "zh-CN": { inbox: "网站客服", shop: "我的店铺", title: { zh: "在线客服", en: "Customer service" } },
  en: { inbox: "Website chat", shop: "My shop", title: { zh: "在线客服", en: "Chat with us" } },
};

/** What a shop is called until somebody names it. */
export function unnamed(locale: "zh-CN" | "en"): string {
  return texts[locale].shop;
}

/** Names of a tenant that nobody has named yet. */
export function isUnnamed(name: string): boolean {
  return Object.values(texts).some(({ shop }) => shop === name);
}

/** An inbox whose chat is ours to show: what a set-up and the demo dress. */
export function isChat({ channel }: { channel: Channel }): boolean {
  return channelCapabilities[channel].delivery === "record";
}

export async function prepareTenant(asker: Ctx): Promise<void> {
  const ctx: Ctx = { ...asker, actor: { kind: "system", name: "setup" } };
  const { locale, name } = await getTenant(ctx);
  await transact(ctx, (tx) => defaultQueue(ctx, tx));
  if ((await listInboxes(ctx)).some(isChat)) return;
  const { inbox, title } = texts[locale];
  const made = await createInbox(ctx, { channel: "web", name: inbox });
  const shown = isUnnamed(name) ? title : { zh: name, en: name };
  await updateInbox(ctx, made.id, { version: made.version, widget: { ...made.widget, title: shown } });
}
