// One pinned statement in the list: its state, its figure, and the two ends it can come to.
import type { Incident } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ConfirmWithUndo } from "../../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";

const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.incidents });

export function IncidentRow({
  incident,
  canWrite,
  onOpen,
}: {
  incident: Incident;
  canWrite: boolean;
  onOpen: () => void;
}) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const { id, title, text, startsAt, endsAt, toldCount } = incident;
  const now = Date.now();
  const state = Date.parse(endsAt) <= now ? "over" : Date.parse(startsAt) > now ? "coming" : "live";
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: "short", timeStyle: "short" });
  const end = () =>
    act.run(async () => {
      const { toldCount: _, id: __, ...draft } = incident;
      await call(routes.updateIncident, {
        params: { id },
        body: { ...draft, endsAt: new Date().toISOString() },
      });
      await refresh();
    }, t("knowledge.incidents.ended"));
  return (
    <li>
      <div className="spread">
        <button type="button" className="list-button incident-name" onClick={onOpen}>
          <strong>{title}</strong>{" "}
          <Tag color={state === "live" ? "processing" : "default"}>{t(`knowledge.incidents.${state}`)}</Tag>{" "}
          <span className="soft">
            {t("knowledge.incidents.until", { time: time.format(new Date(endsAt)) })}
          </span>
          <div className="clip-line soft">{text}</div>
        </button>
        <span className="row-line">
          <span className="soft">{t("knowledge.incidents.told", { count: toldCount })}</span>
          {canWrite && state === "live" ? (
            <Button size="small" loading={act.isBusy} onClick={() => void end()}>
              {t("knowledge.incidents.endNow")}
            </Button>
          ) : null}
          {canWrite && state !== "live" ? (
            <ConfirmWithUndo
              type="text"
              aria-label={`${t("common.remove")} ${title}`}
              icon={<Icon name="trash" size={16} />}
              doneText={t("knowledge.incidents.deleted", { name: title })}
              act={() => call(routes.deleteIncident, { params: { id } }).then(refresh)}
              undo={() => call(routes.restoreIncident, { params: { id } }).then(refresh)}
            >
              {null}
            </ConfirmWithUndo>
          ) : null}
        </span>
      </div>
    </li>
  );
}
