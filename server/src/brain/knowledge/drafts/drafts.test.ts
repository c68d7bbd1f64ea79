// Drafts against a real database: nothing of a draft is said until it is published, the test area says it before; review
// needs another member; versions are kept whatever changed the FAQ, and going back makes a new one.

import {
  type FaqDraft,
  faqDraft,
  noExtras,
  type Permission,
  rolePermissions,
  type UserId,
} from "@yingda/contract";
import { describe, expect, test } from "vitest";
import { testDatabase } from "../../../../test/database.ts";
import { testCtx, testServices } from "../../../../test/services.ts";
import type { Actor, Ctx } from "../../../platform/context.ts";
import { newId } from "../../../platform/ids.ts";
import { tryIt } from "../../ask.ts";
import { createFaq, deleteFaq, getFaq, listFaqs, restoreFaq, updateFaq } from "../faqs.ts";
import { getFaqHealth, listFaqHealth } from "../health/faq-health.ts";
import { importFaqs } from "../import-faqs.ts";
import {
  createFaqDraft,
  discardFaqDraft,
  getFaqDraft,
  listFaqDrafts,
  saveFaqDraft,
  sendFaqDraft,
} from "./faq-drafts.ts";
import { changeFaqPolicy, getFaqPolicy } from "./faq-policy.ts";
import { confirmFaq, listFaqVersions, rollBackFaq } from "./faq-versions.ts";
import { publishFaqDrafts } from "./publish-drafts.ts";

const database = await testDatabase();
const services = await testServices(database);

async function shop(): Promise<Ctx> {
  const { tenantId } = await database.tenant();
  return testCtx(services, tenantId);
}

/** The same shop, seen by a member of its own. */
function member(ctx: Ctx, permissions: readonly Permission[] = rolePermissions.supervisor): Ctx {
  const actor: Actor = {
    kind: "user",
    userId: newId<UserId>(),
    role: "supervisor",
    name: "小林",
    permissions: new Set(permissions),
  };
  return { ...ctx, actor };
}

function draft(question: string, changes: Partial<FaqDraft> = {}): FaqDraft {
  return faqDraft.parse({ question, answer: `${question}：好的`, ...changes });
}

async function said(ctx: Ctx, text: string, area: "live" | "test"): Promise<string | null> {
  const reply = await tryIt(ctx, { text, history: [], availability: "open", area });
  return reply.outcome === "answer" ? reply.text : null;
}

