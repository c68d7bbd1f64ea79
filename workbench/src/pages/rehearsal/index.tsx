// Rehearsal: past chats put to the bot, what it would say, what changed since the run before, and which chats guard publishing.
import { useQuery } from "@tanstack/react-query";
import type { RehearsalRun } from "@yingda/contract";
import { Button, Progress, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { BlockSkeleton, EmptyState, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { useCan } from "../../live/session.ts";
import { PasteDrawer } from "./PasteDrawer.tsx";
import { RecordDrawer } from "./RecordDrawer.tsx";
import { RecordProgress } from "./RecordProgress.tsx";
import { RunResults } from "./RunResults.tsx";
import "./rehearsal.css";

const pollMs = 1_000;
export const refreshRehearsal = () => queryClient.invalidateQueries({ queryKey: queryKeys.rehearsal });
const isGoing = (run: RehearsalRun | undefined) => run?.state === "waiting" || run?.state === "running";

export default function RehearsalPage() {
  const { t, i18n } = useTranslation();
  const canWrite = useCan("knowledge-write");
  const act = useAct();
  const mayTake = useCan("conversations-read") && canWrite;
  const [isPasting, setPasting] = useState(false);
  const [isTaking, setTaking] = useState(false);
  const [chosen, setChosen] = useState<RehearsalRun["id"] | null>(null);
  const cases = useQuery({
    queryKey: [...queryKeys.rehearsal, "cases"],
    queryFn: ({ signal }) => call(routes.listRehearsalCases, { signal }),
  });
  const runs = useQuery({
    queryKey: [...queryKeys.rehearsal, "runs"],
    queryFn: ({ signal }) => call(routes.listRehearsalRuns, { signal }),
    refetchInterval: ({ state }) => (state.data?.some(isGoing) ? pollMs : false),
  });
  const going = runs.data?.find(isGoing);
  const shown =
    runs.data?.find(({ id }) => id === chosen) ?? runs.data?.find(({ state }) => state === "done");
  const start = (area: RehearsalRun["area"]) =>
    act.run(async () => {
      await call(routes.startRehearsal, { body: { area } });
      setChosen(null);
      await refreshRehearsal();
    });
  const hasCases = (cases.data?.length ?? 0) > 0;
  return (
    <Page
      title={t("rehearsal.title")}
      lead={t("rehearsal.lead")}
      actions={
        canWrite ? (
          <>
            {hasCases ? (
              <>
                <Button disabled={going !== undefined} onClick={() => void start("test")}>
                  {t("rehearsal.runTest")}
                </Button>
                <Button disabled={going !== undefined} onClick={() => void start("live")}>
                  {t("rehearsal.runLive")}
                </Button>
              </>
            ) : null}
            {mayTake && hasCases ? (
              <Button onClick={() => setTaking(true)}>{t("rehearsal.record.open")}</Button>
            ) : null}
            <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => setPasting(true)}>
              {t("rehearsal.add")}
            </Button>
          </>
        ) : null
      }
    >
      <RecordProgress onDone={refreshRehearsal} />
      {cases.isPending || runs.isPending ? (
        <BlockSkeleton />
      ) : cases.error || runs.error ? (
        <ErrorState
          error={cases.error ?? runs.error}
          onRetry={() => Promise.all([cases.refetch(), runs.refetch()])}
        />
      ) : hasCases ? (
        <>
          <Section>
            <div className="row-line rehearsal-head">
              <span>{t("rehearsal.cases", { count: cases.data.length })}</span>
              {runs.data.length > 0 ? (
                <Select
                  aria-label={t("rehearsal.runs")}
                  className="rehearsal-runs"
                  value={shown?.id ?? null}
                  placeholder={t("rehearsal.noRun")}
                  options={runs.data.map((run) => ({ value: run.id, label: runName(run) }))}
                  onChange={setChosen}
                />
              ) : (
                <span className="soft">{t("rehearsal.noRun")}</span>
              )}
            </div>
            {going ? (
              <div className="row-line rehearsal-head" role="status">
                <span>{t("rehearsal.running", { done: going.done, total: going.total })}</span>
                <Progress
                  className="rehearsal-progress"
                  percent={Math.round((going.done / Math.max(1, going.total)) * 100)}
                  aria-label={t("rehearsal.running", { done: going.done, total: going.total })}
                />
                {canWrite ? (
                  <Button
                    onClick={() =>
                      void act.run(async () => {
                        await call(routes.cancelRehearsal, { params: { id: going.id } });
                        await refreshRehearsal();
                      })
                    }
                  >
                    {t("rehearsal.cancel")}
                  </Button>
                ) : null}
              </div>
            ) : null}
            {shown?.sums ? <Sums run={shown} /> : null}
          </Section>
          {shown?.state === "done" ? (
            <RunResults
              key={shown.id}
              run={shown}
              earlier={runs.data.filter(({ id, state }) => id < shown.id && state === "done")}
              cases={cases.data}
              canWrite={canWrite}
            />
          ) : null}
        </>
      ) : (
        <Section>
          <EmptyState
            icon="rehearsal"
            title={t("rehearsal.empty")}
            text={t("rehearsal.emptyText")}
            action={
              canWrite ? (
                <span className="row-line">
                  <Button type="primary" onClick={() => setPasting(true)}>
                    {t("rehearsal.add")}
                  </Button>
                  {mayTake ? (
                    <Button onClick={() => setTaking(true)}>{t("rehearsal.record.open")}</Button>
                  ) : null}
                </span>
              ) : null
            }
          />
        </Section>
      )}
      {isPasting ? <PasteDrawer onClose={() => setPasting(false)} onAdded={refreshRehearsal} /> : null}
      {isTaking ? <RecordDrawer onClose={() => setTaking(false)} onTaken={refreshRehearsal} /> : null}
    </Page>
  );

  function runName({ createdAt, area, state }: RehearsalRun): string {
    const at = new Date(createdAt).toLocaleString(i18n.language);
    const how = state === "done" ? "" : ` · ${t(`rehearsal.states.${state}`)}`;
    return `${at} · ${t(`rehearsal.areas.${area}`)}${how}`;
  }
}

function Sums({ run: { sums } }: { run: RehearsalRun }) {
  const { t } = useTranslation();
  if (sums === null) return null;
  const share = (count: number) =>
    t("rehearsal.share", { count, percent: Math.round((count / Math.max(1, sums.cases)) * 100) });
  const facts = [
    [t("rehearsal.solved"), share(sums.solved)],
    [t("rehearsal.askedBack"), share(sums.askedBack)],
    [t("rehearsal.handedOver"), share(sums.handedOver)],
    [t("rehearsal.asExpected"), `${sums.asExpected} / ${sums.checked}`],
    [t("rehearsal.wrong"), String(sums.wrong)],
    [t("rehearsal.cost"), t("rehearsal.yuan", { value: sums.yuan.toFixed(sums.yuan < 1 ? 4 : 2) })],
  ] as const;
  return (
    <dl className="rehearsal-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
