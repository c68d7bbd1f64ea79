// Pinned statements: what is on, what was, how many were told; and a suggestion where a question rises suddenly.
import { useQuery } from "@tanstack/react-query";
import type { Incident, Spike } from "@yingda/contract";
import { Alert, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { queryKeys } from "../../../live/queries.ts";
import { TabActions, type TabProps } from "../tab.tsx";
import { IncidentEditor } from "./IncidentEditor.tsx";
import { IncidentRow } from "./IncidentRow.tsx";
import "./incidents.css";

const lookAgainMs = 60_000;
type Open = { incident: Incident | null; spike: Spike | null } | null;

export function IncidentsTab({ canWrite }: TabProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>(null);
  const add = (spike: Spike | null = null) => setOpen({ incident: null, spike });
  const list = useQuery({ queryKey: queryKeys.incidents, queryFn: () => call(routes.listIncidents) });
  const spikes = useQuery({
    queryKey: [...queryKeys.incidents, "spikes"],
    queryFn: () => call(routes.listSpikes),
    refetchInterval: lookAgainMs,
  });
  return (
    <>
      {canWrite ? (
        <TabActions>
          <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => add()}>
            {t("knowledge.incidents.add")}
          </Button>
        </TabActions>
      ) : null}
      {(spikes.data ?? []).map((spike) => (
        <Alert
          key={spike.faq}
          className="incident-spike"
          type="warning"
          showIcon
          title={t("knowledge.incidents.spike", { ...spike })}
          action={
            canWrite ? (
              <Button size="small" onClick={() => add(spike)}>
                {t("knowledge.incidents.pin")}
              </Button>
            ) : null
          }
        />
      ))}
      {list.isPending ? (
        <RowSkeletons count={3} />
      ) : list.error ? (
        <ErrorState error={list.error} onRetry={list.refetch} />
      ) : list.data.length === 0 ? (
        <EmptyState
          icon="bell"
          title={t("knowledge.incidents.empty")}
          text={t("knowledge.incidents.emptyText")}
          action={
            canWrite ? (
              <Button type="primary" onClick={() => add()}>
                {t("knowledge.incidents.add")}
              </Button>
            ) : null
          }
        />
      ) : (
        <ul className="plain-list">
          {list.data.map((incident) => (
            <IncidentRow
              key={incident.id}
              incident={incident}
              canWrite={canWrite}
              onOpen={() => setOpen({ incident, spike: null })}
            />
          ))}
        </ul>
      )}
      {open ? <IncidentEditor {...open} canWrite={canWrite} onClose={() => setOpen(null)} /> : null}
    </>
  );
}
