// First steps: what is done and what to do next, until everything is; then a short word and the way to the inbox.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, Button, Progress } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { BlockSkeleton, EmptyState, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { useMe } from "../../live/session.ts";
import { LaunchPlan } from "./LaunchPlan.tsx";

const steps = [
  { name: "faqs", fact: "hasFaqs", to: "/knowledge" },
  { name: "answered", fact: "hasAnswered", to: "/knowledge" },
  { name: "website", fact: "hasWebsite", to: "/channels" },
  { name: "hours", fact: "hasHours", to: "/hours" },
  { name: "colleague", fact: "hasColleague", to: "/members" },
  { name: "recovery", fact: "recoveryKeyConfirmed", to: "/backup" },
] as const;

export default function LaunchPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const queries = useQueryClient();
  const act = useAct();
  const facts = useQuery({ queryKey: queryKeys.firstSteps, queryFn: () => call(routes.stats) });
  const removeDemo = () =>
    act.run(async () => {
      await call(routes.removeDemo);
      await queries.invalidateQueries();
    }, t("settings.demoRemoved"));
  const done = facts.data ? steps.filter((step) => facts.data[step.fact]).length : 0;
  const next = facts.data ? steps.find((step) => !facts.data[step.fact]) : undefined;
  return (
    <Page title={t("launch.title")} lead={t("launch.lead")} width="narrow">
      {me.tenant.hasDemo ? (
        <Alert
          type="info"
          showIcon
          title={t("launch.demoText")}
          style={{ marginBlockEnd: 16 }}
          action={
            <Button size="small" loading={act.isBusy} onClick={() => void removeDemo()}>
              {t("launch.demoRemove")}
            </Button>
          }
        />
      ) : null}
      {facts.isPending ? (
        <BlockSkeleton rows={8} />
      ) : facts.error ? (
        <ErrorState error={facts.error} onRetry={facts.refetch} />
      ) : (
        <Section>
          {done === steps.length ? (
            <EmptyState
              icon="check"
              title={t("launch.allDone")}
              text={t("launch.allDoneText")}
              action={
                <Button type="primary" onClick={() => void navigate({ to: "/inbox" })}>
                  {t("launch.goInbox")}
                </Button>
              }
            />
          ) : (
            <>
              <p className="soft">{t("launch.progress", { done, total: steps.length })}</p>
              <Progress
                percent={Math.round((done / steps.length) * 100)}
                showInfo={false}
                aria-label={t("launch.progress", { done, total: steps.length })}
              />
            </>
          )}
          <ul className="plain-list steps">
            {steps.map(({ name, fact, to }) => (
              <li key={name} className="step-line">
                <span className={facts.data[fact] ? "step-mark step-mark-done" : "step-mark"}>
                  {facts.data[fact] ? <Icon name="check" size={16} /> : null}
                </span>
                <div>
                  <strong>{t(`launch.${name}`)}</strong>
                  <div className="soft">{t(`launch.${name}Text`)}</div>
                </div>
                {facts.data[fact] ? null : (
                  <Button
                    type={name === next?.name ? "primary" : "default"}
                    onClick={() => void navigate({ to })}
                  >
                    {t(`launch.${name}Act`)}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      <LaunchPlan />
    </Page>
  );
}
