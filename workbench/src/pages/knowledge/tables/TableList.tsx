// The shop's tables: what each holds, how many places to look at, out as a file, away with a way back.
import { useQuery } from "@tanstack/react-query";
import type { TableSummary } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../../api.ts";
import { ConfirmWithUndo } from "../../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { Section } from "../../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";

type ListProps = { canWrite: boolean; onOpen: (id: TableSummary["id"]) => void; onAdd: () => void };

export const refreshTables = () => queryClient.invalidateQueries({ queryKey: queryKeys.tables });

export function TableList({ canWrite, onOpen, onAdd }: ListProps) {
  const { t } = useTranslation();
  const tables = useQuery({
    queryKey: queryKeys.tables,
    queryFn: ({ signal }) => call(routes.listTables, { signal }),
  });
  return (
    <Section>
      {tables.isPending ? (
        <RowSkeletons count={3} />
      ) : tables.error ? (
        <ErrorState error={tables.error} onRetry={tables.refetch} />
      ) : tables.data.length === 0 ? (
        <EmptyState
          icon="list"
          title={t("knowledge.tables.empty")}
          text={t("knowledge.tables.emptyText")}
          action={
            canWrite ? (
              <Button type="primary" onClick={onAdd}>
                {t("knowledge.tables.add")}
              </Button>
            ) : null
          }
        />
      ) : (
        <ul className="plain-list">
          {tables.data.map((table) => (
            <TableLine key={table.id} table={table} canWrite={canWrite} onOpen={() => onOpen(table.id)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

type LineProps = { table: TableSummary; canWrite: boolean; onOpen: () => void };

function TableLine({ table, canWrite, onOpen }: LineProps) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, name, rowCount, columnCount, problemCount } = table;
  return (
    <li className="step-line">
      <div>
        <button type="button" className="list-button" onClick={onOpen}>
          <span className="knowledge-row-words">
            <strong>{name}</strong>{" "}
            {problemCount > 0 ? (
              <Tag color="warning">{t("knowledge.tables.problemCount", { count: problemCount })}</Tag>
            ) : null}
            <span className="soft">
              {t("knowledge.tables.rowCount", { count: rowCount })} ·{" "}
              {t("knowledge.tables.columnCount", { count: columnCount })}
            </span>
          </span>
        </button>
      </div>
      <Button
        type="text"
        icon={<Icon name="download" size={16} />}
        aria-label={`${t("knowledge.exportCsv")} ${name}`}
        loading={act.isBusy}
        onClick={() => void act.run(() => download(routes.exportTable, `${name}.csv`, { params: { id } }))}
      />
      {canWrite ? (
        <ConfirmWithUndo
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={`${t("common.remove")} ${name}`}
          doneText={t("knowledge.deleted", { question: name })}
          act={() => call(routes.deleteTable, { params: { id } }).then(refreshTables)}
          undo={() => call(routes.restoreTable, { params: { id } }).then(refreshTables)}
        >
          {null}
        </ConfirmWithUndo>
      ) : null}
    </li>
  );
}
