// Hands a conversation to a colleague or a queue, with a note for whoever takes it. Colleagues show state and load.

import { useQuery } from "@tanstack/react-query";
import type { Conversation, Member } from "@yingda/contract";
import { Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Avatar } from "../../../components/Avatar.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { PresenceDot } from "../../../components/shell/PresenceSwitch.tsx";
import { BlockSkeleton, EmptyState, ErrorState } from "../../../components/states.tsx";
import { showToast } from "../../../components/toast.ts";
import { queryKeys } from "../../../live/queries.ts";
import { useMe } from "../../../live/session.ts";
import { useLive } from "../../../live/store.ts";
import { useMemberName, useMembers } from "../names.ts";
import { type TransferTarget, useActions } from "./use-actions.ts";

const rank = { available: 0, busy: 1, away: 2 } as const;

function useQueues() {
  return useQuery({
    queryKey: queryKeys.queues,
    queryFn: ({ signal }) => call(routes.listQueues, { signal }),
  });
}

export default function TransferDialog({
  conversation,
  onClose,
}: {
  conversation: Conversation;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { transfer } = useActions();
  const [target, setTarget] = useState<TransferTarget | null>(null);
  const [note, setNote] = useState("");
  const [words, setWords] = useState("");
  const [isBusy, setBusy] = useState(false);
  const noteId = useId();
  const queues = useQueues();
  const memberName = useMemberName();
  const send = async () => {
    if (!target) return;
    setBusy(true);
    const isDone = await transfer(conversation.id, target, note.trim());
    setBusy(false);
    if (!isDone) return;
    const name = "agentId" in target ? (memberName(target.agentId) ?? "") : "";
    showToast("success", name === "" ? t("inbox.transferredToast") : t("inbox.transferAsked", { name }));
    onClose();
  };
  return (
    <Modal
      open
      title={t("inbox.transferTitle")}
      onCancel={onClose}
      okText={t("inbox.transfer")}
      cancelText={t("common.cancel")}
      okButtonProps={{ disabled: !target, loading: isBusy }}
      onOk={() => void send()}
    >
      <Input
        prefix={<Icon name="search" size={16} />}
        placeholder={t("inbox.transferSearch")}
        aria-label={t("inbox.transferSearch")}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        allowClear
      />
      <div className="transfer-list" role="radiogroup" aria-label={t("inbox.transferTo")}>
        {(queues.data ?? []).map((queue) => (
          <Choice
            key={queue.id}
            isChosen={target !== null && "queueId" in target && target.queueId === queue.id}
            onChoose={() => setTarget({ queueId: queue.id })}
          >
            <span className="avatar tone-bot transfer-queue">
              <Icon name="list" size={18} />
            </span>
            <span className="transfer-words">
              <span>{t("inbox.queueNamed", { name: queue.name })}</span>
              <span className="soft">{t("inbox.waitingCount", { count: queue.waitingCount })}</span>
            </span>
          </Choice>
        ))}
        <Colleagues words={words} conversation={conversation} target={target} onTarget={setTarget} />
      </div>
      <label htmlFor={noteId}>{t("inbox.transferNote")}</label>
      <Input.TextArea
        id={noteId}
        rows={2}
        maxLength={1_000}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        placeholder={t("inbox.transferNoteHint")}
      />
    </Modal>
  );
}

type ColleaguesProps = {
  words: string;
  conversation: Conversation;
  target: TransferTarget | null;
  onTarget: (target: TransferTarget) => void;
};

function Colleagues({ words, conversation, target, onTarget }: ColleaguesProps) {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const members = useMembers();
  const presences = useLive((view) => view.presences);
  if (members.isPending && members.fetchStatus !== "idle") return <BlockSkeleton rows={3} />;
  if (members.isError) return <ErrorState error={members.error} onRetry={() => members.refetch()} />;
  const holder = conversation.handler.kind === "agent" ? conversation.handler.agentId : null;
  const presenceOf = (member: Member) => presences.get(member.id) ?? member.presence;
  const colleagues = (members.data ?? [])
    .filter(
      (member) => member.isActive && member.id !== me && member.id !== holder && member.role !== "viewer",
    )
    .filter((member) => member.name.toLowerCase().includes(words.trim().toLowerCase()))
    .toSorted((a, b) => rank[presenceOf(a)] - rank[presenceOf(b)] || a.openCount - b.openCount);
  if (colleagues.length === 0) return <EmptyState isSmall icon="members" title={t("inbox.noColleague")} />;
  return colleagues.map((member) => (
    <Choice
      key={member.id}
      isChosen={target !== null && "agentId" in target && target.agentId === member.id}
      onChoose={() => onTarget({ agentId: member.id })}
    >
      <Avatar name={member.name} size={34} />
      <span className="transfer-words">
        <span className="ellipsis">{member.name}</span>
        <span className="soft presence-choice">
          <PresenceDot presence={presenceOf(member)} />
          {t(`presence.${presenceOf(member)}`)} ·{" "}
          <span className="number">
            {t("presence.load", { open: member.openCount, capacity: member.capacity })}
          </span>
        </span>
      </span>
    </Choice>
  ));
}

function Choice({
  isChosen,
  onChoose,
  children,
}: {
  isChosen: boolean;
  onChoose: () => void;
  children: React.ReactNode;
}) {
  const name = useId();
  return (
    <label className={isChosen ? "transfer-choice transfer-choice-on" : "transfer-choice"} htmlFor={name}>
      <input type="radio" id={name} name="transfer-target" checked={isChosen} onChange={onChoose} />
      {children}
    </label>
  );
}
