// The bridge for any other system: where to send messages, where replies go, and the secret both sides sign with.
import type { Inbox } from "@yingda/contract";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { CopyField } from "../../components/CopyField.tsx";
import { Field } from "../../components/Field.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { useChangeInbox } from "./use-change-inbox.ts";

export function ApiInbox({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  const act = useAct();
  const [url, setUrl] = useState(inbox.webhook?.url ?? "");
  const [secret, setSecret] = useState<string | null>(null);
  const rotate = () =>
    act.run(async () => {
      setSecret((await call(routes.rotateInboxSecret, { params: { id: inbox.id } })).secret);
      await queryClient.invalidateQueries({ queryKey: queryKeys.inboxes });
    });
  return (
    <>
      <h3>{t("channelsPage.inbound")}</h3>
      <CopyField
        value={`${location.origin}/hooks/api/${inbox.id}`}
        label={t("channelsPage.inbound")}
        isLong
      />
      <Field label={t("channelsPage.webhookUrl")} hint={t("channelsPage.webhookHint")}>
        {(control) => (
          <div className="row-line">
            <Input
              {...control}
              inputMode="url"
              maxLength={500}
              style={{ flex: 1, minInlineSize: 200 }}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
            <Button
              type="primary"
              loading={change.isBusy}
              onClick={() => void change.run({ webhookUrl: url.trim() || null })}
            >
              {t("common.save")}
            </Button>
          </div>
        )}
      </Field>
      <h3>{t("channelsPage.secret")}</h3>
      {secret ? (
        <>
          <p>{t("channelsPage.secretOnce")}</p>
          <CopyField value={secret} label={t("channelsPage.secret")} isLong />
        </>
      ) : (
        <Button loading={act.isBusy} onClick={() => void rotate()}>
          {t("channelsPage.newSecret")}
        </Button>
      )}
    </>
  );
}
