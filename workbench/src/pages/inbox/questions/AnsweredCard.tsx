// A reply that may become knowledge: one click, or after its words were changed; never by itself.
import type { ColleagueQuestion, KeepReply } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button.tsx";
import { Field } from "../../../components/Field.tsx";
import { TextArea, TextField } from "../../../components/TextField.tsx";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { keep } from "./use-questions.ts";

export function AnsweredCard({ question: asked }: { question: ColleagueQuestion }) {
  const { t } = useTranslation();
  const act = useAct();
  const [isEdited, setEdited] = useState(false);
  const { blanks } = asked;
  const [question, setQuestion] = useState(asked.question);
  const [answer, setAnswer] = useState(asked.reply ?? "");
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(blanks.map(({ key }) => [key, blanks.length === 1 ? (asked.reply ?? "") : ""])),
  );
  const save = (body: KeepReply, doneText?: string) =>
    act.run(async () => {
      const { keptAs } = await keep(asked.id, body);
      showToast("success", doneText ?? t(keptAs === "draft" ? "colleague.savedDraft" : "colleague.savedFaq"));
    });
  const filled = Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, value.trim()] as const)
      .filter(([, value]) => value !== ""),
  );
  const isBlank = blanks.length > 0;
  return (
    <li className="question">
      <p className="question-text">{asked.question}</p>
      <p>
        <span className="soft">
          {asked.repliedBy
            ? t("colleague.answeredBy", { name: asked.repliedBy })
            : t("colleague.answeredBySomebody")}
        </span>{" "}
        {asked.reply}
      </p>
      {isBlank ? (
        blanks.map((blank) => (
          <BlankField
            key={blank.key}
            blank={blank}
            value={values[blank.key] ?? ""}
            onChange={(value) => setValues((before) => ({ ...before, [blank.key]: value }))}
          />
        ))
      ) : isEdited ? (
        <>
          <Field label={t("colleague.question")}>
            {(control) => (
              <TextField
                {...control}
                maxLength={500}
                value={question}
                onChange={({ target }) => setQuestion(target.value)}
              />
            )}
          </Field>
          <Field label={t("colleague.answer")}>
            {(control) => (
              <TextArea
                {...control}
                rows={2}
                maxLength={1_000}
                value={answer}
                onChange={({ target }) => setAnswer(target.value)}
              />
            )}
          </Field>
        </>
      ) : null}
      <div className="question-ways">
        <Button
          look="text"
          disabled={act.isBusy}
          onClick={() => void save({ as: "none" }, t("colleague.keptNothing"))}
        >
          {t("colleague.keepNothing")}
        </Button>
        {isBlank || isEdited ? null : (
          <Button disabled={act.isBusy} onClick={() => setEdited(true)}>
            {t("colleague.edit")}
          </Button>
        )}
        {isBlank ? (
          <Button
            look="primary"
            isBusy={act.isBusy}
            disabled={Object.keys(filled).length === 0}
            onClick={() => void save({ as: "blanks", values: filled }, t("colleague.filled"))}
          >
            {t("colleague.fillBlank")}
          </Button>
        ) : (
          <Button
            look="primary"
            isBusy={act.isBusy}
            disabled={question.trim() === "" || answer.trim() === ""}
            onClick={() => void save({ as: "faq", question, answer })}
          >
            {t("colleague.saveFaq")}
          </Button>
        )}
      </div>
    </li>
  );
}

type BlankProps = {
  blank: ColleagueQuestion["blanks"][number];
  value: string;
  onChange: (value: string) => void;
};

function BlankField({ blank: { label, labelEn }, value, onChange }: BlankProps) {
  const { i18n } = useTranslation();
  return (
    <Field label={i18n.language === "en" ? labelEn || label : label}>
      {(control) => (
        <TextField
          {...control}
          maxLength={500}
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
