// One message as the visitor sees it: text, picture, file, choices, card, notice.
import type { Choice, Content, VisitorMessage } from "@yingda/contract";
import { useEffect, useState } from "preact/hooks";
import type { Pending } from "../store.ts";
import { useSurroundings } from "./context.ts";
import { Icon } from "./icons.tsx";
import { RichText } from "./rich-text.tsx";

type Shown = VisitorMessage["content"];

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
  const { t } = useSurroundings();
  switch (content.kind) {
    case "text":
      return (
        <>
          <RichText text={content.text} />
          <Citations of={content.citations} />
        </>
      );
    case "choices":
      return (
        <>
          <RichText text={content.text} />
          <Citations of={content.citations} />
          <Choices choices={content.choices} isLive={isLast} />
        </>
      );
    case "image":
    case "sticker":
      return <Picture mediaId={content.mediaId} name={content.name} />;
    case "audio":
    case "video":
    case "file":
      return <FileLink mediaId={content.mediaId} name={content.name} sizeBytes={content.sizeBytes} />;
    case "card":
      return (
        <>
          <strong dir="auto">{content.title}</strong>
          {content.imageMediaId && <Picture mediaId={content.imageMediaId} name={content.title} />}
          {content.text && <RichText text={content.text} />}
          {content.url && <RichText text={content.url} />}
          {content.choices && <Choices choices={content.choices} isLive={isLast} />}
        </>
      );
    case "location":
      return <span dir="auto">{content.label}</span>;
    case "form":
      return (
        <dl>
          {Object.entries(content.fields).map(([name, value]) => (
            <div key={name}>
              <dt>
                {name === "text"
                  ? t.leaveText
                  : name === "name"
                    ? t.name
                    : name === "phone"
                      ? t.phone
                      : t.email}
              </dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      );
    case "unsupported":
      return <em>{content.described || t.unsupported}</em>;
    default:
      return content satisfies never;
  }
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

function useMediaUrl(mediaId: string): string | null {
  const { chat } = useSurroundings();
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    let isGone = false;
    chat.mediaUrl(mediaId).then(
      (found) => isGone || setUrl(found),
      () => setUrl(null),
    );
    return () => {
      isGone = true;
    };
  }, [chat, mediaId]);
  return url;
}

function Picture({ mediaId, name }: { mediaId: string; name: string }) {
  const { t } = useSurroundings();
  const url = useMediaUrl(mediaId);
  if (!url) return <span class="picture" role="img" aria-label={name} />;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer" aria-label={`${t.openImage}: ${name}`}>
      <img class="picture" src={url} alt={name} />
    </a>
  );
}

function FileLink({ mediaId, name, sizeBytes }: { mediaId: string; name: string; sizeBytes: number }) {
  const { t, chat } = useSurroundings();
  const open = async () => {
    location.href = await chat.mediaUrl(mediaId); // always an attachment: the page stays
  };
  return (
    <button type="button" class="file" onClick={() => void open()} aria-label={`${t.download}: ${name}`}>
      <Icon name="file" />
      <span dir="auto">{name}</span>
      <small>
        {sizeBytes < 1_048_576
          ? `${Math.ceil(sizeBytes / 1024)} KB`
          : `${(sizeBytes / 1_048_576).toFixed(1)} MB`}
      </small>
    </button>
  );
}
