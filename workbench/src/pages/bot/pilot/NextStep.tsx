// What the figures say to do next, with the button that does it and its undo.
import type { BotBehaviour, Inbox, PilotNext } from "@yingda/contract";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ConfirmWithUndo } from "../../../components/ConfirmWithUndo.tsx";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { useCan } from "../../../live/session.ts";
import { useModeName } from "./use-mode-name.ts";

export function NextStep({ inbox, next }: { inbox: Inbox; next: PilotNext }) {
  const { t } = useTranslation();
  const modeName = useModeName();
  const canChange = useCan("inboxes-write");
  const { to } = next;
  const toMend = () => document.getElementById("pilot-changed")?.scrollIntoView({ behavior: "smooth" });
  return (
    <div className={`pilot-next pilot-next-${next.kind}`} role="status">
      <div>
        <strong>{t("pilot.next.title")}</strong>
        <p>{useSentence(next)}</p>
      </div>
      {to && canChange ? <Widen inbox={inbox} to={to} name={modeName(to)} /> : null}
      {next.kind === "mend" ? <Button onClick={toMend}>{t("pilot.changed.title")}</Button> : null}
    </div>
  );
}

function useSentence(next: PilotNext): string {
  const { t } = useTranslation();
  const values = { count: next.count, enough: next.enough, percent: next.percent ?? 0 };
  const { because } = next;
  switch (next.kind) {
    case "widen":
      return because === "drafts" || because === "answers"
        ? t(`pilot.next.widen.${because}`, values)
        : t("pilot.next.widen.begin");
    case "wait":
      return t(because === "drafts" ? "pilot.next.wait.drafts" : "pilot.next.wait.answers", values);
    case "mend":
      return because === "begin" || because === "everybody" ? "" : t(`pilot.next.mend.${because}`, values);
    case "done":
      return t("pilot.next.done");
    default:
      return next.kind satisfies never;
  }
}

type To = NonNullable<PilotNext["to"]>;

function Widen({ inbox, to, name }: { inbox: Inbox; to: To; name: string }) {
  const { t } = useTranslation();
  const before = inbox.behaviour.pilot;
  return (
    <ConfirmWithUndo
      type="primary"
      doneText={t("pilot.next.acted", { mode: name })}
      act={() => changePilot(inbox.id, { ...before, ...to })}
      undo={() => changePilot(inbox.id, before)}
    >
      {t("pilot.next.act", { mode: name })}
    </ConfirmWithUndo>
  );
}

/** Of the inbox as it is now, so that an undo minds what was changed in between. */
async function changePilot(id: Inbox["id"], pilot: BotBehaviour["pilot"]): Promise<void> {
  const inboxes = await call(routes.listInboxes);
  const inbox = inboxes.find((one) => one.id === id);
  if (!inbox) return;
  const next = await call(routes.updateInbox, {
    params: { id },
    body: { behaviour: { ...inbox.behaviour, pilot }, version: inbox.version },
  });
  queryClient.setQueryData<Inbox[]>(queryKeys.inboxes, (all) =>
    all?.map((one) => (one.id === next.id ? next : one)),
  );
  await queryClient.invalidateQueries({ queryKey: queryKeys.pilot });
}
