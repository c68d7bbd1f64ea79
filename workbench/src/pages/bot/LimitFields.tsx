// When the bot steps aside: no progress, working hours, many waiting.
import { type BotBehaviour, usualBehaviour } from "@yingda/contract";
import { InputNumber, Radio, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import type { PartProps } from "./MannerForm.tsx";

export function LimitFields({ value, set }: PartProps) {
  const { t } = useTranslation();
  const { peak } = value;
  const changePeak = (next: Partial<BotBehaviour["peak"]>) => set({ peak: { ...peak, ...next } });
  return (
    <>
      <Section title={t("bot.hours.title")}>
        <Radio.Group
          aria-label={t("bot.hours.title")}
          value={value.hours}
          onChange={({ target }) => set({ hours: target.value as BotBehaviour["hours"] })}
        >
          {(["always", "off-hours", "open-hours"] as const).map((name) => (
            <Radio key={name} value={name}>
              {t(`bot.hours.${name}`)}
            </Radio>
          ))}
        </Radio.Group>
        <p className="field-hint bot-choice">{t("bot.hours.hint")}</p>
        <Field label={t("bot.patience.label")}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={5}
              suffix={t("bot.patience.unit")}
              value={value.patience}
              onChange={(patience) => set({ patience: patience ?? usualBehaviour.patience })}
            />
          )}
        </Field>
      </Section>
      <Section title={t("bot.peak.title")}>
        <Field label={t("bot.peak.label")} hint={t("bot.peak.hint")}>
          {(control) => (
            <span>
              <Switch {...control} checked={peak.isOn} onChange={(isOn) => changePeak({ isOn })} />
            </span>
          )}
        </Field>
        {peak.isOn ? (
          <div className="fields">
            <Field label={t("bot.peak.longerThan")}>
              {(control) => (
                <InputNumber
                  {...control}
                  min={1}
                  max={200}
                  suffix={t("bot.peak.people")}
                  value={peak.longerThan}
                  onChange={(longerThan) =>
                    changePeak({ longerThan: longerThan ?? usualBehaviour.peak.longerThan })
                  }
                />
              )}
            </Field>
            <Field label={t("bot.peak.wait")}>
              {(control) => (
                <InputNumber
                  {...control}
                  min={1}
                  max={120}
                  suffix={t("bot.peak.minutes")}
                  value={peak.waitMinutes}
                  onChange={(waitMinutes) =>
                    changePeak({ waitMinutes: waitMinutes ?? usualBehaviour.peak.waitMinutes })
                  }
                />
              )}
            </Field>
          </div>
        ) : null}
      </Section>
    </>
  );
}
