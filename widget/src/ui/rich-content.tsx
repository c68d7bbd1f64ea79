// What is not words: pictures, files, cards, places, forms. Loaded when the first one is shown.
import { useEffect, useRef, useState } from "preact/hooks";
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
    case "video":
      return <Video {...content} />;
    case "audio":
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

type FileProps = { mediaId: string; name: string; sizeBytes: number };

/** Loaded when somebody wants to see it; its link is renewed where it ended while the film was running. */
function Video(file: FileProps) {
  const { chat } = useSurroundings();
  const [url, setUrl] = useState<string | null>(null);
  const [isBroken, setBroken] = useState(false);
  const from = useRef(0);
  const load = (at: number) => {
    from.current = at;
    chat.mediaUrl(file.mediaId).then(setUrl, () => setBroken(true));
  };
  if (isBroken) return <FileLink {...file} />;
  if (url === null)
    return (
      <button type="button" class="file" onClick={() => load(0)}>
        <span aria-hidden="true">▶</span>
        <span dir="auto">{file.name}</span>
        <Size bytes={file.sizeBytes} />
      </button>
    );
  return (
    <video
      class="picture"
      src={url}
      aria-label={file.name}
      controls
      autoplay
      playsInline
      onLoadedMetadata={({ currentTarget }) => {
        if (from.current > 0) currentTarget.currentTime = from.current;
      }}
      onError={({ currentTarget: { currentTime } }) =>
        currentTime > from.current ? load(currentTime) : setBroken(true)
      }
    >
      <track kind="captions" label={file.name} />
    </video>
  );
}

function Size({ bytes }: { bytes: number }) {
  const isSmall = bytes < 1_048_576;
  return <small>{isSmall ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`}</small>;
}

function FileLink({ mediaId, name, sizeBytes }: FileProps) {
  const { t, chat } = useSurroundings();
  const open = async () => {
    location.href = await chat.mediaUrl(mediaId); // always an attachment: the page stays
  };
  return (
    <button type="button" class="file" onClick={() => void open()} aria-label={`${t.download}: ${name}`}>
      <Icon name="file" />
      <span dir="auto">{name}</span>
      <Size bytes={sizeBytes} />
    </button>
  );
}
