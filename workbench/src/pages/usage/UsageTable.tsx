// A month's calls by day, model, purpose, channel and question: one table, the grouping chosen above it.
import type { UsageLine, UsageReport } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../../components/Page.tsx";
import { TabStrip } from "../../components/TabStrip.tsx";
import { shown } from "./index.tsx";

const groups = ["byDay", "byModel", "byTask", "byChannel", "byIntent"] as const;
type Group = (typeof groups)[number];
const tasks = [
  "answer",
  "rewrite",
  "summary",
  "draft",
  "translate",
  "extract",
  "judge",
  "picture",
  "embedding",
] as const;

export function UsageTable({ report }: { report: UsageReport }) {
  const { t, i18n } = useTranslation();
  const [group, setGroup] = useState<Group>("byDay");
  const lines: readonly UsageLine[] = report[group];
  const most = Math.max(...lines.map(({ yuan }) => yuan), 0);
  const name = (key: string) => {
    const task = group === "byTask" ? tasks.find((one) => one === key) : undefined;
    if (task) return t(`usage.tasks.${task}`);
    return key === "" ? t("usage.noKey") : key;
  };
  return (
    <Section>
      <TabStrip
        label={t("usage.title")}
        tabs={groups.map((key) => ({ key, label: t(`usage.${key}`) }))}
        chosen={group}
        controls="usage-lines"
        onChoose={setGroup}
      />
      <ul className="plain-list" id="usage-lines">
        {lines.map((line) => (
          <li className="usage-line" key={line.key}>
            <span className="usage-name">{name(line.key)}</span>
            <span className="soft">
              {t("usage.calls", { count: line.calls })}
              {line.failed > 0 ? t("usage.failed", { count: line.failed }) : ""} ·{" "}
              {t("usage.tokens", {
                input: line.inputTokens.toLocaleString(i18n.language),
                output: line.outputTokens.toLocaleString(i18n.language),
              })}
            </span>
            <meter min={0} max={most || 1} value={line.yuan} aria-label={name(line.key)} />
            <strong>{t("usage.yuan", { value: shown(line.yuan) })}</strong>
          </li>
        ))}
      </ul>
    </Section>
  );
}
