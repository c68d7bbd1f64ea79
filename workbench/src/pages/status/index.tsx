// Health: each part's state in words, and events that failed for good, which can be tried again.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Page, Section } from "../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../components/states.tsx";
import { Time } from "../../components/Time.tsx";
import { useAct } from "../../components/use-act.ts";
import { zhCN } from "../../i18n/zh-CN.ts";
import { queryKeys } from "../../live/queries.ts";
import { bytesText } from "../inbox/thread/bytes-text.ts";

type HealthValues = Record<string, string | number | boolean>;
type ValueName = keyof typeof zhCN.health.values;

/** The figures that mean something to an owner; the others are for monitoring. */
function valueWords(values: HealthValues, t: TFunction): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (!(name in zhCN.health.values)) return [];
    const shown = name.endsWith("Bytes") ? bytesText(Number(value)) : String(value);
    return [t(`health.values.${name as ValueName}`, { value: shown })];
  });
}

type Name = keyof typeof zhCN.health.names;
type Code = keyof typeof zhCN.health.codes;
const colours = { ok: "success", warn: "warning", down: "error" } as const;

export default function HealthPage() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const health = useQuery({
    queryKey: queryKeys.health,
    queryFn: () => call(routes.health),
    refetchInterval: 15_000,
  });
  const nameOf = (name: string) => (name in zhCN.health.names ? t(`health.names.${name as Name}`) : name);
  const codeOf = (code: string | null) =>
    code === null ? "" : code in zhCN.health.codes ? t(`health.codes.${code as Code}`) : code;
  const retry = (id: string) =>
    act.run(async () => {
      await call(routes.retryDeadLetter, { params: { id } });
      await queries.invalidateQueries({ queryKey: queryKeys.health });
    }, t("health.retried"));
  return (
    <Page title={t("health.title")} lead={t("health.lead")} width="narrow">
      {health.isPending ? (
        <RowSkeletons />
      ) : health.error ? (
        <ErrorState error={health.error} onRetry={health.refetch} />
      ) : (
        <>
          <Section>
            <ul className="plain-list">
              {health.data.checks.map((check) => (
                <li key={check.name} className="step-line">
                  <span className={`state-dot state-dot-${check.state}`} aria-hidden="true" />
                  <div>
                    <strong>{nameOf(check.name)}</strong>
                    <div className="soft">
                      {[codeOf(check.code), ...valueWords(check.values, t)].filter(Boolean).join(" · ")}
                    </div>
                  </div>
                  <Tag color={colours[check.state]}>{t(`health.state.${check.state}`)}</Tag>
                </li>
              ))}
            </ul>
            <p className="soft">
              {t("health.version", {
                version: health.data.version,
                since: new Date(health.data.startedAt).toLocaleString(i18n.language),
              })}
            </p>
          </Section>
          <Section title={t("health.dead")} lead={t("health.deadLead")}>
            {health.data.deadLetters.length === 0 ? (
              <p className="soft">{t("health.deadEmpty")}</p>
            ) : (
              <ul className="plain-list">
                {health.data.deadLetters.map((letter) => (
                  <li key={letter.id} className="spread">
                    <div>
                      <strong>{letter.subscriber}</strong> · {letter.eventKind}
                      <div className="soft">
                        {letter.errorCode} · <Time at={letter.at} />
                      </div>
                    </div>
                    <Button size="small" loading={act.isBusy} onClick={() => void retry(letter.id)}>
                      {t("health.retry")}
                    </Button>
                  </li>
                ))}
              </ul>
            )}
          </Section>
        </>
      )}
    </Page>
  );
}
