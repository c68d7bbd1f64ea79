// One message as the visitor sees it: text, picture, file, choices, card, notice.
import type { Choice, Content, VisitorMessage } from "@yingda/contract";
import type { Pending } from "../store.ts";
import { useLater, useSurroundings } from "./context.ts";
import { RichText } from "./rich-text.tsx";

type Shown = VisitorMessage["content"];
export type RichContent = Exclude<Content, { kind: "text" | "choices" }>;

/**
 * `before`: the message above, which decides whether name and time are worth saying again. `isRead`: somebody of the shop has
 * seen it.
 */
export function Bubble({
  message,
  before,
  isLast,
  isRead,
}: {
  message: VisitorMessage;
  before: VisitorMessage | undefined;
  isLast: boolean;
  isRead: boolean;
}) {
  const { t, face, locale } = useSurroundings();
  const { content, from, at } = message;
  if (content.kind === "notice") return <Notice content={content} />;
  const author = from === "me" ? t.me : from === "bot" ? face.botName || t.bot : message.name || t.agent;
  const goesOn = before?.from === from && before.name === message.name && before.content.kind !== "notice";
  const isMuchLater = Date.parse(at) - Date.parse(before?.at ?? at) > pauseMs;
  return (
    <>
      {isMuchLater && <li class="notice">{timeText(at, locale)}</li>}
      <li class={`row ${from}${goesOn && !isMuchLater ? " on" : ""}`} title={timeText(at, locale)}>
        {from === "me" || (goesOn && !isMuchLater) ? (
          <span class="hidden">{author}: </span>
        ) : (
          <span class="who">{author}</span>
        )}
        <div class="bubble">
          {from === "me" && content.kind === "choices" ? (
            <RichText text={content.text} />
          ) : (
            <Body content={content} isLast={isLast} />
          )}
        </div>
        {from === "me" && isLast && <span class="mark">{isRead ? t.read : t.sent}</span>}
      </li>
    </>
  );
}

/** A silence after which the time is worth a line. */
const pauseMs = 900_000;

function timeText(at: string, locale: string): string {
  const when = new Date(at);
  const isToday = when.toDateString() === new Date().toDateString();
  return when.toLocaleString(locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(isToday ? {} : { month: "short", day: "numeric" }),
  });
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
  const loaded = useLater(true, () => import("./rich-content.tsx"));
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
            choice.action === "leave-message"
              ? dispatchEvent(new CustomEvent("yingda-leave", { detail: choice.fields }))
              : chat.choose(choice)
          }
        >
          {choice.label}
        </button>
      ))}
    </div>
  );
}
