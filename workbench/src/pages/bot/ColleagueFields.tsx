// Whether the bot asks its colleagues for missing facts, and how long it waits for them.
import { type BotBehaviour, usualBehaviour } from "@yingda/contract";
import { InputNumber, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import type { PartProps } from "./MannerForm.tsx";

const mostMinutes = 1_440;

export function ColleagueFields({ value, set }: PartProps) {
  const { t } = useTranslation();
  const { askColleague } = value;
  const change = (next: Partial<BotBehaviour["askColleague"]>) =>
    set({ askColleague: { ...askColleague, ...next } });
  return (
    <Section title={t("bot.colleague.title")}>
      <Field label={t("bot.colleague.label")} hint={t("bot.colleague.hint")}>
        {(control) => (
          <span>
            <Switch {...control} checked={askColleague.isOn} onChange={(isOn) => change({ isOn })} />
          </span>
        )}
      </Field>
      {askColleague.isOn ? (
        <Field label={t("bot.colleague.minutes")}>
          {(control) => (
            <InputNumber
              {...control}
              min={1}
              max={mostMinutes}
              suffix={t("bot.colleague.unit")}
              value={askColleague.minutes}
              onChange={(minutes) => change({ minutes: minutes ?? usualBehaviour.askColleague.minutes })}
            />
          )}
        </Field>
      ) : null}
    </Section>
  );
}
