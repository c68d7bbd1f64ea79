// A reply that was typed and came too late: somebody was faster, or the time is up. It can still be sent as one's own message.
import type { ColleagueQuestion } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Button } from "../../../components/Button.tsx";
import { TextArea } from "../../../components/TextField.tsx";
import { useAct } from "../../../components/use-act.ts";
import { useAddress } from "../use-address.ts";
import { setTyped } from "./use-questions.ts";

type Props = { question: ColleagueQuestion; text: string; onLeave: () => void };

export function LateCard({ question, text, onLeave }: Props) {
  const { t } = useTranslation();
  const { go } = useAddress();
  const act = useAct();
  // the same however often it is pressed
  const [clientMessageId] = useState(() => crypto.randomUUID());
  const id = question.conversationId;
  const leave = () => {
    setTyped(question, "");
    onLeave();
    go({ conversationId: id, list: "mine", words: null, tag: null });
  };
  const send = () =>
    act.run(async () => {
      const content = { kind: "text" as const, text: text.trim() };
      await call(routes.sendMessage, { params: { id }, body: { clientMessageId, content } });
      leave();
    }, t("colleague.sentAsMe"));
  return (
    <li className="question question-late">
      <p className="question-text">{question.question}</p>
      <p className="problem" role="alert">
        {t("colleague.tooLate")}
      </p>
      <TextArea
        rows={2}
        mostRows={6}
        aria-label={t("colleague.replyLabel", { question: question.question })}
        value={text}
        onChange={({ target }) => setTyped(question, target.value)}
      />
      <div className="question-ways">
        <Button look="text" onClick={() => setTyped(question, "")}>
          {t("colleague.discard")}
        </Button>
        <Button onClick={leave}>{t("colleague.see")}</Button>
        <Button look="primary" isBusy={act.isBusy} onClick={() => void send()}>
          {t("colleague.sendAsMe")}
        </Button>
      </div>
    </li>
  );
}
