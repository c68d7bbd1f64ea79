// How the trial of one inbox goes: what to do next, bot and people side by side, what came of drafts, and those that were
// changed much.
import { useQuery } from "@tanstack/react-query";
import type { Inbox } from "@yingda/contract";
import { Alert, Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../../api.ts";
import { Section } from "../../../components/Page.tsx";
import { BlockSkeleton, EmptyState, ErrorState } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { ChangedDrafts } from "./ChangedDrafts.tsx";
import { DraftFacts } from "./DraftFacts.tsx";
import { NextStep } from "./NextStep.tsx";
import { SideTable } from "./SideTable.tsx";
import { useModeName } from "./use-mode-name.ts";
import "./pilot.css";

const periods = [7, 30, 90] as const;

export function PilotTab({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const act = useAct();
  const modeName = useModeName();
  const [days, setDays] = useState<number>(30);
  const query = { inboxId: inbox.id, days };
  const pilot = useQuery({
    queryKey: [...queryKeys.pilot, inbox.id, days],
    queryFn: ({ signal }) => call(routes.getPilot, { query, signal }),
    placeholderData: (before) => before,
  });
  const report = pilot.data;
  const isEmpty =
    report !== undefined && Object.values(report.sides).every(({ conversations }) => conversations === 0);
  return (
    <>
      <Section
        title={t("bot.tabs.pilot")}
        lead={t("pilot.tab.lead")}
        actions={
          <div className="row-line">
            <Select
              aria-label={t("pilot.tab.period")}
              value={days}
              onChange={setDays}
              options={periods.map((value) => ({ value, label: t("pilot.tab.days", { days: value }) }))}
            />
            <Button
              loading={act.isBusy}
              onClick={() => void act.run(() => download(routes.exportPilot, `pilot-${days}.csv`, { query }))}
            >
              {t("pilot.tab.export")}
            </Button>
          </div>
        }
      >
        <p className="soft pilot-now">{t("pilot.tab.now", { mode: modeName(inbox.behaviour.pilot) })}</p>
        {report?.next ? <NextStep key={report.next.kind} inbox={inbox} next={report.next} /> : null}
      </Section>
      {pilot.isPending ? (
        <BlockSkeleton rows={8} />
      ) : pilot.error ? (
        <ErrorState error={pilot.error} onRetry={pilot.refetch} />
      ) : isEmpty || report === undefined ? (
        <Section>
          <EmptyState icon="bot" title={t("pilot.tab.empty")} text={t("pilot.tab.emptyText")} />
        </Section>
      ) : (
        <>
          {report.isPartial ? <Alert type="info" showIcon title={t("pilot.tab.isPartial")} /> : null}
          <SideTable sides={report.sides} />
          <DraftFacts drafts={report.drafts} />
          <div id="pilot-changed">
            <ChangedDrafts changed={report.changed} />
          </div>
        </>
      )}
    </>
  );
}
