// What large models cost: the month beside its budget, sums by what they were for, prices; and how conversations ended.
import { useQuery } from "@tanstack/react-query";
import type { UsageReport } from "@yingda/contract";
import { Alert, Button, Progress, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../api.ts";
import { Page, Section } from "../../components/Page.tsx";
import { BlockSkeleton, EmptyState, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { BudgetForm } from "./BudgetForm.tsx";
import { ResolutionSection } from "./ResolutionSection.tsx";
import { UsageTable } from "./UsageTable.tsx";
import "./usage.css";

const monthsBack = 12;

/** The running month and those before it, YYYY-MM. */
function recentMonths(): string[] {
  const now = new Date();
  return Array.from({ length: monthsBack }, (_, back) => {
    const first = new Date(Date.UTC(now.getFullYear(), now.getMonth() - back, 1));
    return first.toISOString().slice(0, 7);
  });
}

export default function UsagePage() {
  const { t } = useTranslation();
  const act = useAct();
  const [month, setMonth] = useState<string | undefined>(undefined);
  const usage = useQuery({
    queryKey: [...queryKeys.usage, month ?? ""],
    queryFn: ({ signal }) => call(routes.getUsage, { query: { month }, signal }),
  });
  const report = usage.data;
  return (
    <Page
      title={t("usage.title")}
      lead={t("usage.lead")}
      actions={
        <>
          <Select
            aria-label={t("usage.month")}
            value={month ?? report?.month ?? recentMonths()[0] ?? null}
            options={recentMonths().map((value) => ({ value, label: value }))}
            onChange={(next) => setMonth(next ?? undefined)}
          />
          <Button
            loading={act.isBusy}
            onClick={() =>
              void act.run(() =>
                download(routes.exportUsage, `usage-${report?.month ?? ""}.csv`, { query: { month } }),
              )
            }
          >
            {t("usage.export")}
          </Button>
        </>
      }
    >
      {usage.isPending ? (
        <BlockSkeleton />
      ) : usage.error ? (
        <ErrorState error={usage.error} onRetry={usage.refetch} />
      ) : report ? (
        <>
          <Standing report={report} />
          {report.total.calls === 0 ? (
            <Section>
              <EmptyState icon="usage" title={t("usage.empty")} text={t("usage.emptyText")} />
            </Section>
          ) : (
            <UsageTable report={report} />
          )}
          <BudgetForm key={JSON.stringify(report.budget)} report={report} />
        </>
      ) : null}
      <ResolutionSection />
    </Page>
  );
}

function Standing({ report }: { report: UsageReport }) {
  const { t } = useTranslation();
  const { total, budget, forecastYuan, state, yuanPerConversation, yuanPerSolved } = report;
  const yuan = (value: number | null) =>
    value === null ? t("usage.none") : t("usage.yuan", { value: shown(value) });
  const share = budget.monthlyYuan === 0 ? 100 : Math.min(100, (total.yuan / budget.monthlyYuan) * 100);
  const facts = [
    [t("usage.spent"), yuan(total.yuan)],
    [t("usage.budget"), yuan(budget.monthlyYuan)],
    [t("usage.forecast"), yuan(forecastYuan)],
    [t("usage.perConversation"), yuan(yuanPerConversation)],
    [t("usage.perSolved"), yuan(yuanPerSolved)],
  ] as const;
  return (
    <Section>
      {state === "within" ? null : (
        <Alert
          type={state === "over" ? "error" : "warning"}
          showIcon
          title={t(`usage.${state}`)}
          description={
            state === "over" ? t(budget.stops ? "usage.overText" : "usage.overTextSoft") : undefined
          }
        />
      )}
      <dl className="usage-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Progress
        percent={Math.round(share)}
        status={state === "over" ? "exception" : "normal"}
        aria-label={t(`usage.${state}`)}
      />
      {report.estimatedCalls > 0 ? (
        <p className="soft">{t("usage.estimated", { count: report.estimatedCalls })}</p>
      ) : null}
      {report.savedCalls > 0 ? (
        <p className="soft">{t("usage.kept", { count: report.savedCalls, yuan: yuan(report.savedYuan) })}</p>
      ) : null}
      {report.assumedCalls > 0 ? <p>{t("usage.assumed", { count: report.assumedCalls })}</p> : null}
    </Section>
  );
}

/** Fen for larger sums, ten-thousandths of a yuan for what a conversation costs. */
export function shown(yuan: number): string {
  return yuan.toFixed(yuan !== 0 && Math.abs(yuan) < 1 ? 4 : 2);
}
