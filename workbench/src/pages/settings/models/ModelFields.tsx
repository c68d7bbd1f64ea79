// The fields of one large model: a service by name fills in the rest. The key is never shown again once it is saved.
import type { ModelPresetView } from "@yingda/contract";
import { AutoComplete, Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { type ModelFields as Fields, filledBy } from "./draft.ts";
import "./models.css";

export function ModelFields({
  fields,
  presets,
  hasKey,
  onChange,
}: {
  fields: Fields;
  presets: readonly ModelPresetView[];
  hasKey: boolean;
  onChange: (fields: Fields) => void;
}) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === "en" ? "en" : "zh";
  const preset = presets.find(({ name }) => name === fields.preset);
  const set = (change: Partial<Fields>) => onChange({ ...fields, ...change });
  return (
    <>
      <div className="fields">
        <Field label={t("models.service")} hint={preset?.isLocal ? t("models.localHint") : undefined}>
          {(control) => (
            <Select
              {...control}
              value={fields.preset}
              options={presets.map(({ name, title }) => ({ value: name, label: title[language] }))}
              onChange={(name) => {
                const chosen = presets.find((one) => one.name === name);
                if (chosen) onChange(filledBy(chosen, fields.key));
              }}
            />
          )}
        </Field>
        <Field label={t("models.model")} hint={t("models.modelHint")}>
          {(control) => (
            <AutoComplete
              {...control}
              value={fields.model}
              options={(preset?.exampleModels ?? []).map((value) => ({ value }))}
              onChange={(model) => set({ model })}
            />
          )}
        </Field>
      </div>
      <Field
        label={t("models.key")}
        hint={
          hasKey ? (
            t("models.keyKept")
          ) : preset?.keyPage ? (
            <a href={preset.keyPage} target="_blank" rel="noreferrer">
              {t("models.keyPage")}
            </a>
          ) : (
            t("models.keyOptional")
          )
        }
      >
        {(control) => (
          <Input.Password
            {...control}
            maxLength={500}
            autoComplete="off"
            value={fields.key}
            onChange={(event) => set({ key: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t("models.baseUrl")}
        hint={
          preset?.baseUrlAbroad && fields.baseUrl !== preset.baseUrlAbroad ? (
            <Button
              type="link"
              size="small"
              className="models-abroad"
              onClick={() => set({ baseUrl: preset.baseUrlAbroad ?? "" })}
            >
              {t("models.abroad")}
            </Button>
          ) : undefined
        }
      >
        {(control) => (
          <Input
            {...control}
            inputMode="url"
            maxLength={500}
            value={fields.baseUrl}
            onChange={(event) => set({ baseUrl: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
