// Business applications that can be connected: search, choose, paste the key; their tools are then among one's own.
import { useQuery } from "@tanstack/react-query";
import type { CatalogueEntry } from "@yingda/contract";
import { Alert, Button, Drawer, Input, Tag } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { refreshTools } from "./refresh-tools.ts";

type Both = CatalogueEntry["name"];

function useBoth() {
  const { i18n } = useTranslation();
  return ({ zh, en }: Both) => (i18n.language.startsWith("zh") ? zh : en);
}

export function Catalogue({ canWrite, onConnected }: { canWrite: boolean; onConnected: () => void }) {
  const { t } = useTranslation();
  const both = useBoth();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState<CatalogueEntry | null>(null);
  const q = useDeferredValue(query);
  const found = useQuery({
    queryKey: [...queryKeys.tools, "catalogue", q],
    queryFn: ({ signal }) => call(routes.listApplications, { query: { q }, signal }),
    placeholderData: (before) => before,
  });
  return (
    <div className="stack">
      <Input.Search
        allowClear
        value={query}
        placeholder={t("tools.search")}
        aria-label={t("tools.search")}
        onChange={(event) => setQuery(event.target.value)}
      />
      {found.isPending ? (
        <RowSkeletons count={4} />
      ) : found.error ? (
        <ErrorState error={found.error} onRetry={found.refetch} />
      ) : found.data.length === 0 ? (
        <EmptyState isSmall icon="search" title={t("tools.noneFound")} text={t("tools.noneFoundText")} />
      ) : (
        <ul className="plain-list tool-cards">
          {found.data.map((entry) => (
            <li key={entry.id}>
              <button type="button" className="tool-card" onClick={() => setChosen(entry)}>
                <strong>{both(entry.name)}</strong>
                <span className="soft">{both(entry.gives)}</span>
                <span>
                  <Tag>{both(entry.familyName)}</Tag>
                  {entry.signIn === "signer" ? <Tag color="warning">{t("tools.needsConnector")}</Tag> : null}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {chosen ? (
        <Connect entry={chosen} canWrite={canWrite} onClose={() => setChosen(null)} onDone={onConnected} />
      ) : null}
    </div>
  );
}

type ConnectProps = { entry: CatalogueEntry; canWrite: boolean; onClose: () => void; onDone: () => void };

function Connect({ entry, canWrite, onClose, onDone }: ConnectProps) {
  const { t } = useTranslation();
  const both = useBoth();
  const act = useAct();
  const [fields, setFields] = useState<Record<string, string>>({});
  const isReady = entry.fields.every(({ key }) => (fields[key] ?? "").trim() !== "");
  const connect = () =>
    act.run(async () => {
      await call(routes.addApplication, { params: { slug: entry.id }, body: { fields } });
      await refreshTools();
      onDone();
    }, t("tools.connected"));
  return (
    <Drawer open title={both(entry.name)} size={560} onClose={onClose}>
      <div className="stack">
        <p>{both(entry.gives)}</p>
        <Alert type="info" showIcon title={t("tools.notTriedLive")} />
        <ul>
          {entry.operations.map(({ id, purpose, effect }) => (
            <li key={id}>
              {both(purpose)}{" "}
              <Tag color={effect === "change" ? "processing" : "default"}>{t(`tools.effect.${effect}`)}</Tag>
            </li>
          ))}
        </ul>
        <p>
          <a href={entry.documentation} target="_blank" rel="noreferrer">
            {t("tools.documentation")}
          </a>
        </p>
        {entry.signIn === "signer" ? (
          <Alert type="warning" showIcon title={t("tools.needsConnectorText")} />
        ) : (
          <>
            {entry.signIn === "token" ? <p className="soft">{t("tools.tokenText")}</p> : null}
            {entry.fields.map(({ key, name, example, isSecret }) => (
              <Field key={key} label={both(name)} hint={example === "" ? undefined : example}>
                {(control) =>
                  isSecret ? (
                    <Input.Password
                      {...control}
                      autoComplete="off"
                      value={fields[key] ?? ""}
                      onChange={(event) => setFields({ ...fields, [key]: event.target.value })}
                    />
                  ) : (
                    <Input
                      {...control}
                      value={fields[key] ?? ""}
                      onChange={(event) => setFields({ ...fields, [key]: event.target.value })}
                    />
                  )
                }
              </Field>
            ))}
            {canWrite ? (
              <Button type="primary" disabled={!isReady} loading={act.isBusy} onClick={() => void connect()}>
                {t("tools.connect")}
              </Button>
            ) : null}
          </>
        )}
      </div>
    </Drawer>
  );
}
