// Step 3: where customers come from. Both doors of the web inbox are on; the site's address is only for checking later.
import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, Switch } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { useWebInbox } from "./Preview.tsx";
import { StepMark } from "./StepMark.tsx";
import type { StepProps } from "./steps.ts";

/** "shop.example/x" → "https://shop.example"; null when it is no address. */
export function originOf(address: string): string | null {
  const text = address.trim();
  if (!text) return null;
  try {
    return new URL(/^https?:\/\//i.test(text) ? text : `https://${text}`).origin;
  } catch {
    return null;
  }
}

export function ChannelStep({ now, onNext, onBack }: StepProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const inbox = useWebInbox();
  const [site, setSite] = useState("");
  const [isOn, setOn] = useState(true);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const origin = originOf(site);
    const isDone = await act.run(async () => {
      if (!inbox || (!origin && isOn === inbox.isOn)) return;
      const allowedOrigins = origin ? [...new Set([...inbox.allowedOrigins, origin])] : inbox.allowedOrigins;
      await call(routes.updateInbox, {
        params: { id: inbox.id },
        body: { isOn, allowedOrigins, version: inbox.version },
      });
      await queries.invalidateQueries({ queryKey: queryKeys.inboxes });
    });
    if (isDone) onNext();
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <StepMark now={now} />
      <h1>{t("setup.channelTitle")}</h1>
      <p className="soft">{t("setup.channelLead")}</p>
      <div className="setup-part">
        <div className="spread">
          <div>
            <h2>{t("setup.website")}</h2>
            <p className="soft">{t("setup.websiteText")}</p>
          </div>
          <Switch checked={isOn} onChange={setOn} aria-label={t("setup.website")} />
        </div>
        <Field label={t("setup.siteUrl")}>
          {(control) => (
            <Input
              {...control}
              size="large"
              inputMode="url"
              placeholder="https://shop.example"
              value={site}
              onChange={(event) => setSite(event.target.value)}
            />
          )}
        </Field>
      </div>
      <div className="setup-part">
        <h2>{t("setup.page")}</h2>
        <p className="soft">{t("setup.pageText")}</p>
      </div>
      <div className="setup-foot">
        <Button size="large" onClick={onBack}>
          {t("common.back")}
        </Button>
        <Button type="primary" size="large" htmlType="submit" loading={act.isBusy}>
          {t("common.next")}
        </Button>
      </div>
    </form>
  );
}
