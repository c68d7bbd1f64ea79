// What was published when, and the way back.
import { useQuery } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { Time } from "../../../components/Time.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { useEditor } from "./use-editor.ts";

export function VersionsView() {
  const { t } = useTranslation();
  const editor = useEditor();
  const act = useAct();
  const { id, version } = editor.detail;
  const versions = useQuery({
    queryKey: [...queryKeys.flows, "versions", id, version],
    queryFn: ({ signal }) => call(routes.listFlowVersions, { params: { id }, signal }),
  });
  if (versions.isPending) return <RowSkeletons count={3} height={48} />;
  if (versions.error) return <ErrorState error={versions.error} onRetry={versions.refetch} />;
  if (versions.data.length === 0)
    return <EmptyState icon="refresh" title={t("flows.versions.empty")} isSmall />;
  return (
    <ul className="plain-list">
      {versions.data.map(({ number, publishedAt, isCurrent }) => {
        const params = { id, number };
        return (
          <li className="step-line" key={number}>
            <div>
              <strong>{t("flows.versions.number", { number })}</strong>{" "}
              {isCurrent && editor.detail.isOwn ? (
                <Tag color="success">{t("flows.versions.current")}</Tag>
              ) : null}{" "}
              <span className="soft">
                <Time at={publishedAt} />
              </span>
            </div>
            {editor.canWrite ? (
              <Button
                size="small"
                disabled={act.isBusy}
                onClick={() =>
                  void act.run(async () => {
                    const { yaml } = await call(routes.getFlowVersion, { params });
                    editor.setYaml(yaml);
                  }, t("flows.versions.opened"))
                }
              >
                {t("flows.versions.open")}
              </Button>
            ) : null}
            {editor.canWrite && !isCurrent ? (
              <Button
                size="small"
                disabled={act.isBusy || editor.isDirty}
                onClick={() =>
                  void act.run(
                    async () => editor.take(await call(routes.rollBackFlow, { params, body: { version } })),
                    t("flows.versions.backDone", { number }),
                  )
                }
              >
                {t("flows.versions.back")}
              </Button>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
