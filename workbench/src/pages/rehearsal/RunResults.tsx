// What the bot said in a run, line by line; marked right or wrong here, it is what the next run is measured by.
import { useQuery } from "@tanstack/react-query";
import type { RehearsalCase, RehearsalChange, RehearsalLine, RehearsalRun } from "@yingda/contract";
import { Checkbox, Pagination, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { ConfirmWithUndo } from "../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Section } from "../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { ExpectSelect } from "./ExpectSelect.tsx";
import { refreshRehearsal } from "./index.tsx";

const filters = ["all", "unexpected", "askedBack", "handedOver", "changed"] as const;
type Filter = (typeof filters)[number];
const pageSize = 20;

type ResultsProps = {
  run: RehearsalRun;
  earlier: readonly RehearsalRun[];
  cases: readonly RehearsalCase[];
  canWrite: boolean;
};

export function RunResults({ run, earlier, cases, canWrite }: ResultsProps) {
  const { t } = useTranslation();
  const [filter, setFilter] = useState<Filter>("all");
  const [page, setPage] = useState(1);
  const before = earlier[0];
  const full = useQuery({
    queryKey: [...queryKeys.rehearsal, run.id],
    queryFn: ({ signal }) => call(routes.getRehearsalRun, { params: { id: run.id }, signal }),
  });
  const changes = useQuery({
    queryKey: [...queryKeys.rehearsal, run.id, before?.id ?? ""],
    enabled: before !== undefined,
    queryFn: ({ signal }) =>
      before === undefined
        ? []
        : call(routes.compareRehearsals, { params: { id: run.id }, query: { before: before.id }, signal }),
  });
  if (full.isPending) return <BlockSkeleton />;
  if (full.error) return <ErrorState error={full.error} onRetry={full.refetch} />;
  const known = new Map(cases.map((one) => [one.id, one]));
  const changed = changes.data ?? [];
  const isShown = (line: RehearsalLine, caseId: string, at: number) => {
    if (filter === "unexpected") return line.isExpected === false;
    if (filter === "askedBack") return line.got === "asked-back" || line.got === "refused";
    if (filter === "handedOver") return line.got === "handed-over";
    return filter === "all" || changed.some((change) => change.caseId === caseId && change.at === at);
  };
  const results = full.data.results.filter(
    ({ caseId, lines }) => known.has(caseId) && lines.some((line, at) => isShown(line, caseId, at)),
  );
  return (
    <Section>
      <div className="row-line rehearsal-head">
        <span>{t("rehearsal.show")}</span>
        <Select
          aria-label={t("rehearsal.show")}
          value={filter}
          options={filters
            .filter((key) => key !== "changed" || before !== undefined)
            .map((key) => ({ value: key, label: t(`rehearsal.filters.${key}`) }))}
          onChange={(next) => {
            setFilter(next);
            setPage(1);
          }}
        />
      </div>
      {results.length === 0 ? <p className="soft">{t("rehearsal.nothing")}</p> : null}
      <ul className="plain-list">
        {results.slice((page - 1) * pageSize, page * pageSize).map(({ caseId, lines }) => {
          const one = known.get(caseId);
          return one ? (
            <CaseLines key={caseId} one={one} lines={lines} changed={changed} canWrite={canWrite} />
          ) : null;
        })}
      </ul>
      {results.length > pageSize ? (
        <Pagination
          size="small"
          showSizeChanger={false}
          current={page}
          pageSize={pageSize}
          total={results.length}
          onChange={setPage}
        />
      ) : null}
    </Section>
  );
}

type CaseProps = {
  one: RehearsalCase;
  lines: readonly RehearsalLine[];
  changed: readonly RehearsalChange[];
  canWrite: boolean;
};

function CaseLines({ one, lines, changed, canWrite }: CaseProps) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, turns, isGate } = one;
  const numbered = lines.map((line, at) => ({ line, at, key: `${at} ${line.customer}` }));
  const change = (body: Parameters<typeof call<typeof routes.changeRehearsalCase>>[1]["body"]) =>
    act.run(async () => {
      await call(routes.changeRehearsalCase, { params: { id }, body });
      await refreshRehearsal();
    });
  return (
    <li className="rehearsal-case">
      {numbered.map(({ line, at, key }) => {
        const was = changed.find((one) => one.caseId === id && one.at === at)?.before;
        const tone = line.isWrong
          ? "error"
          : line.isExpected === false
            ? "warning"
            : line.isExpected
              ? "success"
              : "default";
        return (
          <div className="rehearsal-line" key={key}>
            <strong>{line.customer}</strong>
            <span>
              <Tag color={tone}>{t(`rehearsal.outcomes.${line.got}`)}</Tag>
              <span className="rehearsal-text">{line.text}</span>
              {line.opinion ? (
                <span className="soft rehearsal-opinion">
                  {t(line.opinion.accepts ? "rehearsal.opinionFor" : "rehearsal.opinionAgainst", {
                    model: line.opinion.model,
                    reason: line.opinion.reason,
                  })}
                </span>
              ) : null}
              {was ? (
                <span className="soft">
                  {" "}
                  {t("rehearsal.before", { outcome: `${t(`rehearsal.outcomes.${was.got}`)} ${was.text}` })}
                </span>
              ) : null}
            </span>
            {canWrite ? (
              <ExpectSelect
                line={line}
                wanted={turns[at]?.expect ?? null}
                onChange={(wanted) => void change({ expect: { at, wanted } })}
              />
            ) : null}
          </div>
        );
      })}
      {canWrite ? (
        <div className="row-line rehearsal-head">
          <Checkbox checked={isGate} onChange={(event) => void change({ isGate: event.target.checked })}>
            {t("rehearsal.gate")}
          </Checkbox>
          <ConfirmWithUndo
            type="text"
            icon={<Icon name="trash" size={16} />}
            aria-label={t("rehearsal.deleteCase")}
            doneText={t("rehearsal.deleted")}
            act={() => call(routes.deleteRehearsalCases, { body: { ids: [id] } }).then(refreshRehearsal)}
            undo={() => call(routes.restoreRehearsalCases, { body: { cases: [one] } }).then(refreshRehearsal)}
          >
            {null}
          </ConfirmWithUndo>
        </div>
      ) : null}
    </li>
  );
}
