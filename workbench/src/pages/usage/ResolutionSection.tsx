// How conversations ended, honestly counted.
import { useQuery } from "@tanstack/react-query";
import { resolutions } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Section } from "../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { queryKeys } from "../../live/queries.ts";

export function ResolutionSection() {
  const { t } = useTranslation();
  const ended = useQuery({
    queryKey: [...queryKeys.usage, "resolution"],
    queryFn: ({ signal }) => call(routes.getResolution, { query: {}, signal }),
  });
  return (
    <Section title={t("usage.resolution")} lead={t("usage.resolutionLead")}>
      {ended.isPending ? (
        <BlockSkeleton />
      ) : ended.error ? (
        <ErrorState error={ended.error} onRetry={ended.refetch} />
      ) : (
        <>
          <p>
            <strong>
              {t("usage.solvedShare", {
                share:
                  ended.data.solvedShare === null
                    ? t("usage.none")
                    : `${Math.round(ended.data.solvedShare * 100)}%`,
              })}
            </strong>{" "}
            <span className="soft">{t("usage.open", { count: ended.data.open })}</span>
          </p>
          <dl className="usage-facts">
            {resolutions.map((state) => (
              <div key={state}>
                <dt>{t(`usage.resolutions.${state}`)}</dt>
                <dd>{ended.data.counts[state]}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </Section>
  );
}
