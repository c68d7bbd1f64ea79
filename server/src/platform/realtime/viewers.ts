// Who looks at which conversation, and who is writing a reply there: so that two colleagues do not answer the same contact.
// Pure memory of one node; what other nodes report expires unless they report again.
import type { EphemeralEvent, UserId } from "@yingda/contract";

export interface Viewing {
  userId: UserId;
  name: string;
  isReplying: boolean;
}
type ViewersEvent = Extract<EphemeralEvent, { kind: "viewers" }>;

/** A line's "is replying" ends by itself: its page may have gone to sleep with a half-written reply. */
export const replyingMs = 60_000;
export const remoteMs = 75_000;

interface Entry extends Viewing {
  repliesUntilMs: number;
  /** A user may look from several tabs. */
  lines: number;
}

export class Viewers {
  readonly #local = new Map<string, Map<UserId, Entry>>();
  readonly #remote = new Map<string, Map<string, { users: Viewing[]; untilMs: number }>>();

  /** A line begins, changes or (null) ends its view. Returns the conversations whose viewers changed. */
  move(from: string | null, to: string | null, viewing: Viewing, nowMs: number): string[] {
    const changed = new Set<string>();
    if (from !== null && from !== to && this.#leave(from, viewing.userId)) changed.add(from);
    if (to !== null && this.#enter(to, viewing, from !== to, nowMs)) changed.add(to);
    return [...changed];
  }

  #leave(conversationId: string, userId: UserId): boolean {
    const users = this.#local.get(conversationId);
    const entry = users?.get(userId);
    if (!users || !entry) return false;
    entry.lines -= 1;
    if (entry.lines > 0) return false;
    users.delete(userId);
    if (users.size === 0) this.#local.delete(conversationId);
    return true;
  }

  #enter(conversationId: string, viewing: Viewing, isNewLine: boolean, nowMs: number): boolean {
    const users = this.#local.get(conversationId) ?? new Map<UserId, Entry>();
    this.#local.set(conversationId, users);
    const known = users.get(viewing.userId);
    const repliesUntilMs = viewing.isReplying ? nowMs + replyingMs : 0;
    if (!known) {
      users.set(viewing.userId, { ...viewing, repliesUntilMs, lines: 1 });
      return true;
    }
    if (isNewLine) known.lines += 1;
    known.repliesUntilMs = repliesUntilMs;
    const changed = known.isReplying !== viewing.isReplying;
    known.isReplying = viewing.isReplying;
    return changed;
  }

  /** What another node says of one conversation. */
  hear(nodeId: string, conversationId: string, users: Viewing[], nowMs: number): void {
    const nodes =
      this.#remote.get(conversationId) ?? new Map<string, { users: Viewing[]; untilMs: number }>();
    this.#remote.set(conversationId, nodes);
    if (users.length === 0) nodes.delete(nodeId);
    else nodes.set(nodeId, { users, untilMs: nowMs + remoteMs });
    if (nodes.size === 0) this.#remote.delete(conversationId);
  }

  /** Ends what has run out; returns the conversations whose viewers changed by it. */
  expire(nowMs: number): string[] {
    const changed = new Set<string>();
    for (const [conversationId, users] of this.#local) {
      for (const entry of users.values()) {
        if (!entry.isReplying || entry.repliesUntilMs > nowMs) continue;
        entry.isReplying = false;
        changed.add(conversationId);
      }
    }
    for (const [conversationId, nodes] of this.#remote) {
      for (const [nodeId, { untilMs }] of nodes) {
        if (untilMs > nowMs) continue;
        nodes.delete(nodeId);
        changed.add(conversationId);
      }
      if (nodes.size === 0) this.#remote.delete(conversationId);
    }
    return [...changed];
  }

  /** Conversations that somebody of this node looks at, with what other nodes must know. */
  local(conversationId?: string): { conversationId: string; users: Viewing[] }[] {
    const ids = conversationId === undefined ? [...this.#local.keys()] : [conversationId];
    return ids.map((id) => ({
      conversationId: id,
      users: [...(this.#local.get(id)?.values() ?? [])].map(plain),
    }));
  }

  eventOf(conversationId: string): ViewersEvent {
    const users = new Map<UserId, Viewing>();
    for (const { users: remote } of this.#remote.get(conversationId)?.values() ?? [])
      for (const user of remote) users.set(user.userId, user);
    for (const user of this.#local.get(conversationId)?.values() ?? []) users.set(user.userId, user);
    return {
      kind: "viewers",
      conversationId,
      users: [...users.values()].map(({ userId, name, isReplying }) => ({ id: userId, name, isReplying })),
    };
  }

  get isEmpty(): boolean {
    return this.#local.size === 0 && this.#remote.size === 0;
  }
}

function plain({ userId, name, isReplying }: Viewing): Viewing {
  return { userId, name, isReplying };
}
