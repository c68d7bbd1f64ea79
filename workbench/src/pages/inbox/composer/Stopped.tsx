/**
 * The traffic stop: somebody answered after what the writer had seen. Shows the newer replies beside the held one, and
 * asks: send anyway, go on writing, or drop it.
 */
import { type Conversation, type Message, textOf } from "@yingda/contract";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { Time } from "../../../components/Time.tsx";
import { discardSending, sendAnywayNow, useSending } from "../../../live/sending.ts";
import type { Sending } from "../../../live/sending-queue.ts";
import { useLive } from "../../../live/store.ts";
import { loadNewest } from "../thread/load-thread.ts";
import { getDraft, setDraft } from "./draft-text.ts";

const noMessages: readonly Message[] = [];

/** The replies that came after what the writer had seen. */
export function newerReplies(messages: readonly Message[], seenSeq: number): Message[] {
  return messages.filter((message) => message.kind === "outbound" && message.seq > seenSeq);
}

export function Stopped({ conversation }: { conversation: Conversation }) {
  const held = useSending(conversation.id).find((entry) => entry.state.kind === "stopped");
  return held ? <StoppedCard conversation={conversation} held={held} /> : null;
}

function StoppedCard({ conversation, held }: { conversation: Conversation; held: Sending }) {
  const { t } = useTranslation();
  const messages = useLive((view) => view.threads.get(conversation.id)) ?? noMessages;
  useEffect(() => {
    // The reply that stopped ours may not have reached this screen yet.
    void loadNewest(conversation.id).catch(() => undefined);
  }, [conversation.id]);
  if (held.what.kind !== "reply") return null;
  const own = textOf(held.what.content);
  const newer = newerReplies(messages, held.what.seenSeq ?? 0);
  const takeBack = () => {
    discardSending(held.clientMessageId);
    const draft = getDraft(conversation.id, "reply");
    setDraft(conversation.id, "reply", draft === "" ? own : `${own}\n${draft}`);
  };
  return (
    <div className="stopped" role="alertdialog" aria-label={t("inbox.stoppedTitle")}>
      <p className="stopped-title">
        <Icon name="warning" size={17} /> {t("inbox.stoppedTitle")}
      </p>
      <div className="stopped-sides">
        <div>
          <h3>{t("inbox.stoppedTheirs")}</h3>
          {newer.map((message) => (
            <blockquote key={message.id}>
              <span className="soft">
                {message.author.name ?? t("inbox.bot")} <Time at={message.createdAt} style="clock" />
              </span>
              <span>{message.content.kind === "notice" ? "" : textOf(message.content)}</span>
            </blockquote>
          ))}
        </div>
        <div>
          <h3>{t("inbox.stoppedOwn")}</h3>
          <blockquote>
            <span>{own}</span>
          </blockquote>
        </div>
      </div>
      <div className="stopped-ways">
        <Button size="small" look="primary" onClick={() => sendAnywayNow(held.clientMessageId)}>
          {t("inbox.sendAnyway")}
        </Button>
        <Button size="small" onClick={takeBack}>
          {t("inbox.takeBack")}
        </Button>
        <Button size="small" look="text" onClick={() => discardSending(held.clientMessageId)}>
          {t("inbox.discard")}
        </Button>
      </div>
    </div>
  );
}
