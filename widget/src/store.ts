// The chat's state and the pure rules that change it: what the server says, what was typed and not yet confirmed.
// Nothing is shown twice and nothing typed is lost: messages merge by id and clientMessageId, unsent lines wait in storage.
import type { Content, VisitorMessage, VisitorState, WidgetServerFrame } from "@yingda/contract";

export interface Pending {
  clientMessageId: string;
  content: Content;
  /** "file": the upload is under way or failed; the bytes live only in this page. */
  state: "waiting" | "failed";
  code: string | null;
  at: string;
  /** How the line is said: plain, a tapped choice, a wish for a person, a left message. */
  frame: "say" | "choose" | "human" | "leave";
  extra?: unknown;
}

export interface ChatState {
  messages: readonly VisitorMessage[];
  pending: readonly Pending[];
  visitor: VisitorState | null;
  cursor: number;
  typing: { who: "bot" | "agent"; name: string | null } | null;
  /** A reply that is still being written: turn id and text so far. */
  stream: { turnId: string; text: string } | null;
  line: "connecting" | "up" | "down" | "ended";
  endCode: string | null;
  unread: number;
}

export const emptyChat: ChatState = {
  messages: [],
  pending: [],
  visitor: null,
  cursor: 0,
  typing: null,
  stream: null,
  line: "connecting",
  endCode: null,
  unread: 0,
};

/** Puts messages at their place by seq; the same id replaces. */
export function merge(known: readonly VisitorMessage[], added: readonly VisitorMessage[]): VisitorMessage[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of added) byId.set(message.id, message);
  return [...byId.values()].sort((a, b) => a.seq - b.seq);
}

/** Whether a message is new to someone who is not looking. */
function countsAsUnread(message: VisitorMessage, known: ReadonlySet<string>): boolean {
  return (message.from === "bot" || message.from === "agent") && !known.has(message.id);
}

function withMessages(state: ChatState, added: readonly VisitorMessage[], isSeen: boolean): ChatState {
  const known = new Set(state.messages.map((message) => message.id));
  const arrived = added.filter((message) => countsAsUnread(message, known)).length;
  const confirmed = new Set(added.map((message) => message.clientMessageId));
  return {
    ...state,
    messages: merge(state.messages, added),
    pending: state.pending.filter((line) => !confirmed.has(line.clientMessageId)),
    unread: isSeen ? 0 : state.unread + arrived,
    ...(arrived > 0 ? { stream: null, typing: null } : {}),
  };
}

/** Applies one frame of the server; `isSeen`: the chat is on screen and in front. */
export function receive(state: ChatState, frame: WidgetServerFrame, isSeen: boolean): ChatState {
  switch (frame.t) {
    case "welcome": {
      const isFirst = state.messages.length === 0 && state.cursor === 0;
      const next = withMessages(state, frame.messages, isSeen || isFirst);
      return {
        ...next,
        visitor: frame.state,
        cursor: Math.max(state.cursor, frame.seq),
        line: "up",
        endCode: null,
      };
    }
    case "message":
      return {
        ...withMessages(state, [frame.message], isSeen),
        cursor: Math.max(state.cursor, frame.eventSeq),
      };
    case "state":
      return { ...state, visitor: frame.state, cursor: Math.max(state.cursor, frame.eventSeq) };
    case "ack": {
      const line = state.pending.find((one) => one.clientMessageId === frame.clientMessageId);
      const visitor = state.visitor && { ...state.visitor, conversationId: frame.conversationId };
      if (!line) return { ...state, visitor };
      const pending = state.pending.filter((one) => one !== line);
      const isShown = line.frame !== "leave" || line.content.kind !== "text";
      const mine: VisitorMessage = {
        id: frame.messageId,
        seq: frame.seq,
        from: "me",
        name: null,
        content: line.content,
        clientMessageId: frame.clientMessageId,
        status: "sent",
        at: line.at,
      };
      return {
        ...state,
        visitor,
        pending,
        messages: isShown ? merge(state.messages, [mine]) : state.messages,
      };
    }
    case "refused":
      return {
        ...state,
        pending: state.pending.map((one) =>
          one.clientMessageId === frame.clientMessageId ? { ...one, state: "failed", code: frame.code } : one,
        ),
      };
    case "typing":
      return { ...state, typing: frame.isTyping ? { who: frame.who, name: frame.name } : null };
    case "delta": {
      const before = state.stream?.turnId === frame.turnId ? state.stream.text : "";
      return { ...state, stream: { turnId: frame.turnId, text: before + frame.text }, typing: null };
    }
    case "resync":
      return { ...state, messages: [], cursor: 0 };
    case "bye":
      return {
        ...state,
        line: frame.code === "server" || frame.code === "limit" ? "down" : "ended",
        endCode: frame.code,
      };
    case "pong":
      return state;
    default:
      return frame satisfies never;
  }
}
