// One row of the list: who, when, the last words, how long they wait, whose it is. Fixed height; nothing pushes it.

import { Link } from "@tanstack/react-router";
import type { Conversation } from "@yingda/contract";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../../components/Avatar.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { Time } from "../../../components/Time.tsx";
import { spanText } from "../../../components/time-words.ts";
import { useNow } from "../../../live/clock.ts";
import { waitingLevel } from "../../../live/lists.ts";
import { useMe } from "../../../live/session.ts";
import { useLive } from "../../../live/store.ts";
import { useContactName, useMemberName } from "../names.ts";

export type RowProps = { conversation: Conversation; isOpen: boolean; search: Record<string, string> };

/** Unread counts where it is one's own to read: mine and the queue, not what bot or colleagues are busy with. */
function unreadFor({ handler, lastMessageSeq, readSeq }: Conversation, me: string): number {
  const isElsewhere = handler.kind === "bot" || (handler.kind === "agent" && handler.agentId !== me);
  return isElsewhere ? 0 : Math.max(0, lastMessageSeq - readSeq);
}

export const ConversationRow = memo(function ConversationRow({ conversation, isOpen, search }: RowProps) {
  const name = useContactName()(conversation.contact);
  const me = useMe().user.id;
  const unread = unreadFor(conversation, me);
  const className = ["row", isOpen ? "row-open" : "", unread > 0 ? "row-unread" : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <Link
      to={`/inbox/${conversation.id}`}
      search={search}
      className={className}
      aria-current={isOpen ? "true" : undefined}
      preload={false}
    >
      <Avatar name={name} tone={conversation.handler.kind === "bot" ? "bot" : "by-name"} />
      <span className="row-words">
        <span className="row-line">
          <span className="row-name ellipsis">{name}</span>
          {conversation.lastMessage ? (
            <Time at={conversation.lastMessage.at} style="list" className="row-time" />
          ) : null}
        </span>
        <span className="row-line">
          <Preview conversation={conversation} />
          <Unread count={unread} />
        </span>
        <span className="row-line row-marks">
          <span className="mark">{conversation.inboxName}</span>
          <Waiting conversation={conversation} />
          <Holder conversation={conversation} />
          {conversation.tags.slice(0, 2).map((tag) => (
            <span key={tag} className="mark mark-tag ellipsis">
              {tag}
            </span>
          ))}
        </span>
      </span>
    </Link>
  );
});

function Unread({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className="row-count">
      <span aria-hidden="true">{count > 99 ? "99+" : count}</span>
      <span className="visually-hidden">{t("inbox.unread", { count })}</span>
    </span>
  );
}

/** The last words with who said them; or that somebody is typing. */
function Preview({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const typing = useLive((view) => view.typing.get(conversation.id));
  const replying = useLive(
    (view) => view.viewers.get(conversation.id)?.find((viewer) => viewer.isReplying)?.name,
  );
  if (typing?.who === "contact")
    return <span className="row-preview row-typing ellipsis">{t("inbox.contactTyping")}</span>;
  if (replying)
    return (
      <span className="row-preview row-typing ellipsis">
        {t("inbox.colleagueReplying", { name: replying })}
      </span>
    );
  const last = conversation.lastMessage;
  if (!last) return <span className="row-preview ellipsis" />;
  const prefix =
    last.authorKind === "bot" || last.authorKind === "agent"
      ? `${t(`inbox.author.${last.authorKind}`)} `
      : "";
  return (
    <span className="row-preview ellipsis">
      {prefix ? <span className="row-who">{prefix}</span> : null}
      {last.preview}
    </span>
  );
}

/** How long the contact has waited: words, a clock, and a colour that is never alone. */
export function Waiting({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const now = useNow(10_000);
  if (
    conversation.waitingSinceAt === null ||
    conversation.status !== "open" ||
    conversation.handler.kind === "bot"
  )
    return null;
  const waitedMs = Math.max(0, now - Date.parse(conversation.waitingSinceAt));
  const level = waitingLevel(waitedMs);
  return (
    <span className={`mark mark-wait mark-${level}`}>
      <Icon name="hours" size={13} />
      {t(level === "late" ? "inbox.waitedLong" : "inbox.waited", { span: spanText(waitedMs, t) })}
    </span>
  );
}

/** Snoozed, resolved, or which colleague has it; nothing for one's own. */
function Holder({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const memberName = useMemberName();
  if (conversation.status === "snoozed")
    return (
      <span className="mark">
        <Icon name="snooze" size={13} /> {t("inbox.snoozed")}
      </span>
    );
  if (conversation.handler.kind !== "agent") return null;
  const name = memberName(conversation.handler.agentId);
  return name === null ? null : <span className="mark ellipsis">{name}</span>;
}
