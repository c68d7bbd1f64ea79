// One message as the visitor sees it: text, picture, file, choices, card, notice.
import type { Choice, Content, VisitorMessage } from "@yingda/contract";
import { useEffect, useState } from "preact/hooks";
import type { Pending } from "../store.ts";
import { useSurroundings } from "./context.ts";
import { RichText } from "./rich-text.tsx";

type Shown = VisitorMessage["content"];
export type RichContent = Exclude<Content, { kind: "text" | "choices" }>;

export function Bubble({ message, isLast }: { message: VisitorMessage; isLast: boolean }) {
  const { t, face } = useSurroundings();
  if (message.content.kind === "notice") return <Notice content={message.content} />;
  const author =
    message.from === "me" ? t.me : message.from === "bot" ? face.botName || t.bot : message.name || t.agent;
  return (
    <li class={`row ${message.from}`}>
      {message.from !== "me" && <span class="who">{author}</span>}
      <div class="bubble">
        {message.from === "me" && <span class="hidden">{author}: </span>}
        <Body content={message.content} isLast={isLast} />
      </div>
      {message.from === "me" && isLast && (
        <span class="mark">{message.status === "read" ? t.read : t.sent}</span>
      )}
    </li>
  );
}

export function PendingBubble({ line, isOffline }: { line: Pending; isOffline: boolean }) {
  const { t, chat } = useSurroundings();
  return (
    <li class="row me">
      <div class="bubble waiting">
        <Body content={line.content} isLast={false} />
      </div>
      {line.state === "failed" ? (
        <span class="mark failed" role="alert">
          {line.code === "request/rate-limited" ? t.tooFast : t.failed} ·{" "}
          <button type="button" class="link" onClick={() => chat.retry(line)}>
            {t.retry}
          </button>{" "}
          <button type="button" class="link" onClick={() => chat.forget(line)}>
            {t.remove}
          </button>
        </span>
      ) : (
        !isOffline && <span class="mark">{t.sending}</span>
      )}
    </li>
  );
}

function Notice({ content }: { content: Extract<Shown, { kind: "notice" }> }) {
  const { t } = useSurroundings();
  const words = (t.notices[content.code] ?? "").replace(/\{(\w+)\}/g, (_, name: string) =>
    String(content.values[name] ?? ""),
  );
  return words ? <li class="notice">{words}</li> : null;
}

function Body({
  content,
  isLast,
}: {
  content: Exclude<Shown, { kind: "notice" }> | Content;
  isLast: boolean;
}) {
  if (content.kind === "text" || content.kind === "choices")
    return (
      <>
        <RichText text={content.text} />
        <Citations of={content.citations} />
        {content.kind === "choices" && <Choices choices={content.choices} isLive={isLast} />}
      </>
    );
  return <Rich content={content} isLast={isLast} />;
}

/** Pictures, files, cards and forms come in their own chunk: most chats have none. */
function Rich(shown: { content: RichContent; isLast: boolean }) {
  const [loaded, setLoaded] = useState<typeof import("./rich-content.tsx") | null>(null);
  useEffect(() => {
    void import("./rich-content.tsx").then((found) => setLoaded(() => found));
  }, []);
  return loaded ? <loaded.RichBody {...shown} /> : <span>…</span>;
}

function Citations({ of }: { of: Extract<Content, { kind: "text" }>["citations"] }) {
  const { t } = useSurroundings();
  if (!of?.length) return null;
  return (
    <small class="source">
      {of
        .map((one) => `${t.source(one.title)}${one.checkedOn ? ` · ${t.checked(one.checkedOn)}` : ""}`)
        .join("  ")}
    </small>
  );
}

export function Choices({ choices, isLive }: { choices: readonly Choice[]; isLive: boolean }) {
  const { chat } = useSurroundings();
  return (
    <div class="choices">
      {choices.map((choice) => (
        <button
          key={choice.id}
          type="button"
          disabled={!isLive}
          onClick={() =>
            choice.action === "leave-message" ? dispatchEvent(new Event("yingda-leave")) : chat.choose(choice)
          }
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
