// Other answers to the same question: for whom and when, then what is said instead.
import { channels, type FaqVariant, type FaqWindow, variantLanguages } from "@yingda/contract";
import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { ContentsField } from "./ContentsField.tsx";
import { clockOf, isWhole, minuteOf, newVariant } from "./form.ts";

type Props = { value: FaqVariant[]; onChange: (next: FaqVariant[]) => void };
const mostVariants = 20;
const noWindow: FaqWindow = {
  fromOn: null,
  untilOn: null,
  weekdays: [],
  fromMinute: null,
  untilMinute: null,
};
const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

export function VariantsField({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <div className="faq-contents">
      <p className="field-hint">{t("faqWork.more.variantsHint")}</p>
      {value.map((variant, at) => (
        <fieldset key={String(at)} className="faq-part">
          <legend>{t("faqWork.more.variant", { number: at + 1 })}</legend>
          <VariantFields
            variant={variant}
            onChange={(next) => onChange(value.map((one, other) => (other === at ? next : one)))}
          />
          {isWhole(variant) ? null : <p className="problem">{t("faqWork.more.needsCondition")}</p>}
          <div className="row-line row-line-end">
            <Button
              type="text"
              size="small"
              icon={<Icon name="trash" size={16} />}
              onClick={() => onChange(value.filter((_, other) => other !== at))}
            >
              {t("common.remove")}
            </Button>
          </div>
        </fieldset>
      ))}
      <Button
        disabled={value.length >= mostVariants}
        icon={<Icon name="plus" size={16} />}
        onClick={() => onChange([...value, newVariant])}
      >
        {t("faqWork.more.addVariant")}
      </Button>
    </div>
  );
}

type OneProps = { variant: FaqVariant; onChange: (next: FaqVariant) => void };

function VariantFields({ variant, onChange }: OneProps) {
  const { t } = useTranslation();
  const set = (change: Partial<FaqVariant>) => onChange({ ...variant, ...change });
  const text = (label: string, key: "answer" | "answerEn" | "spoken" | "spokenEn", lang?: "en") => (
    <Field label={label}>
      {(control) => (
        <Input.TextArea
          {...control}
          className="grow"
          lang={lang}
          rows={2}
          maxLength={4_000}
          value={variant[key]}
          onChange={(event) => set({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <>
      <div className="fields">
        <Field label={t("faqWork.more.contactTags")}>
          {({ id }) => (
            <Select
              id={id}
              mode="tags"
              open={false}
              suffixIcon={null}
              value={variant.contactTags}
              onChange={(contactTags) => set({ contactTags })}
            />
          )}
        </Field>
        <Field label={t("faqWork.more.channels")}>
          {({ id }) => (
            <Select
              id={id}
              mode="multiple"
              value={variant.channels}
              onChange={(next) => set({ channels: next })}
              options={channels.map((name) => ({ value: name, label: t(`channels.${name}`) }))}
            />
          )}
        </Field>
        <Field label={t("faqWork.more.languages")}>
          {({ id }) => (
            <Select
              id={id}
              mode="multiple"
              value={variant.languages}
              onChange={(languages) => set({ languages })}
              options={variantLanguages.map((name) => ({
                value: name,
                label: t(`faqWork.more.languageNames.${name}`),
              }))}
            />
          )}
        </Field>
      </div>
      <WindowFields window={variant.window} onChange={(window) => set({ window })} />
      {text(t("knowledge.answer"), "answer")}
      <details>
        <summary>{t("faqWork.more.otherTexts")}</summary>
        {text(t("knowledge.answerEn"), "answerEn", "en")}
        {text(t("faqWork.more.spoken"), "spoken")}
        {text(t("faqWork.more.spokenEn"), "spokenEn", "en")}
      </details>
      <ContentsField value={variant.contents} onChange={(contents) => set({ contents })} />
    </>
  );
}

function WindowFields({
  window,
  onChange,
}: {
  window: FaqWindow | null;
  onChange: (next: FaqWindow | null) => void;
}) {
  const { t } = useTranslation();
  const now = window ?? noWindow;
  const set = (change: Partial<FaqWindow>) => {
    const next = { ...now, ...change };
    const isEmpty = JSON.stringify(next) === JSON.stringify(noWindow);
    onChange(isEmpty ? null : next);
  };
  const dayField = (label: string, key: "fromOn" | "untilOn") => (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="date"
          value={now[key] ?? ""}
          onChange={(event) => set({ [key]: event.target.value || null })}
        />
      )}
    </Field>
  );
  const timeField = (label: string, key: "fromMinute" | "untilMinute") => (
    <Field label={label}>
      {(control) => (
        <Input
          {...control}
          type="time"
          value={clockOf(now[key])}
          onChange={(event) => set({ [key]: minuteOf(event.target.value, key === "untilMinute") })}
        />
      )}
    </Field>
  );
  return (
    <div className="fields">
      {dayField(t("faqWork.more.fromOn"), "fromOn")}
      {dayField(t("faqWork.more.untilOn"), "untilOn")}
      {timeField(t("faqWork.more.fromTime"), "fromMinute")}
      {timeField(t("faqWork.more.untilTime"), "untilMinute")}
      <Field label={t("faqWork.more.weekdays")}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            value={now.weekdays}
            onChange={(next) => set({ weekdays: next.toSorted((a, b) => a - b) })}
            options={weekdays.map((day, at) => ({ value: at + 1, label: t(`faqWork.more.days.${day}`) }))}
          />
        )}
      </Field>
    </div>
  );
}
