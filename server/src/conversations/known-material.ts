// What the next turn of a conversation needs, kept in memory by the process that wrote its last line, so that a turn reads
// nothing. Never the truth: an entry moves on only line by line without a gap (message number and version both follow), anything
// else drops it, and an answer decided from it is written only if the version is still the one it was decided for.
import type { ConversationId, Message, TenantId } from "@yingda/contract";
import type { TurnMaterial } from "./load-turn-material.ts";

const mostConversations = 1_500;
const lifeMs = 120_000;
/** As many as loadTurnMaterial reads. */
export const mostLines = 50;
export const mostHistory = 12;

interface Known {
  untilMs: number;
  material: TurnMaterial;
}

/** A line that was just recorded, and how the conversation stands with it. */
export interface RecordedLine {
  message: Message;
  conversation: Pick<TurnMaterial["conversation"], "inboxId" | "status" | "handler" | "version">;
  /** Null: the contact was known before. */
  newContact: TurnMaterial["contact"] | null;
  isNewConversation: boolean;
  language: string | undefined;
  context: Record<string, string> | undefined;
}

export class KnownMaterial {
  readonly #known = new Map<string, Known>();

  /** `version`: what the asker has heard of; older entries are none. */
  get(tenantId: TenantId, id: ConversationId, version: number, nowMs: number): TurnMaterial | undefined {
    const known = this.#known.get(keyOf(tenantId, id));
    if (!known || known.untilMs <= nowMs || known.material.conversation.version < version) return undefined;
    return known.material;
  }

  put(tenantId: TenantId, material: TurnMaterial, nowMs: number): void {
    const key = keyOf(tenantId, material.conversation.id);
    this.#known.delete(key); // to the end of the line: the longest unused leaves first
    this.#known.set(key, { untilMs: nowMs + lifeMs, material });
    const [oldest] = this.#known.size > mostConversations ? this.#known.keys() : [];
    if (oldest !== undefined) this.#known.delete(oldest);
  }

  received(tenantId: TenantId, line: RecordedLine, nowMs: number): void {
    const next = line.isNewConversation ? begun(line) : this.#continued(tenantId, line);
    if (next) this.put(tenantId, next, nowMs);
    else this.forget(tenantId, line.message.conversationId);
  }

  #continued(tenantId: TenantId, line: RecordedLine): TurnMaterial | null {
    const { message } = line;
    const before = this.#known.get(keyOf(tenantId, message.conversationId))?.material;
    if (!before) return null;
    const { conversation, contact, lines } = before;
    if (conversation.messageSeq !== message.seq - 1 || conversation.version !== line.conversation.version - 1)
      return null;
    return {
      ...before,
      conversation: { ...conversation, ...line.conversation, messageSeq: message.seq },
      contact: {
        ...contact,
        language: line.language ?? contact.language,
        context: line.context ?? contact.context,
      },
      lines: [...lines, message].slice(-mostLines),
    };
  }

  /** The bot answered what `material` holds, and nothing else happened. */
  answered(tenantId: TenantId, material: TurnMaterial, answer: Message, nowMs: number): void {
    const { id, version, messageSeq } = material.conversation;
    const now = this.#known.get(keyOf(tenantId, id))?.material.conversation;
    if (now?.version !== version || now.messageSeq !== messageSeq || answer.seq !== messageSeq + 1) {
      this.forget(tenantId, id);
      return;
    }
    const next: TurnMaterial = {
      ...material,
      conversation: { ...material.conversation, messageSeq: answer.seq, lastAnswerSeq: answer.seq },
      lines: [],
      history: [...material.history, ...material.lines, answer].slice(-mostHistory),
    };
    this.put(tenantId, next, nowMs);
  }

  forget(tenantId: TenantId, id: string): void {
    this.#known.delete(keyOf(tenantId, id));
  }

  clear(): void {
    this.#known.clear();
  }
}

/** A new conversation of a known contact is read: what is known of them is in the record only. */
function begun({ message, conversation, newContact }: RecordedLine): TurnMaterial | null {
  if (!newContact) return null;
  return {
    conversation: { ...conversation, id: message.conversationId, messageSeq: message.seq, lastAnswerSeq: 0 },
    contact: newContact,
    lines: [message],
    history: [],
  };
}

/** One per process: the outbox whose node wrote the lines is the owner, so that tests with two nodes keep apart. */
const byOwner = new WeakMap<object, KnownMaterial>();

export function knownMaterial(services: { outbox: object }): KnownMaterial {
  const known = byOwner.get(services.outbox) ?? new KnownMaterial();
  byOwner.set(services.outbox, known);
  return known;
}

function keyOf(tenantId: TenantId, id: string): string {
  return `${tenantId}:${id}`;
}
