// The line of a shop on a test database: members, an inbox, and contacts who write, for tests of the rooms that a message
// passes. Uses the rooms' own doors only, so what stands here is what the product does.
import type { ConversationId, InboxId, Role, TenantId, UserId } from "@yingda/contract";
import { rolePermissions } from "@yingda/contract";
import { addUser } from "../src/accounts/index.ts";
import { createInbox, getInbox, type InboxRecord, receiveMessage } from "../src/conversations/index.ts";
import { type Ctx, makeCtx, type Services } from "../src/platform/context.ts";
import { transact } from "../src/platform/db/index.ts";
import { newId } from "../src/platform/ids.ts";
import { agentSeen, enqueue } from "../src/routing/index.ts";
import type { TestDatabase } from "./database.ts";

export interface TestShop {
  tenantId: TenantId;
  inbox: InboxRecord;
  /** As the server itself. */
  ctx: Ctx;
  /** A member; "available" with a live line unless told otherwise. */
  member(
    name: string,
    options?: { role?: Role; isConnected?: boolean; capacity?: number },
  ): Promise<TestMember>;
  /** A line from a contact; the same `who` is the same person. */
  write(who: string, text: string): Promise<ConversationId>;
  /** A conversation that waits in the queue. */
  waiting(who: string, reason?: "asked-for-human" | "complaint" | "urgent"): Promise<ConversationId>;
}
export interface TestMember {
  userId: UserId;
  name: string;
  /** Signed in as this member. */
  ctx: Ctx;
}

export async function testShop(
  services: Services,
  database: TestDatabase,
  channel: "web" | "api" = "web",
): Promise<TestShop> {
  const { tenantId } = await database.tenant();
  const ctx = makeCtx(services, { tenantId, actor: { kind: "system", name: "test" } });
  const { id } = await createInbox(ctx, { channel, name: "测试小店" });
  const inbox = await getInbox(ctx, id as InboxId);
  if (!inbox) throw new Error("the inbox is not there right after it was made");

  async function write(who: string, text: string): Promise<ConversationId> {
    const current = (await getInbox(ctx, id)) ?? inbox;
    const received = await receiveMessage(ctx, {
      inboxId: id,
      externalContactId: who,
      content: { kind: "text", text },
      clientMessageId: newId<string>(),
      at: services.clock.now(),
      isBotOn: current?.bot.isOn ?? true,
      reopenWindowMs: 86_400_000,
    });
    return received.conversationId;
  }

  return {
    tenantId,
    inbox,
    ctx,
    write,
    async member(name, { role = "agent", isConnected = true, capacity } = {}) {
      const user = await addUser(ctx, { account: null, password: null, name, role });
      const userId = user.id;
      if (capacity !== undefined)
        await database.asAdmin("update app_user set capacity = $2 where id = $1", [userId, capacity]);
      if (isConnected) await agentSeen(ctx, userId);
      const permissions = new Set(rolePermissions[role]);
      return {
        userId,
        name,
        ctx: makeCtx(services, { tenantId, actor: { kind: "user", userId, role, permissions, name } }),
      };
    },
    async waiting(who, reason = "asked-for-human") {
      const conversationId = await write(who, "我要人工");
      const applied = await transact(ctx, (tx) =>
        enqueue(ctx, tx, { conversationId, reason, summary: "想找人工" }),
      );
      if (applied.kind === "refused") throw new Error(applied.code);
      return conversationId;
    },
  };
}
