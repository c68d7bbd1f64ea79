// What is remembered for the next turn says the same as the record, whatever happened in between; else it says nothing.
import type { ConversationId, Message, UserId } from "@yingda/contract";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ctx } from "../platform/context.ts";
import { newId } from "../platform/ids.ts";
import { addNote } from "./add-note.ts";
import { appendOnce } from "./append-message.ts";
import { KnownMaterial, knownMaterial } from "./known-material.ts";
import { loadTurnMaterial, noteAnswered, readTurnMaterial } from "./load-turn-material.ts";
import { sendMessage } from "./send-message.ts";
import { openDesk, recorded, type Shop } from "./testing/desk.ts";

const desk = await openDesk();

const step = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ kind: "say" } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("say" as const), page: fc.constantFrom("a", "b") }) },
  { weight: 4, arbitrary: fc.constant({ kind: "answer" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "answer-unnoted" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "note" } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: "agent" } as const) },
  { weight: 2, arbitrary: fc.constant({ kind: "say-and-look" } as const) },
);

interface Talk {
  shop: Shop;
  agent: Ctx & { userId: UserId };
  visitor: string;
  id: ConversationId;
  version: number;
}

/** Did memory serve it? Fails when it says anything else than the record. */
async function compare({ shop, id, version }: Talk): Promise<boolean> {
  const known = knownMaterial(shop.system).get(shop.tenantId, id, version, desk.clock.nowMs());
  const asked = await loadTurnMaterial(shop.system, id, version);
  if (known) expect(asked).toBe(known);
  expect(asked).toEqual(await readTurnMaterial(shop.system, id));
  return known !== undefined;
}

async function answer({ shop, id }: Talk, isNoted: boolean): Promise<void> {
  const material = await loadTurnMaterial(shop.system, id, 0);
  const said = { id: null, kind: "bot", name: "Ying" } as const;
  const appended = await appendOnce(shop.system, {
    conversationId: id,
    author: said,
    content: { kind: "text", text: "a" },
    expectVersion: material?.conversation.version ?? 0,
  });
  if (appended.kind === "appended" && material && isNoted)
    noteAnswered(shop.system, material, appended.message);
}

async function take(talk: Talk, { kind, page }: { kind: string; page?: string }): Promise<void> {
  const { shop, agent, id } = talk;
  if (kind === "say") {
    const context = page === undefined ? {} : { context: { page } };
    talk.version = (await recorded(shop.say(talk.visitor, newId<string>(), context))).version;
  } else if (kind === "note")
    await addNote(agent, { conversationId: id, clientMessageId: newId(), text: "n" });
  else if (kind === "agent")
    await sendMessage(agent, { conversationId: id, content: { kind: "text", text: "me" } });
  else if (kind === "say-and-look") {
    await take(talk, { kind: "say" });
    await compare(talk);
  } else await answer(talk, kind === "answer");
}

describe("what is remembered for the next turn", () => {
  test("agrees with the record after whatever happened", async () => {
    const shop = await desk.shop();
    const agent = await shop.agent();
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 24 }), async (steps) => {
        const visitor = newId<string>();
        const first = await recorded(shop.say(visitor, "hello", { context: { page: "a" }, locale: "en" }));
        const talk = { shop, agent, visitor, id: first.conversationId, version: first.version };
        expect(await compare(talk)).toBe(true);
        for (const one of steps) await take(talk, one);
        await take(talk, { kind: "say" });
        await compare(talk);
      }),
      { numRuns: 25 },
    );
  });

  test("lines and answers of one process are never read", async () => {
    const shop = await desk.shop();
    const visitor = newId<string>();
    const first = await recorded(shop.say(visitor, "hello"));
    const talk = { shop, agent: await shop.agent(), visitor, id: first.conversationId, version: 1 };
    for (let turn = 0; turn < 20; turn += 1) {
      await answer(talk, true);
      await take(talk, { kind: "say" });
      const known = knownMaterial(shop.system).get(shop.tenantId, talk.id, talk.version, desk.clock.nowMs());
      expect(known?.lines).toHaveLength(1);
      expect(known?.history.length).toBeLessThanOrEqual(12);
    }
    expect(await compare(talk)).toBe(true);
  });

  test("is nothing when it is older than what was heard, too old, or another tenant's", async () => {
    const shop = await desk.shop();
    const { conversationId, version } = await recorded(shop.say("v", "hello"));
    const known = knownMaterial(shop.system);
    const nowMs = desk.clock.nowMs();
    expect(known.get(shop.tenantId, conversationId, version, nowMs)).toBeDefined();
    expect(known.get(shop.tenantId, conversationId, version + 1, nowMs)).toBeUndefined();
    expect(known.get(shop.tenantId, conversationId, version, nowMs + 600_000)).toBeUndefined();
    const other = await desk.shop();
    expect(known.get(other.tenantId, conversationId, version, nowMs)).toBeUndefined();
  });

  test("an answer to what is no longer the last line forgets it", async () => {
    const shop = await desk.shop();
    const { conversationId } = await recorded(shop.say("v", "hello"));
    const material = await readTurnMaterial(shop.system, conversationId);
    if (!material) throw new Error("the conversation exists");
    const known = new KnownMaterial();
    known.put(shop.tenantId, material, 0);
    const late = { seq: 3 } as Message;
    known.answered(shop.tenantId, material, late, 0);
    expect(known.get(shop.tenantId, conversationId, 0, 0)).toBeUndefined();
  });
});
