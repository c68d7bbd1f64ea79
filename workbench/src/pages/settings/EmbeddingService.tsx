// The fields of an embedding service. The key is never shown again once it is saved.
import { Input } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";

export type ServiceFields = { baseUrl: string; model: string; key: string; dimensions: string };

export function EmbeddingService({
  fields,
  hasKey,
  onChange,
}: {
  fields: ServiceFields;
  hasKey: boolean;
  onChange: (fields: ServiceFields) => void;
}) {
  const { t } = useTranslation();
  const set = (change: Partial<ServiceFields>) => onChange({ ...fields, ...change });
  return (
    <div className="embedding-part">
      <Field label={t("settings.embedding.baseUrl")} hint={t("settings.embedding.baseUrlHint")}>
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
      <div className="fields">
        <Field label={t("settings.embedding.model")}>
          {(control) => (
            <Input
              {...control}
              maxLength={200}
              autoComplete="off"
              value={fields.model}
              onChange={(event) => set({ model: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("settings.embedding.dimensions")} hint={t("settings.embedding.dimensionsHint")}>
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              maxLength={5}
              value={fields.dimensions}
              onChange={(event) => set({ dimensions: event.target.value.replace(/\D/g, "") })}
            />
          )}
        </Field>
      </div>
      <Field label={t("settings.embedding.key")} hint={hasKey ? t("settings.embedding.keyKept") : undefined}>
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
    </div>
  );
}
