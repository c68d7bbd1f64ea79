// The files above the text box: small preview, name, progress, and what to do when one failed.
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { bytesText } from "../thread/bytes-text.ts";
import { type Attachment, removeAttachment, retryUpload } from "./uploads.ts";

export function Attachments({
  conversationId,
  attachments,
}: {
  conversationId: string;
  attachments: readonly Attachment[];
}) {
  const { t } = useTranslation();
  if (attachments.length === 0) return null;
  return (
    <ul className="attachments" aria-label={t("inbox.attachments")}>
      {attachments.map((attachment) => (
        <li key={attachment.id} className="attachment">
          {attachment.preview ? <img src={attachment.preview} alt="" /> : <Icon name="file" size={22} />}
          <span className="attachment-words">
            <span className="ellipsis">{attachment.file.name}</span>
            <AttachmentState attachment={attachment} conversationId={conversationId} />
          </span>
          <button
            type="button"
            className="plain icon-button"
            aria-label={t("inbox.removeFile", { name: attachment.file.name })}
            onClick={() => removeAttachment(conversationId, attachment.id)}
          >
            <Icon name="close" size={15} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function AttachmentState({ attachment, conversationId }: { attachment: Attachment; conversationId: string }) {
  const { t } = useTranslation();
  const { state, share } = attachment;
  if (state.kind === "failed")
    return (
      <span className="problem" role="alert">
        {t(`errors.${state.code}`)}{" "}
        <button
          type="button"
          className="plain text-button"
          onClick={() => retryUpload(conversationId, attachment.id)}
        >
          {t("common.retry")}
        </button>
      </span>
    );
  if (state.kind === "done") return <span className="soft number">{bytesText(attachment.file.size)}</span>;
  return <progress max={1} value={share} aria-label={t("inbox.uploading", { name: attachment.file.name })} />;
}
