// The form of one model: the fields, a real test, save.

import { useQueryClient } from "@tanstack/react-query";
import type { LanguageModel, LanguageModelsOverview } from "@yingda/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { draftOf, fieldsOf } from "./draft.ts";
import { ModelFields } from "./ModelFields.tsx";
import { TestModel } from "./TestModel.tsx";

export function EditModel({
  overview,
  known,
  onClose,
}: {
  overview: LanguageModelsOverview;
  /** Null: a new one. */
  known: LanguageModel | null;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const [fields, setFields] = useState(() => fieldsOf(known, overview.presets));
  const draft = draftOf(fields);
  const save = () =>
    act.run(async () => {
      if (!draft) return;
      const saved = known
        ? await call(routes.updateLanguageModel, { params: { id: known.id }, body: draft })
        : await call(routes.addLanguageModel, { body: draft });
      queries.setQueryData(queryKeys.languageModels, saved);
      onClose();
    }, t("settings.saved"));
  return (
    <form
      className="models-form"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <ModelFields
        fields={fields}
        presets={overview.presets}
        hasKey={known?.hasKey === true}
        onChange={setFields}
      />
      <TestModel draft={draft} id={known?.id ?? null} />
      <div className="row-line">
        <Button type="primary" htmlType="submit" disabled={draft === null} loading={act.isBusy}>
          {t("common.save")}
        </Button>
        <Button onClick={onClose}>{t("common.cancel")}</Button>
      </div>
    </form>
  );
}
