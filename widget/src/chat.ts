// The chat without a face: joins line, state and storage, and offers what a person can do. The UI subscribes and calls.
import type { Choice, Content, WidgetFace, WidgetServerFrame } from "@yingda/contract";
import { Line } from "./line.ts";
import { keep, readKept } from "./storage.ts";
import { type ChatState, emptyChat, type Pending, receive } from "./store.ts";

export interface Place {
  key: string;
  locale: string;
  page: string;
  referrer: string;
  params: Record<string, string>;
  jwt?: string;
}

/** What the tabs of one visitor tell each other. */
type TabWord = { token: string; isOpen: boolean };
type MediaContent = Extract<Content, { mediaId: unknown }>;
const typingEveryMs = 3_000;

export class Chat {
  readonly key: string;
  state: ChatState = emptyChat;
  #place: Place;
  #line: Line | undefined;
  #listeners = new Set<() => void>();
  #isSeen = true;
  #typedAt = -typingEveryMs;
  #tabs: BroadcastChannel | undefined;
  /** Who this tab is to the server. Storage may hold another tab's for a moment. */
  #token: string | null = null;
  /** Called for each message that arrives while nobody looks. */
  onArrival: () => void = () => {};

  constructor(place: Place) {
    this.key = place.key;
    this.#place = place;
  }

