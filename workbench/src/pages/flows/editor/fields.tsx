// The small controls of the forms. Text is taken over when the field is left, so that one text is one step back.
import type { FlowWords } from "@yingda/contract";
import { Button, Input, InputNumber } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import type { Both } from "../use-flow-name.ts";

type TextProps = {
  label: string;
  hint?: string;
  value: string;
  rows?: number;
  isReadOnly: boolean;
  onChange: (text: string) => void;
};

/** A text of one or more lines. */
export function TextInput({ label, hint, value, rows = 1, isReadOnly, onChange }: TextProps) {
  const leave = (text: string) => {
    if (text !== value) onChange(text);
  };
  return (
    <Field label={label} hint={hint}>
      {(control) =>
        rows === 1 ? (
          <Input
            {...control}
            key={value}
            defaultValue={value}
            readOnly={isReadOnly}
            maxLength={1_000}
            onBlur={(event) => leave(event.target.value)}
            onPressEnter={(event) => leave(event.currentTarget.value)}
          />
        ) : (
          <Input.TextArea
            {...control}
            key={value}
            defaultValue={value}
            readOnly={isReadOnly}
            rows={rows}
            onBlur={(event) => leave(event.target.value)}
          />
        )
      }
    </Field>
  );
}

/** A number that may be left out. */
export function NumberInput({
  label,
  hint,
  value,
  min,
  max,
  isReadOnly,
  onChange,
}: {
  label: string;
  hint?: string;
  value: number | undefined;
  min?: number;
  max?: number;
  isReadOnly: boolean;
  onChange: (value: number | undefined) => void;
}) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <InputNumber
          {...control}
          {...(min === undefined ? {} : { min })}
          {...(max === undefined ? {} : { max })}
          value={value ?? null}
          readOnly={isReadOnly}
          onChange={(next) => onChange(next ?? undefined)}
          style={{ inlineSize: "100%" }}
        />
      )}
    </Field>
  );
}

/** The same words in Chinese and English. */
export function BothInput({
  label,
  hint,
  value,
  rows = 1,
  isReadOnly,
  onChange,
}: {
  label: string;
  hint?: string;
  value: Both;
  rows?: number;
  isReadOnly: boolean;
  onChange: (language: "zh" | "en", text: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className="flow-both">
      <legend>{label}</legend>
      {(["zh", "en"] as const).map((language) => (
        <TextInput
          key={language}
          label={t(`flows.step.${language}`)}
          value={value[language]}
          rows={rows}
          isReadOnly={isReadOnly}
          onChange={(text) => onChange(language, text)}
        />
      ))}
      {hint === undefined ? null : <p className="field-hint">{hint}</p>}
    </fieldset>
  );
}

/** What the bot says, with other words for the phone where somebody wants them. */
export function WordsInput({
  label,
  hint,
  value,
  isReadOnly,
  onSet,
}: {
  label: string;
  hint?: string;
  value: FlowWords;
  isReadOnly: boolean;
  /** Path within the words. */
  onSet: (path: string[], value: unknown) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <BothInput
        label={label}
        {...(hint === undefined ? {} : { hint })}
        value={value}
        rows={2}
        isReadOnly={isReadOnly}
        onChange={(language, text) => onSet([language], text)}
      />
      {value.spoken !== undefined ? (
        <>
          <BothInput
            label={t("flows.step.spoken")}
            value={value.spoken}
            rows={2}
            isReadOnly={isReadOnly}
            onChange={(language, text) => onSet(["spoken", language], text)}
          />
          {isReadOnly ? null : (
            <Button size="small" onClick={() => onSet(["spoken"], undefined)}>
              {t("common.remove")}
            </Button>
          )}
        </>
      ) : isReadOnly ? null : (
        <Button
          type="link"
          size="small"
          className="flow-spoken"
          onClick={() => onSet(["spoken"], { zh: value.zh, en: value.en })}
        >
          {t("flows.step.spoken")}
        </Button>
      )}
    </>
  );
}

/** "退货，寄回" or "return, send back" as a list. */
export function wordsOf(text: string): string[] {
  return text
    .split(/[,，、\n]/u)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
