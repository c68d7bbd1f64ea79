// The audit entries as a plain table: rows on a desk, small cards on a phone. No library: antd's table writes style elements
// that our content policy refuses.
import type { AuditEntry } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Time } from "../../components/Time.tsx";
import { actionName, detailWords } from "./audit-words.ts";

export function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation();
  const who = (entry: AuditEntry) =>
    entry.actorName ??
    (entry.actorKind.startsWith("system") ? t("audit.system") : (entry.actorId ?? entry.actorKind));
  return (
    <div className="table-wrap">
      <table className="plain-table">
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t("audit.time")}</th>
            <th scope="col">{t("audit.who")}</th>
            <th scope="col">{t("audit.what")}</th>
            <th scope="col">{t("audit.details")}</th>
            <th scope="col">{t("audit.address")}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.seq}>
              <td className="soft number">{entry.seq}</td>
              <td className="no-wrap">
                <Time at={entry.at} style="full" />
              </td>
              <td>{who(entry)}</td>
              <td>
                <strong>{actionName(entry.action, t)}</strong>
              </td>
              <td className="soft">{detailWords(entry.details, t).join(" · ")}</td>
              <td className="soft number">{entry.address}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
