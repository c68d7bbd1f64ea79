// Step 4, to be skipped: a large model. A service by name fills in the rest, the test is one real call, and without it the
// bot answers from the shop's FAQs all the same.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { LanguageModelsOverview } from "@yingda/contract";
import { Alert, Button } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { draftOf, fieldsOf } from "../settings/models/draft.ts";
import { ModelFields } from "../settings/models/ModelFields.tsx";
import { TestModel } from "../settings/models/TestModel.tsx";
import { StepMark } from "./StepMark.tsx";
import type { StepProps } from "./steps.ts";

export function ModelStep(props: StepProps) {
  const { t } = useTranslation();
  const overview = useQuery({
    queryKey: queryKeys.languageModels,
    queryFn: () => call(routes.listLanguageModels),
  });
  return (
    <>
      <StepMark now={props.now} />
      <h1>{t("models.stepTitle")}</h1>
      <p className="soft">{t("models.stepLead")}</p>
      {overview.isPending ? (
        <BlockSkeleton />
      ) : overview.error ? (
        <ErrorState error={overview.error} onRetry={overview.refetch} />
      ) : (
        <Choice overview={overview.data} {...props} />
      )}
    </>
  );
}

function Choice({ overview, onNext, onBack }: StepProps & { overview: LanguageModelsOverview }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const [fields, setFields] = useState(() => fieldsOf(null, overview.presets));
  const [added] = overview.models;
  const draft = draftOf(fields);
  const isTyped =
    fields.key.trim() !== "" ||
    overview.presets.find(({ name }) => name === fields.preset)?.needsKey === false;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const isDone = await act.run(async () => {
      if (!draft) return;
      queries.setQueryData(queryKeys.languageModels, await call(routes.addLanguageModel, { body: draft }));
    });
    if (isDone) onNext();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <div className="setup-part">
        <p>
          <strong>{t("models.leaves")}</strong> <span className="soft">{t("models.sent")}</span>
        </p>
        {added ? (
          <Alert type="success" showIcon title={t("models.stepAdded", { model: added.model })} />
        ) : (
          <>
            <ModelFields fields={fields} presets={overview.presets} hasKey={false} onChange={setFields} />
            <TestModel draft={isTyped ? draft : null} id={null} size="large" />
          </>
        )}
      </div>
      <div className="setup-foot">
        <Button size="large" onClick={onBack}>
          {t("common.back")}
        </Button>
        {added || !isTyped || !draft ? (
          <Button type="primary" size="large" onClick={onNext}>
            {t(added ? "common.next" : "setup.skip")}
          </Button>
        ) : (
          <>
            <Button size="large" onClick={onNext}>
              {t("setup.skip")}
            </Button>
            <Button type="primary" size="large" htmlType="submit" loading={act.isBusy}>
              {t("common.next")}
            </Button>
          </>
        )}
      </div>
    </form>
  );
}
