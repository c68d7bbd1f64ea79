// The audit log: newest first, filtered by action, exported, and verified over the whole chain.
import { useInfiniteQuery } from "@tanstack/react-query";
import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { AuditTable } from "./AuditTable.tsx";
import { actionName, knownActions } from "./audit-words.ts";

export default function AuditPage() {
  const { t } = useTranslation();
  const act = useAct();
  const [action, setAction] = useState<string>("");
  const [verdict, setVerdict] = useState<{ ok: boolean; entries: number; brokenAt: number | null } | null>(
    null,
  );
  const log = useInfiniteQuery({
    queryKey: [...queryKeys.audit, action],
    initialPageParam: undefined as number | undefined,
    queryFn: ({ pageParam }) =>
      call(routes.listAudit, {
        query: { limit: 50, ...(pageParam ? { before: pageParam } : {}), ...(action ? { action } : {}) },
      }),
    getNextPageParam: (page) => page.nextBefore ?? undefined,
  });
  const entries = log.data?.pages.flatMap((page) => page.entries) ?? [];
  return (
    <Page
      title={t("audit.title")}
      lead={t("audit.lead")}
      actions={
        <>
          <Button
            icon={<Icon name="download" size={16} />}
            onClick={() => void act.run(() => download(routes.exportAudit, "audit.csv"))}
          >
            {t("common.export")}
          </Button>
          <Button
            loading={act.isBusy}
            onClick={() => void act.run(async () => setVerdict(await call(routes.verifyAudit)))}
          >
            {t("audit.verify")}
          </Button>
        </>
      }
    >
      {verdict ? (
        <Alert
          type={verdict.ok ? "success" : "error"}
          showIcon
          closable
          role="status"
          style={{ marginBlockEnd: 16 }}
          title={
            verdict.ok
              ? t("audit.ok", { count: verdict.entries })
              : t("audit.broken", { seq: verdict.brokenAt ?? 0 })
          }
        />
      ) : null}
      <Section>
        <div className="row-line">
          <Select
            aria-label={t("audit.filter")}
            value={action}
            onChange={setAction}
            style={{ inlineSize: 200 }}
            showSearch
            optionFilterProp="label"
            options={[
              { value: "", label: t("audit.all") },
              ...knownActions.map((name) => ({ value: name as string, label: actionName(name, t) })),
            ]}
          />
        </div>
        {log.isPending ? (
          <RowSkeletons />
        ) : log.error ? (
          <ErrorState error={log.error} onRetry={log.refetch} />
        ) : entries.length === 0 ? (
          <EmptyState icon="audit" title={t("audit.empty")} />
        ) : (
          <AuditTable entries={entries} />
        )}
        {log.hasNextPage ? (
          <Button block loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
            {t("common.loadMore")}
          </Button>
        ) : null}
      </Section>
    </Page>
  );
}
