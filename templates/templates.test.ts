// Checks every pack file by its content, since the loader trusts it: blanks named and sampled, slugs stable and unique,
// both languages present, enough real wordings, suggestions that exist, a demo shop that fits together.

import { expect, test } from "vitest";
import { listPacks, loadDemoShop, loadPack, loadSmallTalk } from "./src/index.ts";

const blankName = /\{\{(.+?)\}\}/g;
const blanksIn = (text: string) => [...text.matchAll(blankName)].map(([, key]) => key as string);

const packs = listPacks().map(({ slug }) => {
  const pack = loadPack(slug);
  if (pack === null) throw new Error(`pack ${slug} is listed and cannot be loaded`);
  return pack;
});

test.each(packs)("$slug: FAQs are complete and in both languages", (pack) => {
  expect(pack.faqs.length).toBeGreaterThanOrEqual(100);
  expect(new Set(pack.faqs.map((faq) => faq.slug)).size).toBe(pack.faqs.length);
  for (const faq of pack.faqs) {
    expect(faq.slug).toMatch(new RegExp(`^${pack.slug}\\.[a-z0-9-]+$`));
    for (const text of [
      faq.question,
      faq.questionEn,
      faq.answer,
      faq.answerEn,
      faq.category.zh,
      faq.category.en,
    ])
      expect(text, faq.slug).not.toBe("");
    expect(faq.phrasings.length, faq.slug).toBe(8);
    expect(faq.phrasingsEn.length, faq.slug).toBe(4);
    expect(blanksIn(faq.answerEn).sort(), faq.slug).toEqual(blanksIn(faq.answer).sort());
  }
});

test.each(packs)("$slug: no wording is given to two FAQs", (pack) => {
  const owner = new Map<string, string>();
  for (const faq of pack.faqs) {
    for (const phrasing of [...faq.phrasings, ...faq.phrasingsEn]) {
      const key = phrasing.toLowerCase().replace(/[\s\p{P}]/gu, "");
      expect(owner.get(key), `${phrasing} in ${faq.slug}`).toBeUndefined();
      owner.set(key, faq.slug);
    }
  }
});

test.each(packs)(
  "$slug: every blank is used, named and sampled, and no answer has an unknown one",
  (pack) => {
    const known = new Set(pack.blanks.map((blank) => blank.key));
    const texts = [pack.greeting.zh, pack.greeting.en, pack.greetingClosed.zh, pack.greetingClosed.en];
    const used = new Set(
      [
        ...texts,
        ...pack.faqs.flatMap((faq) => [faq.answer, faq.answerEn, faq.spoken.zh, faq.spoken.en]),
      ].flatMap(blanksIn),
    );
    expect([...used].filter((key) => !known.has(key))).toEqual([]);
    expect([...known].filter((key) => !used.has(key))).toEqual([]);
    for (const blank of pack.blanks) {
      expect(blank.sample).not.toBe("");
      expect(blank.label.zh && blank.label.en).toBeTruthy();
      expect(blank.sample.split(" | ").length).toBeLessThanOrEqual(2);
    }
  },
);

test.each(packs)("$slug: suggestions exist, quick replies have their own shortcuts", (pack) => {
  const slugs = new Set(pack.faqs.map((faq) => faq.slug));
  expect(pack.suggestedQuestions).toHaveLength(4);
  for (const slug of pack.suggestedQuestions) expect(slugs.has(slug)).toBe(true);
  expect(pack.quickReplies.length).toBeGreaterThanOrEqual(12);
  expect(new Set(pack.quickReplies.map((reply) => reply.shortcut)).size).toBe(pack.quickReplies.length);
  for (const reply of pack.quickReplies) expect(reply.shortcut).toMatch(/^[a-z]{2,6}$/);
});

test("an unknown pack is null, also when its name tries to leave the folder", () => {
  expect(loadPack("nothing")).toBeNull();
  expect(loadPack("../demo")).toBeNull();
});

test("small talk has an answer for every kind in both languages", () => {
  const slugs = loadSmallTalk().map((answer) => answer.slug);
  for (const kind of [
    "greeting",
    "thanks",
    "closing",
    "who-are-you",
    "acknowledge",
    "laugh",
    "praise",
    "abuse",
  ]) {
    expect(slugs).toContain(`small-talk.${kind}`);
  }
  for (const answer of loadSmallTalk()) expect(answer.answer && answer.answerEn).toBeTruthy();
});

test("the demo shop fits together", () => {
  const shop = loadDemoShop();
  const agents = new Set(shop.agents.map((agent) => agent.key));
  const contacts = new Set(shop.contacts.map((contact) => contact.key));
  const faqs = new Set(loadPack(shop.pack)?.faqs.map((faq) => faq.slug));
  expect(contacts.size).toBeGreaterThanOrEqual(12);
  expect(shop.conversations.length).toBeGreaterThanOrEqual(8);
  for (const conversation of shop.conversations) {
    expect(contacts.has(conversation.contact)).toBe(true);
    expect(conversation.lines[0]?.from).toBe("contact");
    for (const line of conversation.lines) {
      if (line.agent !== undefined) expect(agents.has(line.agent)).toBe(true);
      if (line.faq !== undefined) expect(faqs.has(line.faq)).toBe(true);
      if (line.from === "agent" || line.from === "note") expect(line.agent).toBeDefined();
      expect(line.text).not.toMatch(blankName);
    }
    if (conversation.state.kind === "agent") expect(agents.has(conversation.state.agent)).toBe(true);
  }
});
