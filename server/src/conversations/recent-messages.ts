// The lines just written by this process, in clear and only in memory, so that sending them on to open screens needs
// no second read. Keyed by tenant and conversation; dropped when anything about the line changes (start.ts listens)
// and after a minute in any case. Never the truth: whoever finds nothing here reads the record.
import type { Message, TenantId } from "@yingda/contract";

const mostConversations = 2_000;
const lifeMs = 60_000;

interface Recent {
  untilMs: number;
  bySeq: Map<number, Message>;
}

export class RecentMessages {
  readonly #byConversation = new Map<string, Recent>();

  put(tenantId: TenantId, message: Message, nowMs: number): void {
    const key = keyOf(tenantId, message.conversationId);
    const recent = this.#byConversation.get(key);
    const bySeq = recent && recent.untilMs > nowMs ? recent.bySeq : new Map<number, Message>();
    bySeq.set(message.seq, message);
    this.#byConversation.delete(key); // to the end of the line: the oldest written leaves first
    this.#byConversation.set(key, { untilMs: nowMs + lifeMs, bySeq });
    if (this.#byConversation.size <= mostConversations) return;
    for (const oldest of this.#byConversation.keys()) {
      this.#byConversation.delete(oldest);
      break;
    }
  }

  get(tenantId: TenantId, conversationId: string, seq: number, nowMs: number): Message | undefined {
    const recent = this.#byConversation.get(keyOf(tenantId, conversationId));
    return recent && recent.untilMs > nowMs ? recent.bySeq.get(seq) : undefined;
  }

  forget(tenantId: TenantId, conversationId: string): void {
    this.#byConversation.delete(keyOf(tenantId, conversationId));
  }

  clear(): void {
    this.#byConversation.clear();
  }
}

/** One per process: the outbox whose node wrote the lines is the owner, so that tests with two nodes keep apart. */
const byOwner = new WeakMap<object, RecentMessages>();

export function recentMessages(services: { outbox: object }): RecentMessages {
  const recent = byOwner.get(services.outbox) ?? new RecentMessages();
  byOwner.set(services.outbox, recent);
  return recent;
}

function keyOf(tenantId: TenantId, conversationId: string): string {
  return `${tenantId}:${conversationId}`;
}
