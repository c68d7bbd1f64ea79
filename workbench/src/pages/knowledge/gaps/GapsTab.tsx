// Gaps: what customers asked and got no good answer to; each becomes an FAQ, goes into one, or is ignored.
import { useQuery } from "@tanstack/react-query";
import type { Gap, GapState } from "@yingda/contract";
import { Button, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Section } from "../../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { useUndo } from "../../../components/use-undo.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { TabActions, type TabProps } from "../tab.tsx";
import { GapRow } from "./GapRow.tsx";
import { MergeDialog } from "./MergeDialog.tsx";

const states = ["open", "ignored", "made", "merged"] as const satisfies readonly GapState[];
const emptyTitles = {
  open: "empty",
  ignored: "emptyIgnored",
  made: "emptyDone",
  merged: "emptyDone",
} as const;
export const refreshGaps = () => queryClient.invalidateQueries({ queryKey: queryKeys.gaps });

export function GapsTab({ canWrite, onMakeFaq, onFindFaq }: TabProps) {
  const { t } = useTranslation();
  const act = useAct();
  const undoable = useUndo();
  const [state, setState] = useState<GapState>("open");
  const [merged, setMerged] = useState<Gap | null>(null);
  const gaps = useQuery({
    queryKey: [...queryKeys.gaps, state],
    queryFn: ({ signal }) => call(routes.listGaps, { query: { state }, signal }),
    placeholderData: (before) => before,
  });
  const collect = () =>
    act.run(async () => {
      const { found } = await call(routes.collectGaps);
      await refreshGaps();
      showToast("info", t("faqWork.gaps.collected", { count: found }));
    });
  const make = (gap: Gap) =>
    act.run(async () => {
      const { question, phrasings, answer, answeredBy } = await call(routes.suggestFromGap, {
        params: { id: gap.id },
      });
      const lead = answeredBy ? t("faqWork.gaps.fromAgent", { name: answeredBy }) : undefined;
      onMakeFaq({ fill: { question, phrasings, answer }, gapId: gap.id, lead });
    });
  const decide = (gap: Gap, next: "ignored" | "open") =>
    call(routes.decideGap, { params: { id: gap.id }, body: { state: next } }).then(refreshGaps);
  return (
    <Section>
      {canWrite ? (
        <TabActions>
          <Button loading={act.isBusy} onClick={() => void collect()}>
            {t("faqWork.gaps.collect")}
          </Button>
        </TabActions>
      ) : null}
      <div className="row-line knowledge-tools">
        <p className="soft gap-lead">{t("faqWork.gaps.lead")}</p>
        <Select
          aria-label={t("faqWork.gaps.title")}
          value={state}
          onChange={setState}
          style={{ minInlineSize: 140 }}
          options={states.map((value) => ({ value, label: t(`faqWork.gaps.states.${value}`) }))}
        />
      </div>
      {gaps.isPending ? (
        <RowSkeletons />
      ) : gaps.error ? (
        <ErrorState error={gaps.error} onRetry={gaps.refetch} />
      ) : gaps.data.gaps.length === 0 ? (
        <EmptyState
          icon="check"
          title={t(`faqWork.gaps.${emptyTitles[state]}`)}
          text={state === "open" ? t("faqWork.gaps.emptyText") : undefined}
        />
      ) : (
        <ul className="plain-list">
          {gaps.data.gaps.map((gap) => (
            <GapRow
              key={gap.id}
              gap={gap}
              canWrite={canWrite}
              isBusy={act.isBusy}
              onMake={() => void make(gap)}
              onMerge={() => setMerged(gap)}
              onOpenFaq={(id) => onFindFaq({ id })}
              onIgnore={() =>
                void undoable({
                  doneText: t("faqWork.gaps.ignored"),
                  act: () => decide(gap, "ignored"),
                  undo: () => decide(gap, "open"),
                })
              }
              onReopen={() => void act.run(() => decide(gap, "open"), t("faqWork.gaps.reopened"))}
            />
          ))}
        </ul>
      )}
      {merged ? <MergeDialog gap={merged} onClose={() => setMerged(null)} onMerged={refreshGaps} /> : null}
    </Section>
  );
}
