// Uploads that were never used leave after a week and a night; whatever is shown anywhere stays: in an FAQ and its history, in a
// product, in a message after the FAQ has changed, in anything that is sealed.
import type { Content, Faq, MediaId } from "@yingda/contract";
import { afterAll, expect, test } from "vitest";
import { brainApp } from "../src/brain/testing/brain-app.ts";
import { createInbox } from "../src/conversations/inboxes/manage-inboxes.ts";
import { receiveMessage } from "../src/conversations/receive-message.ts";
import { removeMedia } from "../src/conversations/remove-media.ts";
import { sendMessage } from "../src/conversations/send-message.ts";
import { makeCtx } from "../src/platform/context.ts";
import { type MediaStore, sweepLoose } from "../src/platform/media/index.ts";
import { sealedColumns } from "../src/roles/key-keeper.ts";
import { testDatabase } from "./database.ts";
import { testServices } from "./services.ts";

const database = await testDatabase();
const services = await testServices(database);
const { tenantId } = await database.tenant();
const other = (await database.tenant()).tenantId;
const { call, close } = await brainApp(services, {
  owner: { tenantId, role: "owner" },
  stranger: { tenantId: other, role: "owner" },
});
afterAll(close);
const system = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
const day = 86_400_000;

async function uploaded(of = tenantId): Promise<MediaId> {
  const upload = { source: Buffer.from("%PDF-1.4 x"), name: "x.pdf", inboxId: null, isLoose: true as const };
  return (await services.media.put(of, upload)).id;
}
const file = (mediaId: MediaId) => ({
  kind: "file" as const,
  mediaId,
  name: "x.pdf",
  type: "application/pdf",
  sizeBytes: 10,
});
const sweep = (media: Pick<MediaStore, "remove"> = services.media) =>
  sweepLoose({ ...services, media, columns: sealedColumns });
const nights = async (count: number) => {
  for (let night = 0; night < count; night += 1) {
    await sweep();
    services.clock.advance(day);
  }
};
const stands = async (id: MediaId) => (await services.media.find(tenantId, id)) !== undefined;
const made = async (question: string, contents: object[]) =>
  (await call("createFaq", { body: { question, answer: "请看", extras: { contents } } })).body as Faq;

/** Saved without what it showed; its history still has it. */
async function emptied({ id, question, answer, version }: Faq): Promise<void> {
  const body = { question, answer, version, extras: { contents: [] } };
  expect((await call("updateFaq", { params: { id }, body })).status).toBe(200);
}

async function sent(content: Content): Promise<void> {
  const inbox = await createInbox(
    { ...system, actor: { kind: "system", name: "test" } },
    { channel: "web", name: "Web" },
  );
  const received = await receiveMessage(system, {
    inboxId: inbox.id,
    externalContactId: `v${String(Math.random())}`,
    content: { kind: "text", text: "说明书" },
    at: services.clock.now(),
    isBotOn: true,
    reopenWindowMs: day,
  });
  if (received.kind !== "recorded") expect.fail("not recorded");
  await sendMessage(system, {
    conversationId: received.conversationId,
    author: { kind: "bot", id: null, name: null },
    content,
  });
}

test("an abandoned upload is hidden after a week and gone a night later; a young one and other shops' stay", async () => {
  const abandoned = await uploaded();
  services.clock.advance(2 * day);
  const young = await uploaded();
  await nights(5);
  expect(await stands(abandoned)).toBe(true);
  services.clock.advance(3_600_000); // a week is over
  expect(await sweep()).toEqual({ removed: 0, hidden: 1, kept: 0 });
  expect(await stands(abandoned)).toBe(false);
  expect(await sweep()).toEqual({ removed: 0, hidden: 0, kept: 0 }); // the same night
  services.clock.advance(day);
  expect(await sweep()).toEqual({ removed: 1, hidden: 0, kept: 0 });
  expect(await services.media.remove(tenantId, abandoned)).toBe(false);
  expect(await stands(young)).toBe(true);
  await nights(3);
  expect(await stands(young)).toBe(false);
});

test("what is shown stays for good: in an FAQ, its history, a product, a message, and what is sealed", async () => {
  const [inFaq, inHistory, inDraft, inMessage, inProduct, inSealed, inTheirs] = [
    await uploaded(),
    await uploaded(),
    await uploaded(),
    await uploaded(),
    await uploaded(),
    await uploaded(),
    await uploaded(other),
  ];
  await made("用在答案里吗？", [file(inFaq)]);
  await emptied(await made("以前用过吗？", [file(inHistory)]));
  const draft = { question: "草稿里？", answer: "请看", extras: { contents: [file(inDraft)] } };
  expect((await call("createFaqDraft", { body: draft })).status).toBe(200);
  await sent(file(inMessage));
  const shown = await made("发给客户过吗？", [file(inMessage)]);
  await emptied(shown);
  await database.asAdmin("delete from faq_version where tenant_id = $1 and faq_id = $2", [
    tenantId,
    shown.id,
  ]);
  expect(
    (await call("createProduct", { body: { name: "净水器", manualFile: file(inProduct) } })).status,
  ).toBe(200);
  await call("createFaq", {
    as: "stranger",
    body: { question: "多久？", answer: "两天", extras: { contents: [file(inTheirs)] } },
  });
  const vault = await services.vault.forTenant(tenantId);
  const key = "00000000-0000-7000-8000-000000000001";
  await database.asAdmin(
    "insert into rehearsal_case (tenant_id, id, sealed_turns, created_at) values ($1, $2, $3, now())",
    [tenantId, key, vault.seal({ table: "rehearsal_case", column: "sealed_turns", row: key }, inSealed)],
  );

  services.clock.advance(8 * day);
  await nights(4);
  for (const id of [inFaq, inHistory, inDraft, inMessage, inProduct, inSealed])
    expect(await stands(id)).toBe(true);
  expect(await services.media.find(other, inTheirs)).toBeDefined();
});

test("what is saved between the two nights is shown again; an id of another shop proves nothing", async () => {
  const [late, foreign] = [await uploaded(), await uploaded()];
  await call("createFaq", {
    as: "stranger",
    body: { question: "别家？", answer: "是", extras: { contents: [file(foreign)] } },
  });
  services.clock.advance(8 * day);
  await sweep();
  expect(await stands(late)).toBe(false);
  await made("晚了一天保存？", [file(late)]);
  services.clock.advance(day);
  expect(await sweep()).toMatchObject({ removed: 1, kept: 1 });
  expect([await stands(late), await stands(foreign)]).toEqual([true, false]);
});

test("a file that the shop shows outlives the conversation it was sent on in", async () => {
  const [ours, theirs] = [await uploaded(), await uploaded()];
  await made("也发过？", [file(ours)]);
  await removeMedia(services, { tenantId, mediaIds: `${ours},${theirs}` });
  expect([await stands(ours), await stands(theirs)]).toEqual([true, false]);
});

test("stopped in the middle: the next night takes what was left", async () => {
  const [one, two] = [await uploaded(), await uploaded()];
  services.clock.advance(8 * day);
  await sweep();
  services.clock.advance(day);
  let removals = 0;
  const failing = {
    remove: (of: typeof tenantId, id: MediaId) => {
      removals += 1;
      if (removals > 1) throw new Error("the process ended");
      return services.media.remove(of, id);
    },
  };
  await expect(sweep(failing)).rejects.toThrow("the process ended");
  expect(await sweep()).toMatchObject({ removed: 1 });
  for (const id of [one, two]) expect(await services.media.remove(tenantId, id)).toBe(false);
});
