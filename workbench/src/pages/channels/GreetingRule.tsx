// One greeting rule: for whom it is, and what they see instead of the general greeting.
import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import { hasCondition, hoursWishes, type RuleDraft, visitorWishes } from "./greeting-draft.ts";
import { MenuButtons } from "./MenuButtons.tsx";

export type GreetingRuleProps = {
  /** Its place, counted from 1. */
  place: number;
  rule: RuleDraft;
  onChange: (rule: RuleDraft) => void;
  onRemove: () => void;
  /** null: it is the first one. */
  onMoveUp: (() => void) | null;
};

const languages = [
  { text: "zh", suggestions: "suggestions", label: "chinese" },
  { text: "en", suggestions: "suggestionsEn", label: "english" },
] as const;

export function GreetingRule({ place, rule, onChange, onRemove, onMoveUp }: GreetingRuleProps) {
  const { t } = useTranslation();
  const set = (change: Partial<RuleDraft>) => onChange({ ...rule, ...change });
  const name = `${t("channelsPage.rule")} ${String(place)}`;
  const isGood = hasCondition(rule);
  return (
    <fieldset className="day-blocks">
      <legend>{name}</legend>
      <div className="fields">
        <Field
          label={t("channelsPage.rulePath")}
          hint={t("channelsPage.rulePathHint")}
          problem={isGood ? null : t("channelsPage.ruleNeedsCondition")}
        >
          {(control) => (
            <Input
              {...control}
              placeholder="/product/"
              maxLength={200}
              value={rule.path}
              onChange={(event) => set({ path: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("channelsPage.ruleParameter")} hint={t("channelsPage.ruleParameterHint")}>
          {(control) => (
            <div className="row-line">
              <Input
                {...control}
                placeholder="table"
                maxLength={50}
                style={{ flex: 1, minInlineSize: 80 }}
                value={rule.parameter}
                onChange={(event) => set({ parameter: event.target.value })}
              />
              <Input
                aria-label={`${name} ${t("channelsPage.paramValue")}`}
                placeholder="8"
                maxLength={200}
                style={{ flex: 1, minInlineSize: 80 }}
                value={rule.value}
                onChange={(event) => set({ value: event.target.value })}
              />
            </div>
          )}
        </Field>
        <Field label={t("channelsPage.ruleSource")} hint={t("channelsPage.ruleSourceHint")}>
          {(control) => (
            <Input
              {...control}
              placeholder="wechat"
              maxLength={100}
              value={rule.source}
              onChange={(event) => set({ source: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("channelsPage.ruleHours")}>
          {(control) => (
            <Select
              id={control.id}
              value={rule.hours}
              onChange={(hours) => set({ hours })}
              options={hoursWishes.map((value) => ({ value, label: t(`channelsPage.ruleHoursIs.${value}`) }))}
            />
          )}
        </Field>
        <Field label={t("channelsPage.ruleVisitor")}>
          {(control) => (
            <Select
              id={control.id}
              value={rule.visitor}
              onChange={(visitor) => set({ visitor })}
              options={visitorWishes.map((value) => ({
                value,
                label: t(`channelsPage.ruleVisitorIs.${value}`),
              }))}
            />
          )}
        </Field>
      </div>
      <div className="fields">
        {languages.map(({ text, label }) => (
          <Field key={text} label={`${t("channelsPage.greeting")} · ${t(`channelsPage.${label}`)}`}>
            {(control) => (
              <Input.TextArea
                {...control}
                className="grow"
                rows={2}
                maxLength={1_000}
                value={rule[text]}
                onChange={(event) => set({ [text]: event.target.value })}
              />
            )}
          </Field>
        ))}
        {languages.map(({ suggestions, label }) => (
          <Field key={suggestions} label={`${t("channelsPage.suggestions")} · ${t(`channelsPage.${label}`)}`}>
            {(control) => (
              <Input.TextArea
                {...control}
                className="grow"
                rows={2}
                value={rule[suggestions]}
                onChange={(event) => set({ [suggestions]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <MenuButtons
        name={`${name} ${t("channelsPage.menu")}`}
        buttons={rule.menu}
        onChange={(menu) => set({ menu })}
      />
      <div className="row-line row-line-end">
        {onMoveUp ? (
          <Button
            type="text"
            size="small"
            aria-label={`${t("channelsPage.ruleUp")} ${name}`}
            onClick={onMoveUp}
          >
            {t("channelsPage.ruleUp")}
          </Button>
        ) : null}
        <Button
          danger
          type="text"
          size="small"
          aria-label={`${t("common.remove")} ${name}`}
          onClick={onRemove}
        >
          {t("common.remove")}
        </Button>
      </div>
    </fieldset>
  );
}
