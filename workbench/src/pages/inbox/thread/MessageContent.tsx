// What a message holds, as people see it: text with safe links, pictures, files, choices, cards. Text nodes only.
import type { Citation, Content } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { useCan } from "../../../live/session.ts";
import { linkPieces } from "./link-pieces.ts";
import { FileContent, ImageContent } from "./MediaContent.tsx";
import { VideoContent } from "./VideoContent.tsx";

export function LinkedText({ text }: { text: string }) {
  return (
    <span className="bubble-text">
      {linkPieces(text).map((piece, index) => {
        const key = `${String(index)}-${piece.text}`;
        return piece.href ? (
          <a key={key} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ) : (
          <span key={key}>{piece.text}</span>
        );
      })}
    </span>
  );
}

/** Where an answer was taken from; the proof behind it. */
function Citations({ citations, saidAt }: { citations: readonly Citation[] | undefined; saidAt: string }) {
  const { t } = useTranslation();
  if (!citations || citations.length === 0) return null;
  return (
    <span className="bubble-sources">
      {citations.map((citation) => (
        <span key={citation.title}>
          <Source citation={citation} saidAt={saidAt} />
          {citation.checkedOn ? ` · ${t("inbox.checkedOn", { day: citation.checkedOn })}` : ""}
        </span>
      ))}
    </span>
  );
}

/** A passage of a document is a way to where it stands, beside the conversation, for those who may read the shop's knowledge. */
function Source({ citation, saidAt }: { citation: Citation; saidAt: string }) {
  const { t } = useTranslation();
  const canRead = useCan("knowledge-read");
  const words = t("inbox.source", { title: citation.title });
  if (citation.kind !== "passage" || !canRead) return words;
  const { document, page, heading } = citation;
  const query = new URLSearchParams({
    open: document,
    ...(page === null ? {} : { page: String(page) }),
    ...(heading === "" ? {} : { heading }), // of a past chat: the question is no other customer's to see
    ...(saidAt === "" ? {} : { said: saidAt }),
  });
  return (
    <a href={`/knowledge/documents?${query.toString()}`} target="_blank" rel="noopener">
      {words}
    </a>
  );
}

function Choices({ labels }: { labels: readonly { id: string; label: string }[] }) {
  const { t } = useTranslation();
  return (
    <ul className="bubble-choices" aria-label={t("inbox.choicesShown")}>
      {labels.map((choice) => (
        <li key={choice.id}>{choice.label}</li>
      ))}
    </ul>
  );
}

/** `saidAt`: when it was sent, or "". */
export function MessageContent({ content, saidAt = "" }: { content: Content; saidAt?: string }) {
  const { t } = useTranslation();
  switch (content.kind) {
    case "text":
      return (
        <>
          <LinkedText text={content.text} />
          <Citations citations={content.citations} saidAt={saidAt} />
        </>
      );
    case "choices":
      return (
        <>
          <LinkedText text={content.text} />
          <Choices labels={content.choices} />
          <Citations citations={content.citations} saidAt={saidAt} />
        </>
      );
    case "image":
    case "sticker":
      return <ImageContent media={content} />;
    case "video":
      return <VideoContent media={content} />;
    case "audio":
    case "file":
      return <FileContent media={content} />;
    case "location":
      return (
        <span className="bubble-text">
          {content.label} ({content.latitude.toFixed(4)}, {content.longitude.toFixed(4)})
        </span>
      );
    case "card":
      return (
        <>
          <strong className="bubble-text">{content.title}</strong>
          {content.imageMediaId ? (
            <ImageContent
              media={{ mediaId: content.imageMediaId, name: content.title, type: "", sizeBytes: 0 }}
            />
          ) : null}
          {content.text ? <LinkedText text={content.text} /> : null}
          {content.url ? <LinkedText text={content.url} /> : null}
          {content.choices ? <Choices labels={content.choices} /> : null}
        </>
      );
    case "form":
      return <FormContent fields={content.fields} />;
    case "unsupported":
      return (
        <span className="bubble-text soft">
          <Icon name="info" size={15} /> {t("inbox.unsupported", { what: content.described })}
        </span>
      );
    default:
      return content satisfies never;
  }
}

/** A left message: its fields as a small table. Known fields have words, others keep their own name. */
function FormContent({ fields }: { fields: Readonly<Record<string, string>> }) {
  const { t } = useTranslation();
  const words: Record<string, string> = {
    name: t("inbox.form.name"),
    phone: t("inbox.form.phone"),
    email: t("inbox.form.email"),
    message: t("inbox.form.message"),
    text: t("inbox.form.message"),
  };
  return (
    <dl className="bubble-form">
      {Object.entries(fields).map(([name, value]) => (
        <div key={name}>
          <dt>{words[name] ?? name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
