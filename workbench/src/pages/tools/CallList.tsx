// What was called lately: when, by whom, how it ended; request and answer redacted, on demand.
import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { Time } from "../../components/Time.tsx";
import { queryKeys } from "../../live/queries.ts";
import { errorSentence } from "./error-sentence.ts";
import { Shown } from "./TestTool.tsx";

export function CallList() {
  const { t } = useTranslation();
  const calls = useQuery({
    queryKey: [...queryKeys.tools, "calls"],
    queryFn: ({ signal }) => call(routes.listToolCalls, { query: {}, signal }),
  });
  if (calls.isPending) return <RowSkeletons count={4} />;
  if (calls.error) return <ErrorState error={calls.error} onRetry={calls.refetch} />;
  if (calls.data.length === 0)
    return <EmptyState icon="list" title={t("tools.noCalls")} text={t("tools.noCallsText")} />;
  return (
    <Section lead={t("tools.callsLead")}>
      <ul className="plain-list">
        {calls.data.map(({ id, toolName, at, by, flow, state, status, error, tookMs, request, excerpt }) => (
          <li key={id} className="tool-call">
            <details>
              <summary>
                <Tag color={state === "done" ? "success" : "error"}>{t(`tools.state.${state}`)}</Tag>
                <code>{toolName}</code>{" "}
                <span className="soft">{by === "test" ? t("tools.byTest") : flow}</span> <Time at={at} />{" "}
                <span className="soft">
                  {status === null ? "" : `HTTP ${status} · `}
                  {Math.round(tookMs)} ms
                </span>
              </summary>
              {error ? <p className="problem">{errorSentence(error, t)}</p> : null}
              {request ? (
                <Shown
                  title={t("tools.sent")}
                  text={`${request.method} ${request.url}\n${request.body ?? ""}`}
                />
              ) : null}
              {excerpt ? <Shown title={t("tools.cameBack")} text={excerpt} /> : null}
            </details>
          </li>
        ))}
      </ul>
    </Section>
  );
}
