// The audit log: newest first, filtered by action, exported, and verified over the whole chain.
import { useInfiniteQuery } from "@tanstack/react-query";
import type { AuditEntry } from "@yingda/contract";
import { Alert, Button, Select, Table, Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { Time } from "../../components/Time.tsx";
import { useAct } from "../../components/use-act.ts";
import { zhCN } from "../../i18n/zh-CN.ts";
import { queryKeys } from "../../live/queries.ts";

type Action = keyof typeof zhCN.audit.actions;
const known = Object.keys(zhCN.audit.actions) as Action[];

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
  const nameOf = (name: string) =>
    known.includes(name as Action) ? t(`audit.actions.${name as Action}`) : name;
  const who = (entry: AuditEntry) =>
    entry.actorName ??
    (entry.actorKind.startsWith("system") ? t("audit.system") : (entry.actorId ?? entry.actorKind));
  const detailsOf = (entry: AuditEntry) =>
    Object.entries(entry.details)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name}: ${String(value)}`)
      .join(", ");
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
              ...known.map((name) => ({ value: name as string, label: nameOf(name) })),
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
          <Table<AuditEntry>
            rowKey="seq"
            size="small"
            pagination={false}
            dataSource={entries}
            scroll={{ x: 760 }}
            columns={[
              { title: "#", dataIndex: "seq", width: 70 },
              {
                title: t("audit.time"),
                key: "at",
                width: 150,
                render: (_, entry) => <Time at={entry.at} style="full" />,
              },
              { title: t("audit.who"), key: "who", width: 130, render: (_, entry) => who(entry) },
              { title: t("audit.what"), key: "what", width: 150, render: (_, entry) => nameOf(entry.action) },
              {
                title: t("audit.details"),
                key: "details",
                ellipsis: true,
                render: (_, entry) => <Tooltip title={detailsOf(entry)}>{detailsOf(entry)}</Tooltip>,
              },
              { title: t("audit.address"), dataIndex: "address", width: 130 },
            ]}
          />
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
