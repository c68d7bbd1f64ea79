// The plan of the first eight weeks; what is done ticks itself, the first open line says what comes next.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Section } from "../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { queryKeys } from "../../live/queries.ts";
import { enough, phases, planDone, planLines } from "./plan.ts";

async function readFacts() {
  const [stats, blanks, inboxes, runs, cases, open, made, merged, ignored, resolution, pilot] =
    await Promise.all([
      call(routes.stats),
      call(routes.listBlanks),
      call(routes.listInboxes),
      call(routes.listRehearsalRuns),
      call(routes.listRehearsalCases),
      call(routes.listGaps, { query: {} }),
      call(routes.listGaps, { query: { state: "made" } }),
      call(routes.listGaps, { query: { state: "merged" } }),
      call(routes.listGaps, { query: { state: "ignored" } }),
      call(routes.getResolution, { query: {} }),
      call(routes.getPilot, { query: { days: 90 } }),
    ]);
  const decided = made.gaps.length + merged.gaps.length + ignored.gaps.length;
  const { hasFaqs, hasHours } = stats;
  const gaps = { open: open.gaps.length, decided };
  return { hasFaqs, hasHours, blanks, inboxes, runs, cases, gaps, resolution, pilot };
}

export function LaunchPlan() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const facts = useQuery({ queryKey: [...queryKeys.firstSteps, "plan"], queryFn: readFacts });
  if (facts.isPending) return <BlockSkeleton rows={6} />;
  if (facts.error) return <ErrorState error={facts.error} onRetry={facts.refetch} />;
  const done = planDone(facts.data);
  const next = planLines.find(({ name }) => !done[name]);
  return (
    <Section title={t("launchPlan.title")} lead={t("launchPlan.lead")}>
      {phases.map((phase) => (
        <div key={phase}>
          <h3>{t(`launchPlan.phases.${phase}`)}</h3>
          <ul className="plain-list steps">
            {planLines
              .filter((line) => line.phase === phase)
              .map(({ name, to }) => (
                <li key={name} className="step-line">
                  <span className={done[name] ? "step-mark step-mark-done" : "step-mark"}>
                    {done[name] ? <Icon name="check" size={16} /> : null}
                  </span>
                  <div>
                    <strong>{t(`launchPlan.lines.${name}`)}</strong>
                    <div className="soft">
                      {t(`launchPlan.texts.${name}`, {
                        ...enough,
                        share: enough.share * 100,
                        wrong: enough.wrong * 100,
                      })}
                    </div>
                  </div>
                  {done[name] ? null : (
                    <Button
                      type={name === next?.name ? "primary" : "default"}
                      aria-label={`${t("launchPlan.go")} ${t(`launchPlan.lines.${name}`)}`}
                      onClick={() => void navigate({ to })}
                    >
                      {t("launchPlan.go")}
                    </Button>
                  )}
                </li>
              ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}
