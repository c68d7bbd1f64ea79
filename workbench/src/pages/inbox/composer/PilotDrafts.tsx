// What the bot on trial would say to the lines that nobody has answered, above the reply box: to be used, sent, put away, or
// called wrong. Local and free; nothing goes out by itself.
import { useQuery } from "@tanstack/react-query";
import { type BotDraft, type Conversation, type DraftMark, textOf } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Button } from "../../../components/Button.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { PopMenu } from "../../../components/PopMenu.tsx";
import { useUndo } from "../../../components/use-undo.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { sendSoon } from "../../../live/sending.ts";
import "./model-help.css";

type Props = { conversation: Conversation; seenSeq: number; onUse: (text: string) => void };

export function PilotDrafts({ conversation, seenSeq, onUse }: Props) {
  const { t } = useTranslation();
  const { id, status, handler } = conversation;
  const isServed = status !== "resolved" && (handler.kind === "agent" || handler.kind === "queue");
  const drafts = useQuery({
    queryKey: queryKeys.botDrafts(id),
    queryFn: ({ signal }) => call(routes.listBotDrafts, { params: { id }, signal }),
    enabled: isServed,
  });
  if (!isServed || !drafts.data || drafts.data.length === 0) return null;
  return (
    <section className="pilot-drafts" aria-label={t("pilot.card.title")}>
      {drafts.data.map((draft) => (
        <Card
          key={draft.id}
          draft={draft}
          isOnly={drafts.data.length === 1}
          onUse={onUse}
          onSend={() => {
            for (const content of draft.contents) sendSoon(id, { kind: "reply", content, seenSeq });
          }}
        />
      ))}
    </section>
  );
}

type CardProps = { draft: BotDraft; isOnly: boolean; onUse: (text: string) => void; onSend: () => void };

function Card({ draft, isOnly, onUse, onSend }: CardProps) {
  const { t } = useTranslation();
  const judge = useJudge(draft);
  /** The card goes when the server has told of it; a second press before that must not send it again. */
  const [isSent, setSent] = useState(false);
  const send = () => {
    setSent(true);
    onSend();
  };
  const text = draft.contents.flatMap((one) => (one.kind === "text" ? [textOf(one)] : [])).join("\n");
  const others = draft.contents.filter(({ kind }) => kind !== "text").length;
  const isPerson = draft.route === "person";
  return (
    <article className="model-help-card pilot-card">
      <div className="pilot-card-head">
        <Icon name="bot" size={15} />
        <strong>
          {isPerson
            ? t("pilot.card.person", { reason: t(`inbox.reasons.${draft.reason ?? "no-answer"}`) })
            : t(`pilot.card.${draft.route}`)}
        </strong>
        {draft.route === "answer" && draft.confidence > 0 ? (
          <span className="soft">
            {t("pilot.card.confidence", { percent: Math.round(draft.confidence * 100) })}
          </span>
        ) : null}
      </div>
      {isOnly ? null : <p className="soft pilot-asked">{t("pilot.card.about", { asked: draft.asked })}</p>}
      {text === "" ? null : <p className="model-help-text">{text}</p>}
      {others > 0 ? <p className="soft">{t("pilot.card.more", { count: others })}</p> : null}
      {draft.source === null || isPerson ? null : (
        <p className="soft">{t("pilot.card.source", { title: draft.source })}</p>
      )}
      <div className="row-line">
        {isPerson ? null : (
          <>
            {text === "" ? null : (
              <Button size="small" look="primary" onClick={() => onUse(text)}>
                {t("pilot.card.use")}
              </Button>
            )}
            <Button size="small" disabled={isSent} onClick={send}>
              {t("pilot.card.send")}
            </Button>
          </>
        )}
        <Button size="small" look="text" onClick={judge.dismiss}>
          {t("pilot.card.dismiss")}
        </Button>
        <PopMenu
          label={t("pilot.card.wrong")}
          side="above"
          items={(isPerson ? (["route"] as const) : (["answer", "route"] as const)).map((mark) => ({
            kind: "item",
            key: mark,
            label: t(
              mark === "answer"
                ? "pilot.card.wrongAnswer"
                : isPerson
                  ? "pilot.card.wrongCould"
                  : "pilot.card.wrongToPerson",
            ),
            run: () => judge.mark(mark),
          }))}
        >
          {(button) => (
            <Button size="small" look="text" {...button}>
              {t("pilot.card.wrong")}
            </Button>
          )}
        </PopMenu>
      </div>
    </article>
  );
}

function useJudge({ id, conversationId }: BotDraft) {
  const { t } = useTranslation();
  const undoable = useUndo();
  const change = async (body: { isDismissed?: boolean; mark?: DraftMark | null }) => {
    await call(routes.judgeBotDraft, { params: { id }, body });
    await queryClient.invalidateQueries({ queryKey: queryKeys.botDrafts(conversationId) });
  };
  return {
    dismiss: () =>
      void undoable({
        doneText: t("pilot.card.dismissed"),
        act: () => change({ isDismissed: true }),
        undo: () => change({ isDismissed: false }),
      }),
    mark: (mark: DraftMark) =>
      void undoable({
        doneText: t("pilot.card.marked"),
        act: () => change({ mark }),
        undo: () => change({ mark: null }),
      }),
  };
}
