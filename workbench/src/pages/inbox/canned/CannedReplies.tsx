// The quick replies of the shop and one's own: list, add, change, delete (with undo). Opened from the text box or Ctrl+K.

import { useQueryClient } from "@tanstack/react-query";
import type { CannedReply } from "@yingda/contract";
import { Button, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useUndo } from "../../../components/use-undo.ts";
import { queryKeys } from "../../../live/queries.ts";
import { useCannedReplies } from "../composer/use-canned.ts";
import { CannedForm } from "./CannedForm.tsx";
import "./canned.css";

export default function CannedReplies({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  /** null: the list; "new": an empty form; else the reply being changed. */
  const [edited, setEdited] = useState<CannedReply | "new" | null>(null);
  const title =
    edited === null
      ? t("inbox.canned.title")
      : t(edited === "new" ? "inbox.canned.add" : "inbox.canned.edit");
  return (
    <Modal
      open
      title={title}
      footer={null}
      onCancel={edited === null ? onClose : () => setEdited(null)}
      width={620}
      style={{ top: 48 }}
    >
      {edited === null ? (
        <CannedList onEdit={setEdited} />
      ) : (
        <CannedForm reply={edited === "new" ? null : edited} onDone={() => setEdited(null)} />
      )}
    </Modal>
  );
}

function CannedList({ onEdit }: { onEdit: (reply: CannedReply | "new") => void }) {
  const { t } = useTranslation();
  const replies = useCannedReplies();
  if (replies.isPending) return <RowSkeletons count={4} height={60} />;
  if (replies.isError) return <ErrorState error={replies.error} onRetry={() => replies.refetch()} />;
  const add = (
    <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => onEdit("new")}>
      {t("inbox.canned.add")}
    </Button>
  );
  if (replies.data.length === 0)
    return (
      <EmptyState
        icon="bolt"
        title={t("inbox.canned.empty")}
        text={t("inbox.canned.emptyHint")}
        action={add}
      />
    );
  return (
    <>
      <ul className="canned">
        {replies.data.map((reply) => (
          <CannedRow key={reply.id} reply={reply} onEdit={() => onEdit(reply)} />
        ))}
      </ul>
      {add}
    </>
  );
}

function CannedRow({ reply, onEdit }: { reply: CannedReply; onEdit: () => void }) {
  const { t } = useTranslation();
  const undoable = useUndo();
  const client = useQueryClient();
  const renew = () => client.invalidateQueries({ queryKey: queryKeys.cannedReplies });
  const { title, shortcut, text, isShared } = reply;
  const remove = () =>
    undoable({
      act: async () => {
        await call(routes.deleteCannedReply, { params: { id: reply.id } });
        await renew();
      },
      undo: async () => {
        await call(routes.createCannedReply, { body: { title, shortcut, text, isShared } });
        await renew();
      },
      doneText: t("inbox.canned.removed"),
    });
  return (
    <li>
      <div className="canned-words">
        <span className="picker-title">
          <strong className="ellipsis">{title}</strong>
          {shortcut ? <code>/{shortcut}</code> : null}
          {isShared ? null : <span className="mark">{t("inbox.canned.own")}</span>}
        </span>
        <span className="soft canned-text">{text}</span>
        <span className="customer-fine">{t("inbox.canned.used", { count: reply.usedCount })}</span>
      </div>
      <Button
        type="text"
        icon={<Icon name="pencil" size={17} />}
        aria-label={`${t("common.edit")} ${title}`}
        onClick={onEdit}
      />
      <Button
        type="text"
        icon={<Icon name="trash" size={17} />}
        aria-label={`${t("common.remove")} ${title}`}
        onClick={() => void remove()}
      />
    </li>
  );
}
