// The words of the realtime hub: who is connected, what reaches them, and what app.ts must answer for it.
import type {
  ConversationId,
  EphemeralEvent,
  EventKind,
  InboxId,
  ListCounts,
  Permission,
  RealtimeEvent,
  Role,
  TenantId,
  UserId,
  WidgetClientFrame,
  WidgetServerFrame,
} from "@yingda/contract";
import type { FastifyRequest } from "fastify";
import type { EventRef } from "../outbox/types.ts";

export interface WorkbenchPrincipal {
  kind: "user";
  tenantId: TenantId;
  userId: UserId;
  role: Role;
  permissions: ReadonlySet<Permission>;
  name: string;
  /** The session or key it came by: ended sessions are cut. */
  sessionId: string;
}

export interface VisitorPrincipal {
  kind: "visitor";
  tenantId: TenantId;
  inboxId: InboxId;
  visitorId: string;
  locale: "zh-CN" | "en";
}

/** The server's end of a line: a web socket, a server-sent stream or a waiting request. */
export interface Pipe {
  send(text: string): void;
  /** Bytes accepted but not yet sent. */
  readonly bufferedAmount: number;
  /** Closes after what was sent; `code` as in RFC 6455 where the transport has one. */
  close(code: number, reason: string): void;
  /** Drops it at once. */
  terminate(): void;
  ping(): void;
}

/** What the hub makes of a visitor's pipe. */
export interface VisitorLine {
  readonly tenantId: TenantId;
  readonly inboxId: InboxId;
  /** Set by the gateway once the token is proved; null before. */
  principal: VisitorPrincipal | null;
  /** The conversation it follows. */
  readonly conversationId: ConversationId | null;
  /** Room for the gateway: its own per-line state in one object. */
  state: unknown;
  /** False once it is closed. */
  readonly isOpen: boolean;
  send(frame: WidgetServerFrame): void;
  /** From now on every event after `eventSeq` of this conversation is projected and sent. */
  follow(conversationId: ConversationId, eventSeq: number): void;
  /** Sends `bye` and closes. */
  bye(code: Extract<WidgetServerFrame, { t: "bye" }>["code"]): void;
}

/** One per gateway, not one per line: lines stay small. */
export interface VisitorHandlers {
  /** Resolves when everything it will send at once was sent; errors are logged and end the line. */
  onFrame(line: VisitorLine, frame: WidgetClientFrame): Promise<void> | void;
  onClose?(line: VisitorLine): void;
}

/** What channels/web gives to the realtime hub: who may come in, and what a visitor's frames do. */
export interface VisitorGateway extends VisitorHandlers {
  /**
   * Before the upgrade, and before every request of the fallback: the inbox by its public key, the origin (null when the
   * browser sent none) against its list. "not-found" and "refused" are answered with inbox/not-found and inbox/origin-refused.
   */
  allow(
    publicKey: string,
    origin: string | null,
    request: FastifyRequest,
  ): Promise<VisitorAdmission | "not-found" | "refused">;
  /**
   * For the fallback without a socket, where each request is a line of its own: proves the token and sets `line.principal`.
   * False when the token is wrong or the conversation is not this visitor's.
   */
  prove(line: VisitorLine, token: string, conversationId: ConversationId | null): Promise<boolean>;
}
export interface VisitorAdmission {
  tenantId: TenantId;
  inboxId: InboxId;
  /** First value of `line.state`. */
  state: unknown;
}

export type NowTarget =
  | { to: "workbench" }
  | { to: "user"; userId: UserId }
  | { to: "visitor"; conversationId: ConversationId };
export type EphemeralVisitorFrame = Extract<WidgetServerFrame, { t: "typing" | "delta" | "state" }>;

/** What app.ts answers for the hub, which knows no rooms. */
export interface Projector {
  /** Event kinds the workbench shows: only these are numbered. */
  readonly kinds: readonly EventKind[];
  /** Current entities behind the refs, one list per principal (same order), already what each may receive. */
  forWorkbench(
    tenantId: TenantId,
    principals: readonly WorkbenchPrincipal[],
    refs: readonly EventRef[],
  ): Promise<RealtimeEvent[][]>;
  /** Frames of one conversation for its visitors, oldest first. All lines of one conversation see the same. */
  forVisitor(
    principal: VisitorPrincipal,
    conversationId: ConversationId,
    refs: readonly EventRef[],
  ): Promise<WidgetServerFrame[]>;
  counts(tenantId: TenantId): Promise<ListCounts>;
  /** Names for typing and viewers that came from another node. */
  nameOf(tenantId: TenantId, userId: UserId): Promise<string>;
  mayReceive(principal: WorkbenchPrincipal, event: RealtimeEvent | EphemeralEvent): boolean;
  /** A workbench line opened or its last one closed: presence holds three minutes after it. */
  onConnected?(principal: WorkbenchPrincipal, isConnected: boolean): void;
  /** An agent types: the visitor is told by whoever knows how (channels). */
  onAgentTyping?(principal: WorkbenchPrincipal, conversationId: ConversationId, isTyping: boolean): void;
}

export interface Hub {
  attachVisitor(
    pipe: Pipe,
    handlers: VisitorHandlers,
    admission: VisitorAdmission,
  ): AttachedLine & { line: VisitorLine };
  attachWorkbench(pipe: Pipe, principal: WorkbenchPrincipal): AttachedLine;
  /** Lines of visitors that follow the conversation on this node. */
  visitorLines(conversationId: ConversationId): readonly VisitorLine[];
  connectedUsers(tenantId: TenantId): ReadonlySet<UserId>;
  /** Ends the workbench lines of a session, or of all sessions of a user. */
  cut(who: { sessionId: string } | { tenantId: TenantId; userId: UserId }): void;
  /** `bye` to everybody and closes; then no line is accepted any more. */
  drain(): Promise<void>;
  /** While true, new lines are refused. */
  readonly isDraining: boolean;
  counts(): { workbench: number; visitors: number };
}

/** What the transport tells the hub. */
export interface AttachedLine {
  /** A text frame arrived. Malformed ones close the line. */
  received(text: string): void;
  /** The transport's pong or any sign of life. */
  alive(): void;
  closed(): void;
}

export interface Realtime {
  readonly hub: Hub;
  /** Sends what is never stored: typing, deltas, counts. */
  now(
    tenantId: TenantId,
    target: { to: "visitor"; conversationId: ConversationId },
    frame: EphemeralVisitorFrame,
  ): void;
  now(
    tenantId: TenantId,
    target: { to: "workbench" } | { to: "user"; userId: UserId },
    event: EphemeralEvent,
  ): void;
  /** The workbench cursor, for a fetch that must say what it is true at: read it before the rows. */
  head(tenantId: TenantId): Promise<number>;
  /** app.ts, before start. */
  useProjector(projector: Projector): void;
  useVisitorGateway(gateway: VisitorGateway): void;
  readonly visitorGateway: VisitorGateway | null;
  start(): Promise<void>;
  stop(): Promise<void>;
}
