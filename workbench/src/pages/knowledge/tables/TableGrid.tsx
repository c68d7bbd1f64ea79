// The cells of a sheet to read and to change, a page of rows at a time. Row and column numbers are those of the problems.
import { Button, Pagination } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";

const rowsShown = 30;

export type GridProps = {
  rows: readonly string[][];
  canWrite: boolean;
  onChange: (rows: string[][]) => void;
};

export function TableGrid({ rows, canWrite, onChange }: GridProps) {
  const { t } = useTranslation();
  const [wanted, setPage] = useState(1);
  // the last row of a page may be gone
  const page = Math.min(wanted, Math.max(1, Math.ceil(rows.length / rowsShown)));
  const width = Math.max(1, ...rows.map((row) => row.length));
  const columns = Array.from({ length: width }, (_, at) => at);
  const from = (page - 1) * rowsShown;
  const write = (row: number, column: number, text: string) => {
    if ((rows[row]?.[column] ?? "") === text) return;
    onChange(
      rows.map((cells, at) =>
        at === row
          ? Array.from({ length: Math.max(cells.length, column + 1) }, (_, place) =>
              place === column ? text : (cells[place] ?? ""),
            )
          : cells,
      ),
    );
  };
  return (
    <div className="stack">
      <section className="table-grid" aria-label={t("knowledge.tables.cells")}>
        <table>
          <thead>
            <tr>
              <td />
              {columns.map((column) => (
                <th key={column} scope="col">
                  {column + 1}
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.slice(from, from + rowsShown).map((cells, shown) => {
              const row = from + shown;
              return (
                <tr key={row}>
                  <th scope="row">{row + 1}</th>
                  {columns.map((column) => (
                    <td key={column}>
                      <input
                        key={cells[column] ?? ""}
                        aria-label={t("knowledge.tables.placeCell", { row: row + 1, column: column + 1 })}
                        maxLength={1_000}
                        readOnly={!canWrite}
                        defaultValue={cells[column] ?? ""}
                        onBlur={(event) => write(row, column, event.target.value)}
                      />
                    </td>
                  ))}
                  <td>
                    {canWrite ? (
                      <Button
                        type="text"
                        size="small"
                        icon={<Icon name="trash" size={14} />}
                        aria-label={`${t("common.remove")} ${t("knowledge.tables.placeRow", { row: row + 1 })}`}
                        onClick={() => onChange(rows.filter((_, at) => at !== row))}
                      />
                    ) : null}
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
      <div className="row-line">
        {canWrite ? (
          <>
            <Button
              size="small"
              onClick={() => {
                onChange([...rows, []]);
                setPage(Math.ceil((rows.length + 1) / rowsShown));
              }}
            >
              {t("knowledge.tables.addRow")}
            </Button>
            <Button
              size="small"
              disabled={width >= 60}
              onClick={() =>
                onChange(
                  rows.map((cells, at) =>
                    at === 0
                      ? [...cells, ...Array.from({ length: width + 1 - cells.length }, () => "")]
                      : cells,
                  ),
                )
              }
            >
              {t("knowledge.tables.addColumn")}
            </Button>
          </>
        ) : null}
        {rows.length > rowsShown ? (
          <Pagination
            size="small"
            showSizeChanger={false}
            current={page}
            pageSize={rowsShown}
            total={rows.length}
            onChange={setPage}
          />
        ) : null}
      </div>
    </div>
  );
}
