// Answers for a tool that a trial asks: the fields it gives, or that it could not.
import { useQuery } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { flowToolsQuery } from "../flow-queries.ts";

const failures = ["not-found", "refused", "unavailable", "not-done"] as const;

type Answer = { fields: Record<string, unknown> } | { fails: (typeof failures)[number] };
type ToolProps = { tool: string; onAnswer: (answer: Answer) => void; isBusy: boolean };

export function TrialTool({ tool, onAnswer, isBusy }: ToolProps) {
  const { t } = useTranslation();
  const tools = useQuery(flowToolsQuery).data;
  const [values, setValues] = useState<Record<string, string>>({});
  const known = tools?.find(({ name }) => name === tool);
  const answer = () =>
    onAnswer({
      fields: Object.fromEntries(
        Object.entries(values)
          .filter(([, text]) => text !== "")
          .map(([name, text]) => [name, readAnswer(text)]),
      ),
    });
  return (
    <section className="flow-option" aria-label={t("flows.trial.tool", { tool })}>
      <p>{t("flows.trial.toolAsks", { tool })}</p>
      {(known?.output ?? []).map((field) => (
        <Field key={field} label={field}>
          {(control) => (
            <Input
              {...control}
              size="small"
              value={values[field] ?? ""}
              onChange={(event) => setValues({ ...values, [field]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div className="row-line">
        <Button size="small" type="primary" loading={isBusy} onClick={answer}>
          {t("flows.trial.toolAnswer")}
        </Button>
        {failures.map((fails) => (
          <Button key={fails} size="small" disabled={isBusy} onClick={() => onAnswer({ fails })}>
            {t(`flows.trial.toolFails.${fails}`)}
          </Button>
        ))}
      </div>
    </section>
  );
}

/** true, numbers and JSON as what they are; all else as words. */
function readAnswer(text: string): unknown {
  const isPlain = /^(?:true|false|-?\d{1,9}(?:\.\d{1,4})?|[[{].*)$/s.test(text);
  if (!isPlain) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
