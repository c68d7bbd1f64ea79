// Above the list of conversations: how many questions the bot has. Opens them; nothing where there is none.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { SideDrawer } from "../../../components/lazy-antd.tsx";
import { useCan } from "../../../live/session.ts";
import { QuestionList } from "./QuestionList.tsx";
import { useQuestions, useTyped } from "./use-questions.ts";
import "./questions.css";

const drawerWidth = 460;

export function QuestionsButton() {
  const { t } = useTranslation();
  const questions = useQuestions();
  const typed = useTyped();
  const mayKeep = useCan("knowledge-write");
  const [isOpen, setOpen] = useState(false);
  const [hasOpened, setOpened] = useState(false);
  const open = questions.data?.open ?? [];
  const toKeep = mayKeep ? (questions.data?.answered.length ?? 0) : 0;
  const isShown = open.length > 0 || toKeep > 0 || typed.size > 0;
  const isForMe = open.some((one) => one.isForMe);
  return (
    <>
      {isShown ? (
        <button
          type="button"
          className={isForMe ? "plain questions-button questions-mine" : "plain questions-button"}
          onClick={() => {
            setOpened(true);
            setOpen(true);
          }}
        >
          <Icon name="bot" size={17} />
          <span className="ellipsis">
            {open.length > 0
              ? t("colleague.open", { count: open.length })
              : typed.size > 0
                ? t("colleague.late")
                : t("colleague.kept", { count: toKeep })}
          </span>
          <Icon name="forward" size={15} />
        </button>
      ) : null}
      <span className="visually-hidden" role="status">
        {open.length > 0 ? t("colleague.open", { count: open.length }) : ""}
      </span>
      {hasOpened ? (
        <SideDrawer
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          width={drawerWidth}
          title={t("colleague.title")}
        >
          <QuestionList onLeave={() => setOpen(false)} />
        </SideDrawer>
      ) : null}
    </>
  );
}
