// The bot's questions in their order: what came too late, what waits, what may become knowledge.
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useCan } from "../../../live/session.ts";
import { AnsweredCard } from "./AnsweredCard.tsx";
import { LateCard } from "./LateCard.tsx";
import { QuestionCard } from "./QuestionCard.tsx";
import { useQuestions, useTyped } from "./use-questions.ts";

export function QuestionList({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const questions = useQuestions();
  const typed = useTyped();
  const mayKeep = useCan("knowledge-write");
  if (questions.isPending) return <RowSkeletons count={3} />;
  if (questions.error) return <ErrorState error={questions.error} onRetry={questions.refetch} />;
  const { open, answered } = questions.data;
  const late = [...typed.values()].filter(({ question }) => !open.some(({ id }) => id === question.id));
  const toKeep = mayKeep ? answered : [];
  if (open.length + late.length + toKeep.length === 0)
    return <EmptyState icon="check" title={t("colleague.empty")} text={t("colleague.emptyText")} />;
  return (
    <div className="questions">
      {open.length > 0 ? <p className="soft">{t("colleague.lead")}</p> : null}
      <ul className="questions-list">
        {late.map(({ question, text }) => (
          <LateCard key={question.id} question={question} text={text} onLeave={onLeave} />
        ))}
        {open.map((question) => (
          <QuestionCard key={question.id} question={question} onLeave={onLeave} />
        ))}
      </ul>
      {toKeep.length > 0 ? (
        <>
          <h3 className="questions-title">{t("colleague.answered")}</h3>
          <ul className="questions-list">
            {toKeep.map((question) => (
              <AnsweredCard key={question.id} question={question} />
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
