// The visitor's protocol: few frames, plain JSON, so the widget stays small. The widget imports these as types only.
// One cursor per conversation: `seq` of the conversation's event, counted without gaps in commit order.
import type { Choice, Content } from "./content.ts";
import type { DeliveryStatus, NoticeCode } from "./message.ts";

/** Protocol number; the server answers an unknown one with `bye` "protocol". */
export const widgetProtocol = 1;

export type VisitorMessage = {
  id: string;
  /** Position in the conversation; lines the visitor may not see (notes) leave gaps. */
  seq: number;
  from: "me" | "bot" | "agent" | "system";
  name: string | null;
  content: Content | { kind: "notice"; code: NoticeCode; values: Record<string, string | number> };
  clientMessageId: string | null;
  status: DeliveryStatus;
  at: string;
};

export type VisitorState = {
  /** null before the visitor's first message: nothing is stored until then. */
  conversationId: string | null;
  handler: "bot" | "queue" | "agent" | "nobody";
  agentName: string | null;
  queue: { place: number; expectedWaitSeconds: number | null } | null;
  isOpen: boolean;
  /** A sentence's worth: when people are back, RFC 3339, null if unknown or open now. */
  opensAt: string | null;
  canRate: boolean;
  rated: number | null;
  /** Highest seq of ours that an agent or the bot's side has read. */
  readSeq: number;
};

export type WidgetClientFrame =
  | {
      t: "hello";
      v: number;
      token: string | null;
      conversationId: string | null;
      since: number;
      locale: string;
      page: string;
      referrer: string;
      params: Record<string, string>;
      jwt?: string;
    }
  | { t: "say"; clientMessageId: string; content: Content }
  | { t: "choose"; clientMessageId: string; choice: Choice }
  | { t: "human"; clientMessageId: string }
  | { t: "leave"; clientMessageId: string; fields: Record<string, string>; consent: true }
  /** Gives up waiting in the queue: the conversation ends as abandoned. */
  | { t: "stop-waiting" }
  | { t: "typing"; isTyping: boolean }
  | { t: "read"; seq: number }
  | { t: "rate"; score: number; comment: string }
  | { t: "ping" };

export type WidgetServerFrame =
  /** `token` is present when it was made or rotated: the client stores it. `seq` is the cursor after `messages`. */
  | {
      t: "welcome";
      token: string | null;
      conversationId: string | null;
      seq: number;
      messages: VisitorMessage[];
      state: VisitorState;
      hasMore: boolean;
      serverTimeMs: number;
    }
  | {
      t: "ack";
      clientMessageId: string;
      messageId: string;
      seq: number;
      conversationId: string;
      duplicate: boolean;
    }
  | { t: "refused"; clientMessageId: string | null; code: string; retryAfterMs?: number }
  | { t: "message"; eventSeq: number; message: VisitorMessage }
  | { t: "state"; eventSeq: number; state: VisitorState }
  | { t: "typing"; who: "bot" | "agent"; name: string | null; isTyping: boolean }
  | { t: "delta"; turnId: string; text: string }
  | { t: "resync" }
  | { t: "pong" }
  | { t: "bye"; code: "protocol" | "origin" | "token" | "inbox-off" | "limit" | "server" };

/** GET /w/:publicKey/face.js : a script that dispatches this as "yingda-bubble" on the shop's page; origins null: any page. */
export type WidgetBubble = {
  key: string;
  accent: string;
  corner: "right" | "left";
  origins: readonly string[] | null;
};

/** GET /w/:publicKey/face : what the loader and the page need before anything is typed. */
export type WidgetFace = {
  title: string;
  subtitle: string;
  accent: string;
  corner: "right" | "left";
  locale: "zh-CN" | "en";
  greeting: string;
  suggestions: string[];
  menu: Choice[];
  aiNotice: string;
  privacyUrl: string;
  sound: boolean;
  askRating: boolean;
  leaveMessageFields: string[];
  botName: string;
  isOpen: boolean;
  opensAt: string | null;
  maxTextLength: number;
  maxFileBytes: number;
  shopName: string;
};
