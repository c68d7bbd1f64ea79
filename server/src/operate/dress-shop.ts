// Gives a shop's chat the face of its trade: the shop's name, the pack's greeting, suggested questions and quick replies.
// Called by the wizard once the shop has a name. As long as the set-up is not finished each call starts afresh, so that going
// back and choosing another name works; later only what is still empty is filled, and nobody's own words are replaced.
import type { Faq, WidgetSettings } from "@yingda/contract";
import { getTenant, requirePermission } from "../accounts/index.ts";
import { listBlanks, listFaqs, listPacks, type PackMaterial, packMaterial } from "../brain/index.ts";
import { bringCannedReplies, listCannedReplies } from "../conversations/canned-replies.ts";
import { listInboxes, updateInbox } from "../conversations/index.ts";
import type { Ctx } from "../platform/context.ts";
import { isChat } from "../roles/prepare-tenant.ts";

/** The first pack that is on decides; without one the chat gets the shop's name only. */
export async function dressShop(ctx: Ctx): Promise<void> {
  requirePermission(ctx, "settings-write");
  const [tenant, packs, blanks, inboxes, { faqs }] = await Promise.all([
    getTenant(ctx),
    listPacks(ctx),
    listBlanks(ctx),
    listInboxes(ctx),
    listFaqs(ctx, {}),
  ]);
  const values = new Map(blanks.flatMap(({ key, value }) => (value ? [[key, value] as const] : [])));
  const pack = packs.find(({ isOn }) => isOn);
  const material = pack ? packMaterial(pack.slug, values) : null;
  // a suggestion that would be held for a colleague is a poor first impression
  const held = new Set(faqs.filter((faq) => faq.unfilledBlanks.length > 0).flatMap(bothQuestions));
  const web = inboxes.find(isChat);
  if (web) {
    const widget = dressed(
      web.widget,
      material && without(material, held),
      tenant.isSetUp ? null : tenant.name,
    );
    await updateInbox(ctx, web.id, { version: web.version, widget });
  }
  if (material && (await listCannedReplies(ctx)).length === 0) {
    const language = tenant.locale === "en" ? "en" : "zh";
    const drafts = material.quickReplies.map(({ title, shortcut, text }) => ({
      title: title[language],
      shortcut,
      text: text[language],
    }));
    await bringCannedReplies(ctx, drafts, false);
  }
}

function bothQuestions({ question, questionEn }: Faq): string[] {
  return [question, questionEn];
}

function without(material: PackMaterial, held: ReadonlySet<string>): PackMaterial {
  const isFree = (question: string) => !held.has(question);
  return {
    ...material,
    suggestions: material.suggestions.filter(isFree),
    suggestionsEn: material.suggestionsEn.filter(isFree),
  };
}

/** `name`: null once the set-up is finished. */
function dressed(before: WidgetSettings, material: PackMaterial | null, name: string | null): WidgetSettings {
  const isEmpty = before.suggestions.length === 0 && before.suggestionsEn.length === 0;
  const suggestions =
    material && (name !== null || isEmpty)
      ? { suggestions: material.suggestions, suggestionsEn: material.suggestionsEn }
      : {};
  if (name === null) return { ...before, ...suggestions };
  const closed = material?.greetingClosed;
  const rules = before.rules.filter(({ when }) => !isClosedRule(when));
  return {
    ...before,
    ...suggestions,
    title: { zh: name, en: name },
    greeting: material?.greeting ?? before.greeting,
    rules: closed ? [...rules, { when: { isOpen: false }, text: closed, suggestions: [] }] : rules,
  };
}

function isClosedRule(when: WidgetSettings["rules"][number]["when"]): boolean {
  return when.isOpen === false && Object.values(when).filter((value) => value !== undefined).length === 1;
}
