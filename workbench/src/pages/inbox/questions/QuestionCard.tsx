// One question that waits: what was said, how long there is, one line to reply with, or the two ways out.
import { type ColleagueQuestion, longestColleagueReply } from "@yingda/contract";
import { type KeyboardEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, routes } from "../../../api.ts";
import { Button } from "../../../components/Button.tsx";
import { errorText } from "../../../components/error-text.ts";
import { TextArea } from "../../../components/TextField.tsx";
import { clockSpan } from "../../../components/time-words.ts";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { useNow } from "../../../live/clock.ts";
import { useCan } from "../../../live/session.ts";
import { actOn } from "../actions/use-actions.ts";
import { isSend } from "../composer/send-keys.ts";
import { useContactName } from "../names.ts";
import { useAddress } from "../use-address.ts";
import { handOver, replyTo, setTyped, useTyped } from "./use-questions.ts";

type Props = { question: ColleagueQuestion; onLeave: () => void };

/** Refusals that ask for other words; anything else is a toast. */
const aboutWords = ["colleague-question/word-refused", "colleague-question/promise-refused"];

export function QuestionCard({ question, onLeave }: Props) {
  const { t } = useTranslation();
  const contactName = useContactName();
  const canReply = useCan("conversations-reply");
  const now = useNow(1_000);
  // the clock here moves by whole seconds and may be a little behind the server's
  const leftMs = Date.parse(question.dueAt) - Math.max(now, Date.parse(question.askedAt));
  return (
    <li className="question">
      <div className="question-head">
        <span className="soft ellipsis">
          {contactName(question.contact)} · {question.inboxName}
        </span>
        {question.isForMe ? <span className="question-mine">{t("colleague.forMe")}</span> : null}
        <span className={leftMs < 120_000 ? "question-left question-hurry number" : "question-left number"}>
          {leftMs > 0 ? t("colleague.left", { span: clockSpan(leftMs) }) : t("colleague.overdue")}
        </span>
      </div>
      <p className="question-text">{question.question}</p>
      <Missing question={question} />
      <Dialogue lines={question.lines} />
      {canReply ? <ReplyForm question={question} onLeave={onLeave} /> : null}
    </li>
  );
}

function Missing({ question: { missing, blanks } }: { question: ColleagueQuestion }) {
  const { t, i18n } = useTranslation();
  const isEnglish = i18n.language === "en";
  const names = blanks.map(({ label, labelEn }) => (isEnglish ? labelEn || label : label));
  const text =
    missing !== "blank"
      ? t(`colleague.missing.${missing}`)
      : names.length === 0
        ? t("colleague.missing.blankUnnamed")
        : t("colleague.missing.blank", { blanks: names.join(isEnglish ? ", " : "、") });
  return <p className="question-missing">{text}</p>;
}

function Dialogue({ lines }: Pick<ColleagueQuestion, "lines">) {
  const { t } = useTranslation();
  if (lines.length < 2) return null;
  return (
    <details className="question-dialogue">
      <summary>{t("colleague.dialogue")}</summary>
      <ul className="question-lines">
        {lines.map(({ author, text, at }) => (
          <li key={`${at}-${author}-${text.slice(0, 20)}`}>
            <span className="soft">{t(`colleague.who.${author}`)}</span> {text}
          </li>
        ))}
      </ul>
    </details>
  );
}

function ReplyForm({ question, onLeave }: Props) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const act = useAct();
  const hintId = useId();
  const text = useTyped().get(question.id)?.text ?? "";
  const [problem, setProblem] = useState<string | null>(null);
  const { conversationId } = question;
  const open = () => {
    onLeave();
    go({ conversationId, list: "mine", words: null, tag: null });
  };
  const send = () =>
    act.run(async () => {
      if (text.trim() === "") return;
      setProblem(null);
      try {
        await replyTo(question.id, text.trim());
        setTyped(question, "");
        showToast("success", t("colleague.sent"));
      } catch (error) {
        if (!(error instanceof ApiError) || !aboutWords.includes(error.code)) throw error;
        setProblem(`${errorText(error, t)} (${String(error.details.word)})`);
      }
    });
  const take = () =>
    act.run(async () => {
      await actOn(conversationId, () => call(routes.claim, { params: { id: conversationId }, body: {} }));
      setTyped(question, "");
      open();
    });
  const dontKnow = () =>
    act.run(async () => {
      await handOver(question.id);
      setTyped(question, "");
    }, t("colleague.handedOver"));
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, ctrlKey, metaKey, altKey, nativeEvent } = event;
    const { isComposing, keyCode } = nativeEvent;
    if (!isSend({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing, keyCode }, "enter")) return;
    event.preventDefault();
    if (!act.isBusy) void send();
  };
  return (
    <form
      className="question-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <TextArea
        rows={2}
        mostRows={6}
        aria-label={t("colleague.replyLabel", { question: question.question })}
        aria-describedby={hintId}
        placeholder={t("colleague.placeholder")}
        maxLength={longestColleagueReply}
        value={text}
        onChange={({ target }) => setTyped(question, target.value)}
        onKeyDown={onKey}
      />
      <p
        id={hintId}
        className={problem ? "problem" : "question-hint"}
        {...(problem ? { role: "alert" } : {})}
      >
        {problem ?? t("colleague.replyHint")}
      </p>
      <div className="question-ways">
        <Button look="text" onClick={() => void dontKnow()} disabled={act.isBusy}>
          {t("colleague.dontKnow")}
        </Button>
        <Button onClick={() => void take()} disabled={act.isBusy}>
          {t("colleague.take")}
        </Button>
        <Button look="primary" type="submit" isBusy={act.isBusy} disabled={text.trim() === ""}>
          {t("colleague.send")}
        </Button>
      </div>
    </form>
  );
}
