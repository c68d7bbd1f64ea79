// The month's limit, whether it stops, and what the models cost that were used.
import type { ModelPrice, UsageReport } from "@yingda/contract";
import { Button, InputNumber, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";

const parts = ["input", "cachedInput", "output"] as const;

export function BudgetForm({ report }: { report: UsageReport }) {
  const { t } = useTranslation();
  const act = useAct();
  const [monthlyYuan, setMonthlyYuan] = useState(report.budget.monthlyYuan);
  const [stops, setStops] = useState(report.budget.stops);
  const [prices, setPrices] = useState(report.budget.prices);
  const priceNow = (key: string, listed: ModelPrice) => prices[key] ?? listed;
  const save = () =>
    act.run(async () => {
      await call(routes.setBudget, { body: { monthlyYuan, stops, prices } });
      await queryClient.invalidateQueries({ queryKey: queryKeys.usage });
    }, t("usage.saved"));
  return (
    <Section title={t("usage.settings")} lead={t("usage.settingsLead")}>
      <div className="stack">
        <Field label={t("usage.monthly")}>
          {(control) => (
            <InputNumber
              {...control}
              min={0}
              max={1_000_000}
              value={monthlyYuan}
              onChange={(value) => setMonthlyYuan(value ?? 0)}
            />
          )}
        </Field>
        <div className="row-line usage-switch">
          <Switch checked={stops} onChange={setStops} aria-label={t("usage.stops")} />
          <span>
            {t("usage.stops")} <span className="soft">{t("usage.stopsHint")}</span>
          </span>
        </div>
        {report.byModel.length > 0 ? (
          <fieldset className="usage-prices">
            <legend>{t("usage.prices")}</legend>
            <p className="soft">{t("usage.pricesHint")}</p>
            {report.byModel.map(({ key, price }) => (
              <div className="row-line usage-price" key={key}>
                <span className="usage-name">{key}</span>
                {parts.map((part) => (
                  <span className="row-line" key={part}>
                    <span className="soft">{t(`usage.${part}`)}</span>
                    <InputNumber
                      aria-label={t("usage.priceOf", { model: key, part: t(`usage.${part}`) })}
                      min={0}
                      max={10_000}
                      value={priceNow(key, price)[part]}
                      onChange={(value) =>
                        setPrices({ ...prices, [key]: { ...priceNow(key, price), [part]: value ?? 0 } })
                      }
                    />
                  </span>
                ))}
              </div>
            ))}
          </fieldset>
        ) : null}
        <div>
          <Button type="primary" loading={act.isBusy} onClick={() => void save()}>
            {t("common.save")}
          </Button>
        </div>
      </div>
    </Section>
  );
}
