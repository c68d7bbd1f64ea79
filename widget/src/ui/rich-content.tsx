// What is not words: pictures, files, cards, places, forms. Loaded when the first one is shown.
import { useEffect, useState } from "preact/hooks";
import { Choices, type RichContent } from "./bubble.tsx";
import { useSurroundings } from "./context.ts";
import { Icon } from "./icons.tsx";
import { RichText } from "./rich-text.tsx";

export function RichBody({ content, isLast }: { content: RichContent; isLast: boolean }) {
  const { t } = useSurroundings();
  switch (content.kind) {
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
    case "form": {
      const labels: Record<string, string> = {
        text: t.leaveText,
        name: t.name,
        phone: t.phone,
        email: t.email,
      };
      return (
        <dl>
          {Object.entries(content.fields).map(([name, value]) => (
            <div key={name}>
              <dt>{labels[name] ?? name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
        </dl>
      );
    }
    case "unsupported":
      return <em>{content.described || t.unsupported}</em>;
    default:
      return content satisfies never;
  }
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
