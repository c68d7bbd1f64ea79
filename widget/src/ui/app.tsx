// The whole chat: header, conversation, what is going on (queue, closed, offline), composer or a form.
import type { VisitorState } from "@yingda/contract";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Bubble, Choices, PendingBubble } from "./bubble.tsx";
import { Composer } from "./composer.tsx";
import { useChat, useLater, useSurroundings } from "./context.ts";
import { Icon } from "./icons.tsx";
import { RichText } from "./rich-text.tsx";

export function App() {
  const { t, face, chat, isEmbedded, close } = useSurroundings();
  const state = useChat();
  const [form, setForm] = useState<"leave" | "rate" | null>(null);
  const known = useRef<Record<string, string>>({});
  const forms = useLater(form !== null, () => import("./forms.tsx"));
  const visitor = state.visitor;
  useEffect(() => {
    const open = (event: Event) => {
      known.current = (event as CustomEvent<Record<string, string> | undefined>).detail ?? {};
      setForm("leave");
    };
    addEventListener("yingda-leave", open);
    return () => removeEventListener("yingda-leave", open);
  }, []);
  useAskForRating(visitor, face.askRating, () => setForm("rate"));

  if (state.line === "ended")
    return <p class="ended">{state.endCode === "inbox-off" ? t.gone : t.refused}</p>;
  return (
    <>
      <header>
        <span class="face" aria-hidden="true">
          {[...face.title][0]}
        </span>
        <div>
          <h1 dir="auto">{face.title}</h1>
          <p dir="auto">
            {visitor?.agentName && visitor.handler === "agent"
              ? t.notices.assigned?.replace("{name}", visitor.agentName)
              : face.subtitle}
          </p>
        </div>
        {visitor?.canRate && visitor.rated === null && (
          <button type="button" onClick={() => setForm("rate")} aria-label={t.rate}>
            <Icon name="star" />
          </button>
        )}
        {isEmbedded && (
          <button type="button" onClick={close} aria-label={t.close}>
            <Icon name="close" />
          </button>
        )}
      </header>
      <Thread />
      <Status />
      {form === "leave" && forms ? (
        <forms.LeaveForm known={known.current} onDone={() => setForm(null)} />
      ) : form === "rate" && forms ? (
        <forms.Rating onDone={() => setForm(null)} />
      ) : (
        <Composer
          showHuman={visitor?.handler !== "agent" && visitor?.handler !== "queue"}
          onHuman={() => chat.askForHuman(t.human)}
        />
      )}
      <footer>
        {visitor && !visitor.isOpen && form !== "leave" && (
          <button type="button" class="link" onClick={() => setForm("leave")}>
            {t.leave}
          </button>
        )}
        {/^https?:/i.test(face.privacyUrl) && (
          <a href={face.privacyUrl} target="_blank" rel="noopener noreferrer">
            {t.privacy}
          </a>
        )}
        <span>{t.powered}</span>
      </footer>
    </>
  );
}

/** Opens the rating once when a served conversation has just ended. */
function useAskForRating(visitor: VisitorState | null, isWanted: boolean, ask: () => void): void {
  const last = useRef<VisitorState["handler"] | null>(null);
  useEffect(() => {
    const before = last.current;
    last.current = visitor?.handler ?? null;
    if (
      isWanted &&
      before === "agent" &&
      visitor?.handler === "nobody" &&
      visitor.canRate &&
      visitor.rated === null
    )
      ask();
  }, [visitor, isWanted, ask]);
}

/** A scrolling log must be reachable by keyboard, though nothing in it may be. */
const keyboardScroll = { tabIndex: 0 };

function Thread() {
  const { t, face, chat } = useSurroundings();
  const state = useChat();
  const log = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const count = state.messages.length + state.pending.length;
  useLayoutEffect(() => {
    const element = log.current;
    if (element && isAtEnd) element.scrollTop = element.scrollHeight;
  }, [count, state.stream, state.typing, isAtEnd]);
  useEffect(() => {
    // the line below grows, a keyboard opens, a picture arrives: whoever reads the end goes on reading the end
    const element = log.current;
    if (!element || !isAtEnd) return;
    const watch = new ResizeObserver(() => {
      element.scrollTop = element.scrollHeight;
    });
    for (const part of [element, ...element.children]) watch.observe(part);
    return () => watch.disconnect();
  }, [isAtEnd]);

  const lastId = state.messages.filter((message) => message.content.kind !== "notice").at(-1)?.id;
  const name = state.typing?.name ?? (state.typing?.who === "agent" ? t.agent : face.botName || t.bot);
  return (
    <div
      class="log"
      ref={log}
      role="log"
      {...keyboardScroll}
      aria-live="polite"
      aria-label={t.log}
      onScroll={(event) => {
        const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
        setIsAtEnd(scrollHeight - scrollTop - clientHeight < 40);
      }}
    >
      {face.aiNotice && <p class="notice">{face.aiNotice}</p>}
      <ol>
        <li class="row bot">
          <span class="who">{face.botName || t.bot}</span>
          <div class="bubble">
            <RichText text={face.greeting} />
            <Choices
              choices={[
                ...face.menu,
                ...face.suggestions.map((label, index) => ({
                  id: `suggestion-${index}`,
                  label,
                  action: "say" as const,
                })),
              ]}
              isLive
            />
          </div>
        </li>
        {state.messages.map((message, index) => (
          <Bubble
            key={message.id}
            message={message}
            before={state.messages[index - 1]}
            isLast={message.id === lastId}
            isRead={message.seq <= (state.visitor?.readSeq ?? 0)}
          />
        ))}
        {state.pending.map((line) => (
          <PendingBubble key={line.clientMessageId} line={line} isOffline={state.line !== "up"} />
        ))}
        {state.stream && (
          <li class="row bot">
            <div class="bubble" aria-hidden="true">
              <RichText text={state.stream.text} />
            </div>
          </li>
        )}
        {state.typing && !state.stream && (
          <li class="row bot">
            <div class="bubble typing" role="img" aria-label={t.typing(name)}>
              <i />
              <i />
              <i />
            </div>
          </li>
        )}
      </ol>
      {!isAtEnd && state.unread > 0 && (
        <button
          type="button"
          class="jump"
          onClick={() => {
            setIsAtEnd(true);
            chat.look(true);
          }}
        >
          <Icon name="down" /> {t.newMessages}
        </button>
      )}
    </div>
  );
}

function Status() {
  const { t, locale, chat } = useSurroundings();
  const { line, visitor } = useChat();
  if (line === "down")
    return (
      <p class="status warn" role="status">
        {t.offline}
      </p>
    );
  if (visitor?.queue) {
    const { place, expectedWaitSeconds } = visitor.queue;
    const wait =
      expectedWaitSeconds === null ? "" : ` · ${t.wait(Math.max(1, Math.round(expectedWaitSeconds / 60)))}`;
    return (
      <p class="status" role="status">
        {place > 1 ? t.queue(place) : t.queueNext}
        {wait}{" "}
        <button type="button" class="link" onClick={() => chat.stopWaiting()}>
          {t.stopWaiting}
        </button>
      </p>
    );
  }
  if (visitor && !visitor.isOpen) {
    const when =
      visitor.opensAt &&
      new Date(visitor.opensAt).toLocaleString(locale, {
        weekday: "short",
        hour: "2-digit",
        minute: "2-digit",
      });
    return <p class="status">{when ? t.closedUntil(when) : t.closed}</p>;
  }
  return null;
}
