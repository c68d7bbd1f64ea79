// The optional embedding model: none, a service, or a model on this server. What is chosen can be tested before it is saved;
// downloads go on when the page is left.

import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { EmbeddingDraft, EmbeddingKind, EmbeddingOverview } from "@yingda/contract";
import { Alert, Button, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Section } from "../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { EmbeddingModels } from "./EmbeddingModels.tsx";
import { EmbeddingService, type ServiceFields } from "./EmbeddingService.tsx";
import "./settings.css";

const kinds = ["none", "service", "folder"] as const satisfies readonly EmbeddingKind[];

export function Embedding() {
  const { t } = useTranslation();
  const overview = useQuery({
    queryKey: queryKeys.embedding,
    queryFn: () => call(routes.getEmbedding),
    refetchInterval: ({ state }) => (state.data?.install?.state === "running" ? 1_000 : false),
  });
  return (
    <Section title={t("settings.embedding.title")} lead={t("settings.embedding.lead")}>
      {overview.isPending ? (
        <RowSkeletons count={3} height={40} />
      ) : overview.error ? (
        <ErrorState error={overview.error} onRetry={overview.refetch} />
      ) : (
        <Choice overview={overview.data} />
      )}
    </Section>
  );
}

function Choice({ overview }: { overview: EmbeddingOverview }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const saving = useAct();
  const testing = useAct();
  const { setting } = overview;
  const [kind, setKind] = useState<EmbeddingKind>(setting.kind);
  const [folder, setFolder] = useState(setting.folder);
  const [service, setService] = useState<ServiceFields>({
    baseUrl: setting.baseUrl ?? "",
    model: setting.model ?? "",
    key: "",
    dimensions: setting.dimensions === null ? "" : String(setting.dimensions),
  });
  const [tested, setTested] = useState<{ dimensions: number; tookMs: number } | null>(null);
  const draft = draftOf(kind, service, folder);

  const save = (choice: EmbeddingDraft) =>
    saving.run(async () => {
      await call(routes.setEmbedding, { body: choice });
      setService((before) => ({ ...before, key: "" }));
      await queries.invalidateQueries({ queryKey: queryKeys.embedding });
    }, t("settings.saved"));
  const test = (choice: EmbeddingDraft) =>
    testing.run(async () => {
      setTested(null);
      setTested(
        await call(routes.tryEmbedding, { body: { text: t("settings.embedding.testText"), choice } }),
      );
    });

  return (
    <>
      <Radio.Group
        className="embedding-kinds"
        aria-label={t("settings.embedding.kind")}
        value={kind}
        onChange={(event) => {
          setKind(event.target.value as EmbeddingKind);
          setTested(null);
        }}
      >
        {kinds.map((value) => (
          <Radio key={value} value={value}>
            <strong>{t(`settings.embedding.${value}`)}</strong>
            <span className="soft"> {t(`settings.embedding.${value}Hint`)}</span>
          </Radio>
        ))}
      </Radio.Group>
      {kind === "service" ? (
        <EmbeddingService fields={service} hasKey={setting.hasKey} onChange={setService} />
      ) : null}
      {kind === "folder" ? (
        <EmbeddingModels overview={overview} chosen={folder} onChoose={setFolder} />
      ) : null}
      <div className="row-line">
        <Button
          type="primary"
          loading={saving.isBusy}
          disabled={draft === null}
          onClick={() => draft && void save(draft)}
        >
          {t("common.save")}
        </Button>
        {kind === "none" ? null : (
          <Button
            loading={testing.isBusy}
            disabled={draft === null}
            onClick={() => draft && void test(draft)}
          >
            {t("settings.embedding.test")}
          </Button>
        )}
      </div>
      {kind === "folder" && draft === null ? <p className="soft">{t("settings.embedding.choose")}</p> : null}
      {tested ? (
        <Alert
          className="embedding-note"
          role="status"
          type="success"
          title={t("settings.embedding.tested", { dimensions: tested.dimensions, ms: tested.tookMs })}
        />
      ) : null}
    </>
  );
}

/** Null while something is missing. An empty key field keeps the stored key. */
function draftOf(kind: EmbeddingKind, fields: ServiceFields, folder: string | null): EmbeddingDraft | null {
  if (kind === "none") return { kind };
  if (kind === "folder") return folder === null ? null : { kind, folder };
  const baseUrl = fields.baseUrl.trim();
  const model = fields.model.trim();
  if (!URL.canParse(baseUrl) || model === "") return null;
  const dimensions = fields.dimensions.trim() === "" ? null : Number(fields.dimensions);
  if (dimensions !== null && !Number.isInteger(dimensions)) return null;
  const key = fields.key.trim();
  return { kind, baseUrl, model, dimensions, ...(key === "" ? {} : { key }) };
}