  start(): void {
    const kept = readKept(this.key);
    this.#set({ ...this.state, pending: kept.pending });
    this.#line = new Line({
      base: `/w/${encodeURIComponent(this.key)}`,
      hello: () => {
        const { token, conversationId } = readKept(this.key);
        this.#token = token;
        const { locale, page, referrer, params, jwt } = this.#place;
        return {
          t: "hello",
          v: 1,
          token,
          conversationId,
          since: this.state.cursor,
          locale,
          page,
          referrer,
          params,
          ...(jwt ? { jwt } : {}),
        };
      },
      onFrame: (frame) => this.#receive(frame),
      onDown: () => {
        if (this.state.line !== "ended") this.#set({ ...this.state, line: "down" });
      },
    });
    if (typeof BroadcastChannel !== "undefined") {
      this.#tabs = new BroadcastChannel(`yingda-chat:${this.key}`);
      this.#tabs.onmessage = (event) => this.#hearTab(event.data as TabWord);
    }
    this.#line.connect();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  moveTo(place: Partial<Place>): void {
    const hadJwt = this.#place.jwt;
    this.#place = { ...this.#place, ...place };
    if (place.jwt && place.jwt !== hadJwt) this.#line?.again();
  }

  /** The chat came into view or left it. */
  look(isSeen: boolean): void {
    this.#isSeen = isSeen;
    if (isSeen) this.#markRead();
  }

  say(text: string): void {
    this.#queue({ frame: "say", content: { kind: "text", text } });
  }

  sendMedia(content: MediaContent): void {
    this.#queue({ frame: "say", content });
  }

  choose(choice: Choice): void {
    this.#queue({ frame: "choose", content: { kind: "text", text: choice.label }, extra: choice });
  }

  askForHuman(label: string): void {
    this.#queue({ frame: "human", content: { kind: "text", text: label } });
  }

  /** Gives up the place in the queue; writing again starts anew. */
  stopWaiting(): void {
    this.#line?.send({ t: "stop-waiting" });
  }

  leave(fields: Record<string, string>): void {
    this.#queue({ frame: "leave", content: { kind: "form", purpose: "leave-message", fields } });
  }

  rate(score: number, comment: string): boolean {
    const isSent = this.#line?.send({ t: "rate", score, comment }) ?? false;
    if (isSent && this.state.visitor)
      this.#set({ ...this.state, visitor: { ...this.state.visitor, rated: score } });
    return isSent;
  }

  type(): void {
    const now = performance.now();
    if (now - this.#typedAt < typingEveryMs) return;
    this.#typedAt = now;
    this.#line?.send({ t: "typing", isTyping: true });
  }

  retry(line: Pending): void {
    this.#setPending(
      this.state.pending.map((one) => (one === line ? { ...one, state: "waiting", code: null } : one)),
    );
    this.#flush();
  }

  forget(line: Pending): void {
    this.#setPending(this.state.pending.filter((one) => one !== line));
  }

  async mediaUrl(mediaId: string): Promise<string> {
    const { token } = readKept(this.key);
    const reply = await fetch(`/w/${encodeURIComponent(this.key)}/media/${mediaId}/link`, {
      headers: { "yingda-visitor": token ?? "" },
    });
    if (!reply.ok) throw new Error("media/not-found");
    return ((await reply.json()) as { url: string }).url;
  }

  #queue(line: Pick<Pending, "frame" | "content" | "extra">): void {
    const pending: Pending = {
      ...line,
      clientMessageId: crypto.randomUUID?.() ?? fallbackId(),
      state: "waiting",
      code: null,
      at: new Date().toISOString(),
    };
    this.#setPending([...this.state.pending, pending]);
    this.#typedAt = -typingEveryMs; // the next line is typed anew
    this.#sendLine(pending);
  }

  #sendLine({ clientMessageId, content, frame, extra }: Pending): void {
    if (frame === "choose") this.#line?.send({ t: "choose", clientMessageId, choice: extra as Choice });
    else if (frame === "human") this.#line?.send({ t: "human", clientMessageId });
    else if (frame === "leave" && content.kind === "form")
      this.#line?.send({ t: "leave", clientMessageId, fields: content.fields, consent: true });
    else this.#line?.send({ t: "say", clientMessageId, content });
  }

  /** After a welcome: what was typed while the line was down goes out in order; the server knows repeats by their id. */
  #flush(): void {
    for (const line of this.state.pending) if (line.state === "waiting") this.#sendLine(line);
  }

  /**
   * Tabs that were opened together each got a token of their own. The one with the conversation is right, else the smaller
   * token; the others take it and say hello again, so that all are one visitor.
   */
  #hearTab({ token, isOpen }: TabWord): void {
    const isOurs = this.state.visitor?.conversationId ?? (!isOpen && this.#token && this.#token < token);
    if (isOurs) {
      keep(this.key, { token: this.#token });
      if (!isOpen && token !== this.#token) this.#tellTabs();
    } else if (isOpen || token !== this.#token) {
      keep(this.key, { token });
      this.#line?.again();
    }
  }

  #tellTabs(): void {
    const isOpen = !!this.state.visitor?.conversationId;
    if (this.#token) this.#tabs?.postMessage({ token: this.#token, isOpen } satisfies TabWord);
  }

  #receive(frame: WidgetServerFrame): void {
    let hasOpened = false;
    if (frame.t === "welcome") {
      const change = {
        conversationId: frame.conversationId,
        visits: readKept(this.key).visits + (this.state.cursor ? 0 : 1),
      };
      keep(this.key, frame.token ? { ...change, token: frame.token } : change);
      if (frame.token) {
        this.#token = frame.token;
        this.#tellTabs();
      }
    }
    if (frame.t === "ack" && !this.state.visitor?.conversationId) {
      keep(this.key, { conversationId: frame.conversationId, token: this.#token });
      hasOpened = true;
    }
    if (frame.t === "bye" && frame.code === "token") keep(this.key, { token: null, conversationId: null });
    const before = this.state.unread;
    this.#set(receive(this.state, frame, this.#isSeen));
    keep(this.key, { pending: this.state.pending });
    if (hasOpened) this.#tellTabs();
    if (this.state.unread > before) this.onArrival();
    if (frame.t === "welcome") this.#flush();
    if (this.#isSeen && (frame.t === "welcome" || frame.t === "message")) this.#markRead();
  }

  #markRead(): void {
    const last = this.state.messages.at(-1);
    if (last && last.seq > 0 && this.state.visitor?.conversationId)
      this.#line?.send({ t: "read", seq: last.seq });
    if (this.state.unread) this.#set({ ...this.state, unread: 0 });
  }

  #setPending(pending: readonly Pending[]): void {
    this.#set({ ...this.state, pending });
    keep(this.key, { pending });
  }

  #set(state: ChatState): void {
    this.state = state;
    for (const listener of this.#listeners) listener();
  }
}

export async function fetchFace(key: string, place: Place): Promise<WidgetFace | null> {
  const query = new URLSearchParams({
    ...place.params,
    locale: place.locale,
    page: place.page,
    visitor: readKept(key).visits ? "returning" : "new",
  });
  const reply = await fetch(`/w/${encodeURIComponent(key)}/face?${query}`);
  return reply.ok ? ((await reply.json()) as WidgetFace) : null;
}

/** For pages without https, where randomUUID is missing. */
function fallbackId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}