describe("drafts", () => {
  test("a draft is said in the test area only, until it is published", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("可以刷卡吗", { answer: "可以刷卡。" }));
    const saved = await saveFaqDraft(ctx, faq.id, {
      ...draft("可以刷卡吗", { answer: "只收现金。" }),
      revision: 0,
      baseVersion: faq.version,
    });
    expect(saved).toMatchObject({ isNew: false, isBehind: false, revision: 1, state: "draft" });
    const fresh = await createFaqDraft(ctx, draft("有没有停车位", { answer: "门口就能停。" }));
    expect(await said(ctx, "可以刷卡吗", "live")).toBe("可以刷卡。");
    expect(await said(ctx, "可以刷卡吗", "test")).toBe("只收现金。");
    expect(await said(ctx, "有没有停车位", "live")).toBeNull();
    expect(await said(ctx, "有没有停车位", "test")).toBe("门口就能停。");
    const report = await publishFaqDrafts(ctx, [faq.id, fresh.faqId]);
    expect(report).toEqual({ published: [faq.id, fresh.faqId], refused: [] });
    expect(await said(ctx, "可以刷卡吗", "live")).toBe("只收现金。");
    expect(await said(ctx, "有没有停车位", "live")).toBe("门口就能停。");
    expect(await listFaqDrafts(ctx)).toEqual([]);
    expect((await listFaqs(ctx, {})).faqs.map(({ id }) => id)).toContain(fresh.faqId);
  });

  test("what is changed in a draft shows in the test area at once; a discarded one leaves it", async () => {
    const ctx = await shop();
    const one = await createFaqDraft(ctx, draft("能开发票吗", { answer: "能开纸质发票。" }));
    expect(await said(ctx, "能开发票吗", "test")).toBe("能开纸质发票。");
    const body = draft("能开发票吗", { answer: "只开电子发票。" });
    await saveFaqDraft(ctx, one.faqId, { ...body, revision: 1, baseVersion: 0 });
    expect(await said(ctx, "能开发票吗", "test")).toBe("只开电子发票。");
    await discardFaqDraft(ctx, one.faqId);
    expect(await said(ctx, "能开发票吗", "test")).toBeNull();
    await expect(getFaqDraft(ctx, one.faqId)).rejects.toMatchObject({ code: "faq/draft-not-found" });
  });

  test("two people at one draft: the second is told, nothing is lost", async () => {
    const ctx = await shop();
    const { faqId } = await createFaqDraft(ctx, draft("能开发票吗"));
    const write = (answer: string) =>
      saveFaqDraft(ctx, faqId, { ...draft("能开发票吗", { answer }), revision: 1, baseVersion: 0 });
    const results = await Promise.allSettled([write("甲"), write("乙")]);
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = results.find((result) => result.status === "rejected");
    expect(refused?.reason).toMatchObject({ code: "faq/draft-moved" });
    expect((await getFaqDraft(ctx, faqId)).revision).toBe(2);
  });

  test("what moved on meanwhile, is gone or has no name of its own is refused; the others are published", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("可以刷卡吗"));
    await saveFaqDraft(ctx, faq.id, { ...draft("可以刷卡吗"), revision: 0, baseVersion: 1 });
    await updateFaq(ctx, faq.id, { ...draft("可以刷卡吗", { answer: "都行" }), version: 1 });
    const taken = await createFaqDraft(ctx, draft("别的问题", { slug: faq.slug }));
    const good = await createFaqDraft(ctx, draft("有没有停车位"));
    expect((await listFaqDrafts(ctx)).find(({ faqId }) => faqId === faq.id)?.isBehind).toBe(true);
    const { published, refused } = await publishFaqDrafts(ctx, [faq.id, taken.faqId, good.faqId]);
    expect(published).toEqual([good.faqId]);
    expect(refused.map(({ code }) => code)).toEqual(["faq/version-moved", "faq/slug-taken"]);
    expect((await getFaq(ctx, faq.id)).answer).toBe("都行");
  });

  test("where changes are reviewed nobody writes live, and nobody publishes his own", async () => {
    const ctx = await shop();
    const [writer, reviewer] = [member(ctx), member(ctx)];
    expect(await getFaqPolicy(ctx)).toEqual({ savesAs: "live", needsReview: false });
    await changeFaqPolicy(ctx, { savesAs: "live", needsReview: true });
    expect(await getFaqPolicy(ctx)).toEqual({ savesAs: "draft", needsReview: true });
    await expect(createFaq(writer, draft("能开发票吗"))).rejects.toMatchObject({
      code: "faq/review-required",
    });
    const sheet = Buffer.from("问题,答案\n能开发票吗,能\n");
    await expect(importFaqs(writer, sheet, false)).rejects.toMatchObject({ code: "faq/review-required" });
    const { faqId } = await createFaqDraft(writer, draft("能开发票吗"));
    const sent = await sendFaqDraft(writer, faqId, { state: "review", note: "请看" });
    expect(sent).toMatchObject({ state: "review", note: "请看", canPublish: false });
    expect((await publishFaqDrafts(writer, [faqId])).refused[0]?.code).toBe("faq/own-draft");
    expect((await getFaqDraft(reviewer, faqId)).canPublish).toBe(true);
    expect((await publishFaqDrafts(reviewer, [faqId])).published).toEqual([faqId]);
  });

  test("who may not publish is refused; another shop sees no draft", async () => {
    const ctx = await shop();
    const { faqId } = await createFaqDraft(ctx, draft("能开发票吗"));
    const writer = member(ctx, ["knowledge-read", "knowledge-write"]);
    await expect(publishFaqDrafts(writer, [faqId])).rejects.toMatchObject({ code: "auth/not-allowed" });
    const other = await shop();
    expect(await listFaqDrafts(other)).toEqual([]);
    expect((await publishFaqDrafts(other, [faqId])).refused[0]?.code).toBe("faq/draft-not-found");
  });
});

