// One table: its rows from a file or pasted, its name, its cells, what to look at. Saved at once live; stays open after it,
// so that what the new cells were read as is seen.
import { useQuery } from "@tanstack/react-query";
import type { ShopTable, TableId, TableImport, TableReading } from "@yingda/contract";
import { Button, Drawer, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { useLeave } from "../editor/LeaveDialog.tsx";
import { TableGrid } from "./TableGrid.tsx";
import { refreshTables } from "./TableList.tsx";
import { TableProblems } from "./TableProblems.tsx";
import { TableSource } from "./TableSource.tsx";

/** `id` null: a new table. */
export type EditorProps = { id: TableId | null; canWrite: boolean; onClose: () => void };

export function TableEditor({ id, canWrite, onClose }: EditorProps) {
  const { t } = useTranslation();
  const [isTouched, setTouched] = useState(false);
  const leave = useLeave(isTouched, onClose);
  const table = useQuery({
    queryKey: [...queryKeys.tables, id],
    queryFn: ({ signal }) => (id === null ? null : call(routes.getTable, { params: { id }, signal })),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  return (
    <Drawer
      open
      title={id === null ? t("knowledge.tables.add") : t("knowledge.tables.edit")}
      size={860}
      mask={{ closable: false }}
      onClose={leave.close}
    >
      {table.isPending ? (
        <BlockSkeleton />
      ) : table.error ? (
        <ErrorState error={table.error} onRetry={table.refetch} />
      ) : (
        <TableForm table={table.data} canWrite={canWrite} onTouched={setTouched} />
      )}
      {leave.dialog}
    </Drawer>
  );
}

interface Draft {
  name: string;
  rows: string[][] | null;
  reading: TableReading | null;
}

type FormProps = { table: ShopTable | null; canWrite: boolean; onTouched: (isTouched: boolean) => void };

function TableForm({ table: opened, canWrite, onTouched }: FormProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [saved, setSaved] = useState(opened);
  const [draft, setDraft] = useState<Draft>({
    name: opened?.name ?? "",
    rows: opened?.rows ?? null,
    reading: opened?.reading ?? null,
  });
  const { name, rows, reading } = draft;
  const isTouched = name !== (saved?.name ?? "") || (rows !== null && rows !== saved?.rows);
  useEffect(() => onTouched(isTouched), [isTouched, onTouched]);
  const take = (read: TableImport) =>
    setDraft({ name: name || read.name, rows: read.rows, reading: read.reading });
  const save = () =>
    act.run(async () => {
      if (rows === null) return;
      const body = { name: name.trim(), rows };
      const now =
        saved === null
          ? await call(routes.createTable, { body })
          : await call(routes.updateTable, {
              params: { id: saved.id },
              body: { ...body, version: saved.version },
            });
      setSaved(now);
      setDraft({ name: now.name, rows: now.rows, reading: now.reading });
      await refreshTables();
    }, t("knowledge.tables.saved"));
  if (rows === null) return <TableSource onRead={take} />;
  return (
    <div className="stack">
      <Field label={t("knowledge.tables.name")} hint={t("knowledge.tables.nameHint")}>
        {(control) => (
          <Input
            {...control}
            maxLength={60}
            readOnly={!canWrite}
            value={name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        )}
      </Field>
      {reading ? <TableProblems reading={reading} /> : null}
      <TableGrid rows={rows} canWrite={canWrite} onChange={(next) => setDraft({ ...draft, rows: next })} />
      {canWrite ? (
        <div className="row-line">
          <Button
            type="primary"
            loading={act.isBusy}
            disabled={name.trim() === ""}
            onClick={() => void save()}
          >
            {t("common.save")}
          </Button>
          <Button onClick={() => setDraft({ ...draft, rows: null })}>{t("knowledge.tables.replace")}</Button>
        </div>
      ) : null}
    </div>
  );
}
