// All flows: which are on, what state each is in, a copy, out as a file, away with a way back.
import { useQuery } from "@tanstack/react-query";
import type { FlowSummary } from "@yingda/contract";
import { Button, Switch, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { type MenuItem, PopMenu } from "../../components/PopMenu.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { useUndo } from "../../components/use-undo.ts";
import { useCan } from "../../live/session.ts";
import { flowsQuery, refreshFlows } from "./flow-queries.ts";
import { NewFlow } from "./NewFlow.tsx";
import { useFlowName } from "./use-flow-name.ts";

export function FlowList({ onOpen }: { onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const canWrite = useCan("knowledge-write");
  const flows = useQuery(flowsQuery);
  return (
    <Page
      title={t("flows.title")}
      lead={t("flows.lead")}
      actions={canWrite ? <NewFlow onOpen={onOpen} /> : null}
    >
      <Section>
        {flows.isPending ? (
          <RowSkeletons count={6} />
        ) : flows.error ? (
          <ErrorState error={flows.error} onRetry={flows.refetch} />
        ) : flows.data.length === 0 ? (
          <EmptyState icon="flows" title={t("flows.title")} text={t("flows.lead")} />
        ) : (
          <ul className="plain-list">
            {flows.data.map((flow) => (
              <FlowLine key={flow.id} flow={flow} canWrite={canWrite} onOpen={onOpen} />
            ))}
          </ul>
        )}
      </Section>
    </Page>
  );
}

type LineProps = { flow: FlowSummary; canWrite: boolean; onOpen: (id: string) => void };

function FlowLine({ flow, canWrite, onOpen }: LineProps) {
  const { t } = useTranslation();
  const act = useAct();
  const undoable = useUndo();
  const nameOf = useFlowName();
  const { tools, id, isOn, isOwn, isShipped, isPublished, hasDraft, problemCount } = flow;
  const name = nameOf(flow.name) || id;
  const params = { id };
  const change = (on: boolean) =>
    act.run(
      async () => {
        await call(routes.switchFlow, { params, body: { isOn: on } });
        await refreshFlows();
      },
      t(on ? "flows.switchedOn" : "flows.switchedOff"),
    );
  const copy = () =>
    act.run(async () => {
      const { id: made } = await call(routes.createFlow, { body: { copyOf: id } });
      await refreshFlows();
      onOpen(made);
    });
  const remove = () =>
    undoable({
      act: () => call(routes.deleteFlow, { params }).then(refreshFlows),
      undo: () => call(routes.restoreFlow, { params }).then(refreshFlows),
      doneText: t(isShipped ? "flows.wasReset" : "flows.deleted", { name }),
    });
  const items: MenuItem[] = [
    {
      kind: "item",
      key: "export",
      icon: "download",
      label: t("flows.export"),
      run: () => void act.run(() => download(routes.exportFlow, `${id}.yaml`, { params })),
    },
  ];
  if (canWrite) {
    items.unshift({
      kind: "item",
      key: "copy",
      icon: "copy",
      label: t("flows.copy"),
      run: () => void copy(),
    });
    if (!isShipped || isOwn || hasDraft)
      items.push({
        kind: "item",
        key: "remove",
        icon: isShipped ? "reopen" : "trash",
        isDanger: !isShipped,
        label: t(isShipped ? "flows.reset" : "common.remove"),
        run: () => void remove(),
      });
  }
  return (
    <li className="flow-line">
      <Switch
        aria-label={t("flows.switch", { name })}
        checked={isOn}
        disabled={!canWrite || act.isBusy || (!isOn && (problemCount > 0 || !isPublished))}
        onChange={(on) => void change(on)}
      />
      <button type="button" className="list-button" onClick={() => onOpen(id)}>
        <span className="flow-line-words">
          <strong>{name}</strong>
          <span className="flow-line-tags">
            <Tag>{t(isShipped ? (isOwn ? "flows.changed" : "flows.shipped") : "flows.own")}</Tag>
            {tools === "demo" ? <Tag>{t("flows.demoTools")}</Tag> : null}
            {isPublished ? null : <Tag>{t("flows.unpublished")}</Tag>}
            {hasDraft && isPublished ? <Tag color="processing">{t("flows.draft")}</Tag> : null}
            {problemCount > 0 ? (
              <Tag color="warning">{t("flows.problems", { count: problemCount })}</Tag>
            ) : null}
          </span>
        </span>
      </button>
      <PopMenu items={items} label={t("flows.more", { name })}>
        {(button) => (
          <Button
            {...button}
            type="text"
            icon={<Icon name="more" size={16} />}
            aria-label={t("flows.more", { name })}
          />
        )}
      </PopMenu>
    </li>
  );
}
