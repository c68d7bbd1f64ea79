// Labelled controls of the forms about tools: a line, lines, one of a few.
import { Input, Select } from "antd";
import type { ReactNode } from "react";
import { Field } from "../../components/Field.tsx";

type TextProps = {
  label: string;
  value: string;
  hint?: ReactNode;
  problem?: string | null;
  onChange: (value: string) => void;
};

export function TextLine({ label, value, hint, problem = null, onChange }: TextProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => <Input {...control} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  );
}

export function TextLines({ label, value, hint, problem = null, onChange }: TextProps) {
  return (
    <Field label={label} hint={hint} problem={problem}>
      {(control) => (
        <Input.TextArea
          {...control}
          className="tool-lines"
          rows={3}
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

export function Secret({ label, value, hint, onChange }: TextProps) {
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Input.Password
          {...control}
          autoComplete="off"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

type ChooseProps<Value extends string> = {
  label: string;
  value: Value;
  values: readonly Value[];
  hint?: ReactNode;
  nameOf?: (value: Value) => string;
  onChange: (value: Value) => void;
};

export function Choose<Value extends string>(props: ChooseProps<Value>) {
  const { label, value, values, hint, nameOf = String, onChange } = props;
  return (
    <Field label={label} hint={hint}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={values.map((each) => ({ value: each, label: nameOf(each) }))}
          onChange={(next: Value) => onChange(next)}
        />
      )}
    </Field>
  );
}
