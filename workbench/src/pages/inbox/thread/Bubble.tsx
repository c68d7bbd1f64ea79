/**
 * One message of the thread. Contact at the start, bot and agents at the end, each with its own ground; notes on paper
 * yellow with a word, so that nobody takes them for a reply. The name and time stand on the first of a run.
 */
import type { Message, PictureReading } from "@yingda/contract";
import { memo, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { Time } from "../../../components/Time.tsx";
import { useMe } from "../../../live/session.ts";
import { useMemberName } from "../names.ts";
import { Delivery } from "./Delivery.tsx";
import { MessageContent } from "./MessageContent.tsx";
import { noticeText } from "./notice-text.ts";
import { PictureNote } from "./PictureNote.tsx";

export type BubbleSide = "contact" | "bot" | "agent" | "note";

/** Which of the four looks a message has. */
export function sideOf(message: Pick<Message, "kind" | "author">): BubbleSide {
  if (message.kind === "note") return "note";
  if (message.kind === "inbound") return "contact";
  return message.author.kind === "agent" ? "agent" : "bot";
}

export type BubbleProps = {
  message: Message;
  isFirst: boolean;
  isLast: boolean;
  /** "Read" is written under this one. */
  isReadMark: boolean;
  contactName: string;
  /** Of a picture that a model looked at. */
  reading: PictureReading | undefined;
  onTrace: (messageId: string) => void;
};

export const Bubble = memo(function Bubble({
  message,
  isFirst,
  isLast,
  isReadMark,
  contactName,
  reading,
  onTrace,
}: BubbleProps) {
  const { t } = useTranslation();
  if (message.content.kind === "notice") return <NoticeLine message={message} />;
  const side = sideOf(message);
  return (
    <div className={`line line-${side}${isFirst ? " line-first" : ""}`}>
      {isFirst ? <BubbleHead message={message} side={side} contactName={contactName} /> : null}
      <BubbleBody side={side} isLast={isLast}>
        <MessageContent content={message.content} saidAt={message.createdAt} />
      </BubbleBody>
      {reading ? <PictureNote reading={reading} /> : null}
      {side === "contact" || side === "note" ? null : (
        <span className="line-foot">
          {message.hasTrace ? (
            <button type="button" className="plain text-button" onClick={() => onTrace(message.id)}>
              {t("inbox.why")}
            </button>
          ) : null}
          <Delivery message={message} isReadMark={isReadMark} />
        </span>
      )}
    </div>
  );
});

/** The bubble shape itself; the corner that points at its author is sharp on the last of a run. */
export function BubbleBody({
  side,
  isLast,
  isPale = false,
  children,
}: {
  side: BubbleSide;
  isLast: boolean;
  isPale?: boolean;
  children: ReactNode;
}) {
  return (
    <div className={`bubble bubble-${side}${isLast ? " bubble-last" : ""}${isPale ? " bubble-pale" : ""}`}>
      {children}
    </div>
  );
}

function BubbleHead({
  message,
  side,
  contactName,
}: {
  message: Message;
  side: BubbleSide;
  contactName: string;
}) {
  const { t } = useTranslation();
  const me = useMe().user;
  const isMine = message.author.kind === "agent" && message.author.id === me.id;
  const author = isMine ? t("inbox.me") : (message.author.name ?? t("inbox.someone"));
  const names: Record<BubbleSide, string> = {
    contact: contactName,
    bot: message.author.name ?? t("inbox.bot"),
    agent: author,
    note: author,
  };
  return (
    <span className="line-head">
      {side === "bot" ? <Icon name="bot" size={15} /> : null}
      {side === "note" ? (
        <span className="note-word">
          <Icon name="lock" size={13} /> {t("inbox.noteWord")}
        </span>
      ) : null}
      <span className="line-name">{names[side]}</span>
      <Time at={message.createdAt} style="clock" />
    </span>
  );
}

function NoticeLine({ message }: { message: Message }) {
  const { t } = useTranslation();
  const memberName = useMemberName();
  if (message.content.kind !== "notice") return null;
  return (
    <div className="line-notice">
      <span>{noticeText(message.content, t, memberName)}</span> <Time at={message.createdAt} style="clock" />
    </div>
  );
}
