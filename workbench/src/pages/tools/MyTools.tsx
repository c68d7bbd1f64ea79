// The connected systems with their tools: on or off, how the last call went, a trial, away with a way back.
import { useQuery } from "@tanstack/react-query";
import type { ShopTool, ToolConnection } from "@yingda/contract";
import { Button, Switch, Tag } from "antd";
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
import { errorSentence } from "./error-sentence.ts";
import { refreshTools } from "./refresh-tools.ts";
import { TestTool } from "./TestTool.tsx";

export function MyTools({ canWrite, onAdd }: { canWrite: boolean; onAdd: () => void }) {
  const { t } = useTranslation();
  const [tried, setTried] = useState<ShopTool | null>(null);
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
        />
      ))}
      {tried ? <TestTool tool={tried} onClose={() => setTried(null)} /> : null}
    </>
  );
}

type SystemProps = {
  connection: ToolConnection;
  tools: ShopTool[];
  canWrite: boolean;
  onTry: (tool: ShopTool) => void;
};

function SystemSection({ connection, tools, canWrite, onTry }: SystemProps) {
  const { t } = useTranslation();
  const params = { id: connection.id };
  return (
    <Section
      title={connection.name}
      lead={<span className="tool-address">{connection.baseUrl}</span>}
      actions={
        canWrite ? (
          <ConfirmWithUndo
            type="text"
            icon={<Icon name="trash" size={16} />}
            aria-label={`${t("common.remove")} ${connection.name}`}
            act={async () => {
              await call(routes.deleteConnection, { params });
              await refreshTools();
            }}
            undo={async () => {
              await call(routes.restoreConnection, { params });
              await refreshTools();
            }}
            doneText={t("tools.removed", { name: connection.name })}
          >
            {null}
          </ConfirmWithUndo>
        ) : null
      }
    >
      <ul className="plain-list">
        {tools.map((tool) => (
          <ToolLine key={tool.id} tool={tool} canWrite={canWrite} onTry={() => onTry(tool)} />
        ))}
      </ul>
    </Section>
  );
}

function ToolLine({ tool, canWrite, onTry }: { tool: ShopTool; canWrite: boolean; onTry: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, connectionId: _c, connectionName: _n, updatedAt: _u, last, ...draft } = tool;
  const switchTo = (isOn: boolean) =>
    void act.run(async () => {
      await call(routes.updateTool, { params: { id }, body: { ...draft, isOn } });
      await refreshTools();
    });
  return (
    <li className="step-line tool-line">
      <div className="tool-words">
        <strong>{tool.title}</strong> <code>{tool.name}</code>
        <div className="soft">
          <Tag color={tool.effect === "change" ? "gold" : "default"}>{t(`tools.effect.${tool.effect}`)}</Tag>
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
          <Button onClick={onTry}>{t("tools.try")}</Button>
          <Switch
            checked={tool.isOn}
            loading={act.isBusy}
            aria-label={t("tools.isOn", { name: tool.title })}
            onChange={switchTo}
          />
        </span>
      ) : null}
    </li>
  );
}
