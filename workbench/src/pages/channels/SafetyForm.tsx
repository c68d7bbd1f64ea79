// Name, allowed websites, how long a resolved conversation is continued, and the end of an inbox.
import type { Inbox } from "@yingda/contract";
import { Button, Input, InputNumber } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { ConfirmDanger } from "../../components/ConfirmWithUndo.tsx";
import { Field } from "../../components/Field.tsx";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { useChangeInbox } from "./use-change-inbox.ts";

const hourMs = 3_600_000;

export function SafetyForm({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  const [name, setName] = useState(inbox.name);
  const [origins, setOrigins] = useState(inbox.allowedOrigins.join("\n"));
  const [reopenHours, setReopenHours] = useState(Math.round(inbox.reopenWindowMs / hourMs));
  const [isRemoving, setRemoving] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const allowedOrigins = [
      ...new Set(
        origins
          .split("\n")
          .map((line) => line.trim().replace(/\/+$/, ""))
          .filter(Boolean),
      ),
    ];
    await change.run({
      name: name.trim() || inbox.name,
      allowedOrigins,
      reopenWindowMs: reopenHours * hourMs,
    });
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field label={t("channelsPage.name")}>
        {(control) => (
          <Input {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      {inbox.channel === "web" ? (
        <Field label={t("channelsPage.origins")} hint={t("channelsPage.originsHint")}>
          {(control) => (
            <Input.TextArea
              {...control}
              className="grow"
              rows={2}
              value={origins}
              onChange={(event) => setOrigins(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <Field label={`${t("channelsPage.reopen")} (${t("channelsPage.hours")})`}>
        {(control) => (
          <InputNumber
            {...control}
            min={0}
            max={720}
            value={reopenHours}
            onChange={(next) => setReopenHours(next ?? 0)}
          />
        )}
      </Field>
      <div className="spread">
        <Button type="primary" htmlType="submit" loading={change.isBusy}>
          {t("common.save")}
        </Button>
        <Button danger type="text" onClick={() => setRemoving(true)}>
          {t("channelsPage.remove")}
        </Button>
      </div>
      <ConfirmDanger
        isOpen={isRemoving}
        title={t("channelsPage.remove")}
        word={inbox.name}
        actText={t("channelsPage.remove")}
        onClose={() => setRemoving(false)}
        act={async () => {
          await call(routes.deleteInbox, { params: { id: inbox.id } });
          await queryClient.invalidateQueries({ queryKey: queryKeys.inboxes });
        }}
      >
        <p>{t("channelsPage.removeText")}</p>
      </ConfirmDanger>
    </form>
  );
}
