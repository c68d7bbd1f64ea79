// The connected systems with their tools: on or off, how the last call went, a trial, away with a way back.
import { useQuery } from "@tanstack/react-query";
import type { ShopTool, ToolConnection } from "@yingda/contract";
import { Button, Checkbox, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { ConfirmWithUndo } from "../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { Time } from "../../components/Time.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { EditConnection } from "./EditConnection.tsx";
import { EditTool } from "./EditTool.tsx";
import { errorSentence } from "./error-sentence.ts";
import { refreshTools } from "./refresh-tools.ts";
import { TestTool } from "./TestTool.tsx";

export function MyTools({ canWrite, onAdd }: { canWrite: boolean; onAdd: () => void }) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<ShopTool | null>(null);
  const [edited, setEdited] = useState<ShopTool | ToolConnection | null>(null);
  const tools = useQuery({
    queryKey: queryKeys.tools,
    queryFn: ({ signal }) => call(routes.listTools, { signal }),
  });
  if (tools.isPending) return <RowSkeletons count={3} />;
  if (tools.error) return <ErrorState error={tools.error} onRetry={tools.refetch} />;
  if (tools.data.connections.length === 0)
    return (
      <EmptyState
        icon="tools"
        title={t("tools.empty")}
        text={t("tools.emptyText")}
        action={
          canWrite ? (
            <Button type="primary" onClick={onAdd}>
              {t("tools.chooseApplication")}
            </Button>
          ) : null
        }
      />
    );
  return (
    <>
      {tools.data.connections.map((connection) => (
        <SystemSection
          key={connection.id}
          connection={connection}
          tools={tools.data.tools.filter(({ connectionId }) => connectionId === connection.id)}
          canWrite={canWrite}
          onTry={setTried}
          onEdit={setEdited}
        />
      ))}
      {edited === null ? null : "connectionId" in edited ? (
        <EditTool tool={edited} onClose={() => setEdited(null)} />
      ) : (
        <EditConnection connection={edited} onClose={() => setEdited(null)} />
      )}
      {tried ? <TestTool tool={tried} onClose={() => setTried(null)} /> : null}
    </>
  );
}

type SystemProps = {
  connection: ToolConnection;
  tools: ShopTool[];
  canWrite: boolean;
  onTry: (tool: ShopTool) => void;
  onEdit: (edited: ShopTool | ToolConnection) => void;
};

function SystemSection({ connection, tools, canWrite, onTry, onEdit }: SystemProps) {
  const { id, name } = connection;
  return (
    <Section
      title={connection.name}
      lead={<span className="tool-address">{connection.baseUrl}</span>}
      actions={
        canWrite ? (
          <span className="tool-acts">
            <EditButton name={name} onClick={() => onEdit(connection)} />
            <RemoveButton
              name={name}
              remove={() => call(routes.deleteConnection, { params: { id } })}
              restore={() => call(routes.restoreConnection, { params: { id } })}
            />
          </span>
        ) : null
      }
    >
      <ul className="plain-list">
        {tools.map((tool) => (
          <ToolLine
            key={tool.id}
            tool={tool}
            canWrite={canWrite}
            onTry={() => onTry(tool)}
            onEdit={() => onEdit(tool)}
          />
        ))}
      </ul>
    </Section>
  );
}

type ActProps = { name: string };

function EditButton({ name, onClick }: ActProps & { onClick: () => void }) {
  const { t } = useTranslation();
  return (
    <Button
      type="text"
      icon={<Icon name="pencil" size={16} />}
      aria-label={`${t("tools.edit")} ${name}`}
      onClick={onClick}
    />
  );
}

type RemoveProps = ActProps & { remove: () => Promise<unknown>; restore: () => Promise<unknown> };

function RemoveButton({ name, remove, restore }: RemoveProps) {
  const { t } = useTranslation();
  return (
    <ConfirmWithUndo
      type="text"
      icon={<Icon name="trash" size={16} />}
      aria-label={`${t("common.remove")} ${name}`}
      act={async () => {
        await remove();
        await refreshTools();
      }}
      undo={async () => {
        await restore();
        await refreshTools();
      }}
      doneText={t("tools.removed", { name })}
    >
      {null}
    </ConfirmWithUndo>
  );
}

type LineProps = { tool: ShopTool; canWrite: boolean; onTry: () => void; onEdit: () => void };

function ToolLine({ tool, canWrite, onTry, onEdit }: LineProps) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, connectionId: _c, connectionName: _n, updatedAt: _u, last, ...draft } = tool;
  const change = (part: { isOn: boolean } | { modelMayCall: boolean }) =>
    void act.run(async () => {
      await call(routes.updateTool, { params: { id }, body: { ...draft, ...part } });
      await refreshTools();
    });
  return (
    <li className="step-line tool-line">
      <div className="tool-words">
        <strong>{tool.title}</strong> <code>{tool.name}</code>
        <div className="soft">
          <Tag color={tool.effect === "change" ? "processing" : "default"}>
            {t(`tools.effect.${tool.effect}`)}
          </Tag>
          {tool.identity === "none" ? null : <Tag>{t(`tools.identity.${tool.identity}`)}</Tag>}
          {last === null ? (
            <Tag>{t("tools.notTried")}</Tag>
          ) : (
            <>
              <Tag color={last.state === "done" ? "success" : "error"}>{t(`tools.state.${last.state}`)}</Tag>
              <Time at={last.at} />
            </>
          )}
        </div>
        {last?.error ? <div className="problem">{errorSentence(last.error, t)}</div> : null}
      </div>
      {canWrite ? (
        <span className="tool-acts">
          {tool.effect === "read" ? (
            <Checkbox
              checked={tool.modelMayCall}
              disabled={act.isBusy}
              onChange={({ target }) => change({ modelMayCall: target.checked })}
            >
              <span title={t("tools.modelMayCallHint")}>{t("tools.modelMayCall")}</span>
            </Checkbox>
          ) : null}
          <Button onClick={onTry}>{t("tools.try")}</Button>
          <EditButton name={tool.title} onClick={onEdit} />
          <RemoveButton
            name={tool.title}
            remove={() => call(routes.deleteTool, { params: { id } })}
            restore={() => call(routes.restoreTool, { params: { id } })}
          />
          <Switch
            checked={tool.isOn}
            loading={act.isBusy}
            aria-label={t("tools.isOn", { name: tool.title })}
            onChange={(isOn) => change({ isOn })}
          />
        </span>
      ) : null}
    </li>
  );
}
