// The models of this server: those that can be downloaded by name, and those the operator put there by hand.

import { useQueryClient } from "@tanstack/react-query";
import type { EmbeddingModel, EmbeddingOverview } from "@yingda/contract";
import { Alert, Button, Progress, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { bytesText } from "../inbox/thread/bytes-text.ts";

type Install = NonNullable<EmbeddingOverview["install"]>;

export function EmbeddingModels({
  overview,
  chosen,
  onChoose,
}: {
  overview: EmbeddingOverview;
  chosen: string | null;
  onChoose: (name: string) => void;
}) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const [mirror, setMirror] = useState(overview.mirrors[0] ?? "");
  const { install, models, isEngineInstalled, engineBytes } = overview;
  const isRunning = install?.state === "running";
  const run = (work: () => Promise<unknown>) =>
    act.run(async () => {
      await work();
      await queries.invalidateQueries({ queryKey: queryKeys.embedding });
    });
  const download = (name: string) =>
    run(() => call(routes.installModel, { params: { name }, body: { mirror } }));
  const remove = (name: string) => run(() => call(routes.removeModel, { params: { name } }));
  return (
    <div className="embedding-part">
      <ul className="plain-list">
        {models.map((model) => (
          <li key={model.name} className="spread">
            <Radio
              checked={chosen === model.name}
              disabled={!model.isInstalled}
              onChange={() => onChoose(model.name)}
            >
              <strong>{model.title}</strong>
              <div className="soft">
                <ModelInfo model={model} />
              </div>
            </Radio>
            {model.isInstalled ? (
              model.licence === null ? null : (
                <Button
                  type="text"
                  danger
                  disabled={overview.setting.folder === model.name}
                  onClick={() => void remove(model.name)}
                  aria-label={`${t("settings.embedding.remove")} ${model.title}`}
                >
                  {t("settings.embedding.remove")}
                </Button>
              )
            ) : (
              <Button
                disabled={isRunning}
                loading={act.isBusy}
                onClick={() => void download(model.name)}
                aria-label={`${t("settings.embedding.download")} ${model.title}`}
              >
                {t("settings.embedding.download")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {install ? (
        <InstallState install={install} onCancel={() => void run(() => call(routes.cancelInstall))} />
      ) : null}
      <Field
        label={t("settings.embedding.mirror")}
        hint={
          isEngineInstalled ? undefined : t("settings.embedding.engine", { size: bytesText(engineBytes) })
        }
      >
        {(control) => (
          <Select
            {...control}
            value={mirror}
            disabled={isRunning}
            onChange={setMirror}
            options={overview.mirrors.map((name) => ({ value: name, label: name }))}
          />
        )}
      </Field>
      <p className="soft">
        {t("settings.embedding.ownFolder")} <code>{overview.folder}</code>
      </p>
    </div>
  );
}

function ModelInfo({ model }: { model: EmbeddingModel }) {
  const { t } = useTranslation();
  const { dimensions, sizeBytes, licence, languages } = model;
  if (licence === null) return t("settings.embedding.modelOwn", { dimensions: dimensions ?? "?" });
  const spoken = t(
    languages.includes("mul") ? "settings.embedding.manyLanguages" : "settings.embedding.chinese",
  );
  const facts = { dimensions: dimensions ?? "?", size: bytesText(sizeBytes ?? 0), licence };
  return `${spoken} · ${t("settings.embedding.modelInfo", facts)}`;
}

function InstallState({ install, onCancel }: { install: Install; onCancel: () => void }) {
  const { t } = useTranslation();
  if (install.state === "done") return null;
  if (install.state === "cancelled")
    return <Alert className="embedding-note" type="info" title={t("settings.embedding.cancelled")} />;
  if (install.state === "failed")
    return (
      <Alert className="embedding-note" type="error" title={t(`errors.${install.code ?? "internal"}`)} />
    );
  const share = install.totalBytes === 0 ? 0 : install.doneBytes / install.totalBytes;
  const words = t("settings.embedding.downloading", {
    done: bytesText(install.doneBytes),
    total: bytesText(install.totalBytes),
  });
  return (
    <div className="embedding-note" role="status">
      <div className="spread">
        <span className="soft">{words}</span>
        <Button size="small" onClick={onCancel}>
          {t("settings.embedding.cancel")}
        </Button>
      </div>
      <Progress percent={Math.round(share * 100)} aria-label={words} />
    </div>
  );
}
