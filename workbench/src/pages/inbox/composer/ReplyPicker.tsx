// The list of quick replies above the text box, opened by "/" or its button; the text box keeps the focus and the arrows.
import type { CannedReply } from "@yingda/contract";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { openDialog } from "../../../components/shell/dialogs.ts";

export type ReplyPickerProps = {
  id: string;
  replies: readonly CannedReply[];
  chosen: number;
  onPick: (reply: CannedReply) => void;
};

export function ReplyPicker({ id, replies, chosen, onPick }: ReplyPickerProps) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${String(chosen)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, id]);
  return (
    <div className="picker">
      {replies.length === 0 ? <p className="soft picker-none">{t("inbox.noQuickReply")}</p> : null}
      <div role="listbox" id={id} aria-label={t("keys.quickReply")} ref={list} className="picker-rows">
        {replies.map((reply, index) => (
          <button
            key={reply.id}
            type="button"
            tabIndex={-1}
            role="option"
            id={`${id}-${String(index)}`}
            aria-selected={index === chosen}
            className={index === chosen ? "plain picker-row picker-row-on" : "plain picker-row"}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(reply)}
          >
            <span className="picker-title">
              {reply.title}
              {reply.shortcut ? <code>/{reply.shortcut}</code> : null}
            </span>
            <span className="soft ellipsis">{reply.text}</span>
          </button>
        ))}
      </div>
      <button
        type="button"
        className="plain text-button picker-manage"
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => openDialog("canned-replies")}
      >
        {t("inbox.manageQuickReplies")}
      </button>
    </div>
  );
}

/** Up to three replies that fit what is being typed; Tab takes the first. */
export function ReplyOffers({
  replies,
  onPick,
}: {
  replies: readonly CannedReply[];
  onPick: (reply: CannedReply) => void;
}) {
  const { t } = useTranslation();
  if (replies.length === 0) return null;
  return (
    <div className="offers-line">
      {replies.map((reply, index) => (
        <button
          key={reply.id}
          type="button"
          className="plain offer-chip"
          title={reply.text}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onPick(reply)}
        >
          <span className="ellipsis">{reply.title}</span>
          {index === 0 ? <kbd>Tab</kbd> : null}
        </button>
      ))}
      <span className="visually-hidden" role="status">
        {t("inbox.offersHint", { title: replies[0]?.title ?? "" })}
      </span>
    </div>
  );
}
