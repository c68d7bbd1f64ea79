// The shop's large models: none unless the owner adds one. What would be sent where is said before anything is.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { LanguageModel, LanguageModelsOverview, ModelPlan } from "@yingda/contract";
import { Alert, Button, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ConfirmDanger } from "../../../components/ConfirmWithUndo.tsx";
import { Section } from "../../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { spanText } from "../../../components/time-words.ts";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { hostOf } from "./draft.ts";
import { EditModel } from "./EditModel.tsx";
import { KeptAnswers } from "./KeptAnswers.tsx";
import { TaskPlans } from "./TaskPlans.tsx";
import "./models.css";

export function Models() {
  const { t } = useTranslation();
  const overview = useQuery({
    queryKey: queryKeys.languageModels,
    queryFn: () => call(routes.listLanguageModels),
  });
  return (
    <Section title={t("models.title")} lead={t("models.lead")}>
      {overview.isPending ? (
        <RowSkeletons count={2} height={48} />
      ) : overview.error ? (
        <ErrorState error={overview.error} onRetry={overview.refetch} />
      ) : (
        <Shown overview={overview.data} />
      )}
    </Section>
  );
}

function Shown({ overview }: { overview: LanguageModelsOverview }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const [editing, setEditing] = useState<LanguageModel | "new" | null>(null);
  const [removing, setRemoving] = useState<LanguageModel | null>(null);
  const { models, plan } = overview;
  const take = (next: LanguageModelsOverview) => queries.setQueryData(queryKeys.languageModels, next);
  const change = (next: ModelPlan) =>
    act.run(async () => take(await call(routes.planLanguageModels, { body: next })), t("settings.saved"));
  const raise = (at: number) => {
    const order = [...plan.order];
    const [moved] = order.splice(at, 1);
    if (moved) order.splice(at - 1, 0, moved);
    void change({ ...plan, order });
  };
  return (
    <>
      <Alert
        className="models-note"
        type="info"
        title={t("models.leaves")}
        description={
          <ul className="models-sent">
            <li>{t("models.sent")}</li>
            <li>{t("models.sentPictures")}</li>
            <li>{t("models.notSent")}</li>
          </ul>
        }
      />
      {models.length > 0 ? (
        <div className="row-line models-switch">
          <Switch
            checked={plan.isOn}
            loading={act.isBusy}
            aria-label={t("models.use")}
            onChange={(isOn) => void change({ ...plan, isOn })}
          />
          <span>{t(plan.isOn ? "models.isOn" : "models.isOff")}</span>
        </div>
      ) : null}
      <ol className="plain-list models-list">
        {models.map((model, at) => (
          <li key={model.id}>
            {editing !== "new" && editing?.id === model.id ? (
              <EditModel overview={overview} known={model} onClose={() => setEditing(null)} />
            ) : (
              <Row
                model={model}
                at={at}
                isBusy={act.isBusy}
                onRaise={() => raise(at)}
                onEdit={() => setEditing(model)}
                onRemove={() => setRemoving(model)}
              />
            )}
          </li>
        ))}
      </ol>
      {editing === "new" ? (
        <EditModel overview={overview} known={null} onClose={() => setEditing(null)} />
      ) : (
        <Button type={models.length === 0 ? "primary" : "default"} onClick={() => setEditing("new")}>
          {t(models.length === 0 ? "models.addFirst" : "models.addNext")}
        </Button>
      )}
      {models.length > 0 ? (
        <>
          <KeptAnswers count={overview.keptAnswers} />
          <TaskPlans overview={overview} onSave={change} />
        </>
      ) : null}
      <ConfirmDanger
        isOpen={removing !== null}
        title={t("models.remove")}
        word={null}
        actText={t("models.remove")}
        onClose={() => setRemoving(null)}
        act={async () => {
          if (removing) take(await call(routes.removeLanguageModel, { params: { id: removing.id } }));
        }}
      >
        <p>{t("models.removeText", { model: removing?.model ?? "" })}</p>
      </ConfirmDanger>
    </>
  );
}

function Row({
  model,
  at,
  isBusy,
  onRaise,
  onEdit,
  onRemove,
}: {
  model: LanguageModel;
  at: number;
  isBusy: boolean;
  onRaise: () => void;
  onEdit: () => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="spread models-row">
      <div className="models-name">
        <strong>{model.model}</strong>
        <span className="soft">
          {hostOf(model.baseUrl)} · {t(at === 0 ? "models.askedFirst" : "models.askedNext")}
        </span>
        {model.pausedMs > 0 ? (
          <span className="problem">{t("models.paused", { wait: spanText(model.pausedMs, t) })}</span>
        ) : null}
      </div>
      <div className="row-line">
        {at > 0 ? (
          <Button size="small" disabled={isBusy} onClick={onRaise}>
            {t("models.raise")}
          </Button>
        ) : null}
        <Button size="small" aria-label={t("models.editOne", { model: model.model })} onClick={onEdit}>
          {t("models.edit")}
        </Button>
        <Button
          size="small"
          danger
          aria-label={t("models.removeOne", { model: model.model })}
          onClick={onRemove}
        >
          {t("models.remove")}
        </Button>
      </div>
    </div>
  );
}