describe("versions", () => {
  test("each change keeps what it replaced, with who and when; counting and refusing to borrow do not", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("可以刷卡吗", { answer: "第一版", extras: { spoken: "念" } }));
    await updateFaq(ctx, faq.id, { ...draft("可以刷卡吗", { answer: "第二版" }), version: 1 });
    await importFaqs(ctx, Buffer.from("问题,答案\n可以刷卡吗,第三版\n"), false);
    const versions = await listFaqVersions(ctx, faq.id);
    expect(versions.map(({ version, isLive, body }) => [version, isLive, body.answer])).toEqual([
      [3, true, "第三版"],
      [2, false, "第二版"],
      [1, false, "第一版"],
    ]);
    expect(versions[2]?.body.extras).toEqual({ ...noExtras, spoken: "念" });
    await deleteFaq(ctx, faq.id);
    await restoreFaq(ctx, faq.id);
    expect((await listFaqVersions(ctx, faq.id)).map(({ version }) => version)).toEqual([5, 2, 1]);
  });

  test("going back makes a new version with the old words; the one in between is not lost", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("可以刷卡吗", { answer: "第一版" }));
    await updateFaq(ctx, faq.id, {
      ...draft("可以刷卡吗", { answer: "第二版", extras: { expiresOn: "2030-01-01" } }),
      version: 1,
    });
    const back = await rollBackFaq(ctx, faq.id, 1, 2);
    expect(back).toMatchObject({ version: 3, answer: "第一版", extras: noExtras });
    expect(await said(ctx, "可以刷卡吗", "live")).toBe("第一版");
    const answers = (await listFaqVersions(ctx, faq.id)).map(({ body }) => body.answer);
    expect(answers).toEqual(["第一版", "第二版", "第一版"]);
    await expect(rollBackFaq(ctx, faq.id, 9, 3)).rejects.toMatchObject({ code: "faq/version-not-found" });
    await expect(rollBackFaq(ctx, faq.id, 2, 2)).rejects.toMatchObject({ code: "faq/version-moved" });
  });
});

describe("expiry", () => {
  test("what expires soon or has expired needs attention; one press confirms it", async () => {
    const ctx = await shop();
    const soon = await createFaq(ctx, draft("包邮吗", { extras: { expiresOn: "2026-11-25" } }));
    const gone = await createFaq(ctx, draft("有没有停车位", { extras: { expiresOn: "2026-11-01" } }));
    const marks = await listFaqHealth(ctx);
    expect(marks[soon.id]?.kinds).toContain("expires-soon");
    expect(marks[gone.id]?.kinds[0]).toBe("expired");
    expect(await said(ctx, "有没有停车位", "live")).toBeNull();
    const confirmed = await confirmFaq(ctx, gone.id, 90);
    expect(confirmed).toMatchObject({
      version: 1,
      checkedOn: "2026-11-20",
      extras: { expiresOn: "2027-02-18" },
    });
    expect((await getFaqHealth(ctx, gone.id)).problems.map(({ kind }) => kind)).not.toContain("expired");
    expect(await said(ctx, "有没有停车位", "live")).toBe("有没有停车位：好的");
  });

  test("a client that knows nothing of extras leaves them as they are", async () => {
    const ctx = await shop();
    const faq = await createFaq(ctx, draft("包邮吗", { extras: { spoken: "包邮的", related: ["own.a"] } }));
    const changed = await updateFaq(ctx, faq.id, { ...draft("包邮吗", { answer: "满 99" }), version: 1 });
    expect(changed.extras).toEqual({ ...noExtras, spoken: "包邮的", related: ["own.a"] });
    const partly = await updateFaq(ctx, faq.id, {
      ...draft("包邮吗", { extras: { spoken: "" } }),
      version: 2,
    });
    expect(partly.extras).toEqual({ ...noExtras, related: ["own.a"] });
  });
});
