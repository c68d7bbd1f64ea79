// A rule of a policy to change in place: the bounds of its conditions, what is said, what is cited.
import type { PolicySource } from "@yingda/contract";
import { Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { useLanguage } from "./use-language.ts";

type Rule = PolicySource["rules"][number];
type Condition = Rule["when"][number];
type PolicyInput = PolicySource["inputs"][number];
type Outcome = Pick<Rule, "outcome" | "words" | "cites">;

const ranges = ["daysSince", "monthsSince", "on", "amount", "number"] as const;
const bounds = ["from", "above", "to", "below"] as const;
const lists = ["in", "notIn"] as const;

type RuleProps = {
  number: number;
  rule: Rule;
  inputs: readonly PolicyInput[];
  canWrite: boolean;
  onChange: (rule: Rule) => void;
};

export function RuleCard({ number, rule, inputs, canWrite, onChange }: RuleProps) {
  const { t } = useTranslation();
  return (
    <fieldset className="policy-rule">
      <legend>{t("knowledge.policies.rule", { count: number })}</legend>
      {rule.when.map((condition, at) => (
        <ConditionLine
          // a rule may hold two conditions on one input, and none is moved here
          key={`${condition.input} ${Object.keys(condition).join(" ")}`}
          condition={condition}
          input={inputs.find(({ key }) => key === condition.input)}
          canWrite={canWrite}
          onChange={(next) =>
            onChange({ ...rule, when: rule.when.map((one, place) => (place === at ? next : one)) })
          }
        />
      ))}
      <OutcomeFields
        outcome={rule}
        canWrite={canWrite}
        onChange={(outcome) => onChange({ ...rule, ...outcome })}
      />
    </fieldset>
  );
}

type ConditionProps = {
  condition: Condition;
  input: PolicyInput | undefined;
  canWrite: boolean;
  onChange: (condition: Condition) => void;
};

function ConditionLine({ condition, input, canWrite, onChange }: ConditionProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const called = input?.called[language] ?? condition.input;
  return (
    <div className="row-line policy-condition">
      {ranges.map((measure) => {
        const range = condition[measure];
        if (range === undefined) return null;
        const label = t(`knowledge.policies.measures.${measure}`, { called });
        return (
          <span className="row-line" key={measure}>
            <span>{label}</span>
            {bounds.map((bound) => {
              const value = range[bound];
              if (value === undefined) return null;
              const name = `${label} ${t(`knowledge.policies.bounds.${bound}`)}`;
              const write = (next: number | string) =>
                onChange({ ...condition, [measure]: { ...range, [bound]: next } });
              return (
                <span className="row-line" key={bound}>
                  <span className="soft">{t(`knowledge.policies.bounds.${bound}`)}</span>
                  {typeof value === "number" ? (
                    <InputNumber
                      aria-label={name}
                      min={0}
                      readOnly={!canWrite}
                      value={value}
                      onChange={(next) => (next === null ? undefined : write(next))}
                    />
                  ) : (
                    <Input
                      aria-label={name}
                      className="policy-bound"
                      readOnly={!canWrite}
                      value={value}
                      onChange={(event) => write(event.target.value)}
                    />
                  )}
                </span>
              );
            })}
          </span>
        );
      })}
      {lists.map((list) => {
        const chosen = condition[list];
        if (chosen === undefined) return null;
        const label = t(`knowledge.policies.measures.${list}`, { called });
        return (
          <span className="row-line policy-list" key={list}>
            <span>{label}</span>
            <Select
              aria-label={label}
              mode={input !== undefined && "choices" in input ? "multiple" : "tags"}
              className="policy-places"
              disabled={!canWrite}
              value={chosen}
              options={
                input !== undefined && "choices" in input
                  ? input.choices.map((choice) => ({ value: choice.key, label: choice.called[language] }))
                  : chosen.map((place) => ({ value: place, label: place }))
              }
              onChange={(next: string[]) => onChange({ ...condition, [list]: next })}
            />
          </span>
        );
      })}
    </div>
  );
}

type OutcomeProps = { outcome: Outcome; canWrite: boolean; onChange: (outcome: Outcome) => void };

export function OutcomeFields({ outcome, canWrite, onChange }: OutcomeProps) {
  const { t } = useTranslation();
  const text = (part: "words" | "cites", language: "zh" | "en", label: string) => (
    <Field label={label}>
      {(control) => (
        <Input.TextArea
          {...control}
          className="policy-words"
          rows={2}
          maxLength={500}
          readOnly={!canWrite}
          value={outcome[part][language]}
          onChange={(event) =>
            onChange({
              outcome: outcome.outcome,
              words: outcome.words,
              cites: outcome.cites,
              [part]: { ...outcome[part], [language]: event.target.value },
            })
          }
        />
      )}
    </Field>
  );
  return (
    <>
      {text("words", "zh", t("knowledge.policies.answer"))}
      {text("cites", "zh", t("knowledge.policies.cites"))}
      {text("words", "en", t("knowledge.policies.answerEn"))}
      {text("cites", "en", t("knowledge.policies.citesEn"))}
    </>
  );
}
