// The shop's settings: name, language, how long conversations are kept, alerts, the demo.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Input, Select } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { ConfirmDanger } from "../../components/ConfirmWithUndo.tsx";
import { Field } from "../../components/Field.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { useAct } from "../../components/use-act.ts";
import { setMe, useCan, useMe } from "../../live/session.ts";
import { Alerts } from "./Alerts.tsx";
import { Embedding } from "./Embedding.tsx";
import { Models } from "./models/Models.tsx";

const retentions = [90, 180, 365, 730, 1_095];

export default function SettingsPage() {
  const { t } = useTranslation();
  const canWrite = useCan("settings-write");
  return (
    <Page title={t("settings.title")} width="narrow">
      <Shop />
      <Alerts />
      {canWrite ? <Models /> : null}
      {canWrite ? <Embedding /> : null}
      <Demo />
    </Page>
  );
}

function Shop() {
  const { t } = useTranslation();
  const me = useMe();
  const act = useAct();
  const [name, setName] = useState(me.tenant.name);
  const [locale, setLocale] = useState<"zh-CN" | "en">(me.tenant.locale === "en" ? "en" : "zh-CN");
  const [retention, setRetention] = useState<number | "keep" | "forever">("keep");
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const retentionDays =
      retention === "keep" ? {} : { retentionDays: retention === "forever" ? null : retention };
    await act.run(
      async () =>
        setMe(
          await call(routes.updateTenant, {
            body: { name: name.trim() || me.tenant.name, locale, ...retentionDays },
          }),
        ),
      t("settings.saved"),
    );
  };
  return (
    <Section title={t("settings.shop")}>
      <form onSubmit={(event) => void save(event)}>
        <Field label={t("settings.name")}>
          {(control) => (
            <Input
              {...control}
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <div className="fields">
          <Field label={t("settings.locale")}>
            {(control) => (
              <Select
                id={control.id}
                value={locale}
                onChange={setLocale}
                options={[
                  { value: "zh-CN", label: "中文" },
                  { value: "en", label: "English" },
                ]}
              />
            )}
          </Field>
          <Field label={t("settings.retention")} hint={t("settings.retentionHint")}>
            {(control) => (
              <Select
                {...control}
                value={retention === "keep" ? (me.tenant.retentionDays ?? "forever") : retention}
                onChange={setRetention}
                options={[
                  { value: "forever" as const, label: t("settings.retentionForever") },
                  ...retentions.map((count) => ({ value: count, label: t("settings.days", { count }) })),
                ]}
              />
            )}
          </Field>
        </div>
        <Button type="primary" htmlType="submit" loading={act.isBusy}>
          {t("common.save")}
        </Button>
      </form>
    </Section>
  );
}

function Demo() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const me = useMe();
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  return (
    <Section title={t("settings.demo")} lead={me.tenant.hasDemo ? t("settings.demoLead") : undefined}>
      <div className="row-line">
        {me.tenant.hasDemo ? (
          <Button danger onClick={() => setAsking(true)}>
            {t("settings.demoRemove")}
          </Button>
        ) : (
          <Button
            loading={act.isBusy}
            onClick={() =>
              void act.run(async () => {
                await call(routes.startDemo);
                await queries.invalidateQueries();
              }, t("settings.demoStarted"))
            }
          >
            {t("settings.demoStart")}
          </Button>
        )}
        <Button onClick={() => void navigate({ to: "/setup" })}>{t("settings.wizard")}</Button>
      </div>
      <ConfirmDanger
        isOpen={isAsking}
        title={t("settings.demoRemove")}
        word={null}
        actText={t("settings.demoRemove")}
        onClose={() => setAsking(false)}
        act={async () => {
          await call(routes.removeDemo);
          await queries.invalidateQueries();
        }}
      >
        <p>{t("settings.demoLead")}</p>
      </ConfirmDanger>
    </Section>
  );
}
