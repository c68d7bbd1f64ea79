// Keys for programs: made with scopes, shown once, revoked.
import { useQuery } from "@tanstack/react-query";
import { type Permission, permissions } from "@yingda/contract";
import { Button, Checkbox, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { ConfirmDanger } from "../../components/ConfirmWithUndo.tsx";
import { CopyField } from "../../components/CopyField.tsx";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../components/states.tsx";
import { Time } from "../../components/Time.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { useMe } from "../../live/session.ts";

const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.apiKeys });

export function ApiKeys() {
  const { t } = useTranslation();
  const keys = useQuery({ queryKey: queryKeys.apiKeys, queryFn: () => call(routes.listApiKeys) });
  const [isMaking, setMaking] = useState(false);
  const [revoking, setRevoking] = useState<{ id: string; name: string } | null>(null);
  return (
    <Section
      title={t("channelsPage.apiKeys")}
      lead={t("channelsPage.apiKeysLead")}
      actions={<Button onClick={() => setMaking(true)}>{t("channelsPage.newKey")}</Button>}
    >
      {keys.isPending ? (
        <RowSkeletons count={1} height={48} />
      ) : keys.error ? (
        <ErrorState error={keys.error} onRetry={keys.refetch} />
      ) : (
        <ul className="plain-list">
          {keys.data.map((key) => (
            <li key={key.id} className="spread">
              <div>
                <strong>{key.name}</strong> <code>…{key.lastFour}</code>{" "}
                {key.revokedAt ? <Tag>{t("channelsPage.revoked")}</Tag> : null}
                <div className="soft">
                  {key.scopes.map((scope) => t(`channelsPage.scopeNames.${scope}`)).join(" · ")} ·{" "}
                  {t("channelsPage.lastUsed")}{" "}
                  {key.lastUsedAt ? <Time at={key.lastUsedAt} /> : t("channelsPage.never")}
                </div>
              </div>
              {key.revokedAt ? null : (
                <Button danger onClick={() => setRevoking(key)}>
                  {t("channelsPage.revoke")}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {isMaking ? <NewKey onClose={() => setMaking(false)} /> : null}
      <ConfirmDanger
        isOpen={revoking !== null}
        title={`${t("channelsPage.revoke")} ${revoking?.name ?? ""}`}
        word={null}
        actText={t("channelsPage.revoke")}
        onClose={() => setRevoking(null)}
        act={async () => {
          await call(routes.revokeApiKey, { params: { id: revoking?.id ?? "" } });
          await refresh();
        }}
      >
        {null}
      </ConfirmDanger>
    </Section>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const act = useAct();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<Permission[]>(["conversations-read"]);
  const [key, setKey] = useState<string | null>(null);
  const make = () =>
    act.run(async () => {
      setKey((await call(routes.createApiKey, { body: { name: name.trim(), scopes } })).key);
      await refresh();
    });
  return (
    <Modal
      open
      title={t("channelsPage.newKey")}
      onCancel={onClose}
      onOk={key ? onClose : () => void make()}
      okText={key ? t("common.done") : t("common.add")}
      cancelText={t("common.cancel")}
      confirmLoading={act.isBusy}
      okButtonProps={{ disabled: !key && (name.trim() === "" || scopes.length === 0) }}
    >
      {key ? (
        <>
          <p>{t("channelsPage.keyOnce")}</p>
          <CopyField value={key} label={t("channelsPage.newKey")} isLong />
        </>
      ) : (
        <>
          <Field label={t("common.name")}>
            {(control) => (
              <Input
                {...control}
                maxLength={60}
                autoFocus
                value={name}
                onChange={(event) => setName(event.target.value)}
              />
            )}
          </Field>
          <fieldset className="day-blocks">
            <legend>{t("channelsPage.scopes")}</legend>
            <Checkbox.Group
              value={scopes}
              onChange={setScopes}
              options={permissions
                .filter((scope) => me.permissions.includes(scope))
                .map((scope) => ({ value: scope, label: t(`channelsPage.scopeNames.${scope}`) }))}
            />
          </fieldset>
        </>
      )}
    </Modal>
  );
}
