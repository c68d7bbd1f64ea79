// What to look at in a table, each with its place in the sheet.
import type { TableProblem, TableReading } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";

const mostShown = 30;
/** Nothing to repair. */
const remarks: readonly TableProblem["code"][] = ["kept-private", "more-sheets", "hidden-column"];

export function TableProblems({ reading }: { reading: TableReading }) {
  const { t } = useTranslation();
  const { problems } = reading;
  const placeOf = ({ row, column }: TableProblem) =>
    row !== null && column !== null
      ? t("knowledge.tables.placeCell", { row, column })
      : row !== null
        ? t("knowledge.tables.placeRow", { row })
        : column !== null
          ? t("knowledge.tables.placeColumn", { column })
          : "";
  return (
    <div className="stack">
      <p className="soft">
        {t("knowledge.tables.readAs", {
          columns: reading.columns.filter(Boolean).join(t("common.listComma")),
        })}
      </p>
      {problems.length === 0 ? null : (
        <section className="knowledge-problems" aria-label={t("knowledge.health.problems")}>
          <ul>
            {problems.slice(0, mostShown).map((problem, at) => (
              <li key={`${String(at)}-${problem.code}`}>
                <Icon name={remarks.includes(problem.code) ? "info" : "warning"} size={16} />
                <span>
                  {placeOf(problem)} {t(`knowledge.tables.problem.${problem.code}`)}
                  {problem.text === "" ? "" : ` “${problem.text}”`}
                </span>
              </li>
            ))}
            {problems.length > mostShown ? (
              <li>{t("knowledge.health.more", { count: problems.length })}</li>
            ) : null}
          </ul>
        </section>
      )}
    </div>
  );
}
