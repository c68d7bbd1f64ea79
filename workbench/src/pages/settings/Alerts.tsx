// Where the owner is told that a customer waits and nobody is there. The test says the true answer of the other side.

import type { RouteReply } from "@yingda/contract";
import { Alert, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import { useAct } from "../../components/use-act.ts";
import { setMe, useMe } from "../../live/session.ts";

type Results = RouteReply<typeof routes.testAlert>["results"];

export function Alerts() {
  const { t } = useTranslation();
  const me = useMe();
  const act = useAct();
  const [email, setEmail] = useState(me.tenant.alertEmail ?? "");
  const [webhook, setWebhook] = useState(me.tenant.alertWebhook ?? "");
  const [results, setResults] = useState<Results | null>(null);
  const save = async () =>
    setMe(
      await call(routes.updateTenant, {
        body: { alertEmail: email.trim() || null, alertWebhook: webhook.trim() || null },
      }),
    );
  const test = () =>
    act.run(async () => {
      await save();
      setResults((await call(routes.testAlert)).results);
    });
  return (
    <Section title={t("settings.alerts")} lead={t("settings.alertsLead")}>
      <Field label={t("settings.alertEmail")}>
        {(control) => (
          <Input
            {...control}
            type="email"
            maxLength={200}
            value={email}
            onChange={(event) => setEmail(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("settings.alertWebhook")} hint={t("settings.alertWebhookHint")}>
        {(control) => (
          <Input
            {...control}
            inputMode="url"
            maxLength={500}
            value={webhook}
            onChange={(event) => setWebhook(event.target.value)}
          />
        )}
      </Field>
      <div className="row-line">
        <Button type="primary" loading={act.isBusy} onClick={() => void act.run(save, t("settings.saved"))}>
          {t("common.save")}
        </Button>
        <Button loading={act.isBusy} disabled={!email.trim() && !webhook.trim()} onClick={() => void test()}>
          {t("settings.test")}
        </Button>
      </div>
      {results?.map((result) => (
        <Alert
          key={result.way}
          style={{ marginBlockStart: 12 }}
          role="status"
          type={
            result.outcome === "accepted" ? "success" : result.outcome === "refused" ? "error" : "warning"
          }
          title={`${result.way === "email" ? t("settings.alertEmail") : t("settings.alertWebhook")}: ${t(`settings.testResult.${result.outcome}`)}`}
          description={result.detail || undefined}
        />
      ))}
    </Section>
  );
}
