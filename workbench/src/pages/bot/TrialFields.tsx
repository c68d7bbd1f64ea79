// Which conversations the bot takes while it is being tried.
import type { PilotMode } from "@yingda/contract";
import { Radio, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import type { PartProps } from "./MannerForm.tsx";

const offered = ["all", "off-hours", "share", "off"] as const satisfies readonly PilotMode[];

export function TrialFields({ value, set }: PartProps) {
  const { t } = useTranslation();
  const { pilot } = value;
  return (
    <Section title={t("bot.trial.title")} lead={t("bot.trial.lead")}>
      <Radio.Group
        aria-label={t("bot.trial.title")}
        value={pilot.mode}
        onChange={({ target }) => set({ pilot: { ...pilot, mode: target.value as PilotMode } })}
      >
        {offered.map((mode) => (
          <Radio key={mode} value={mode}>
            {t(`bot.trial.${mode}`)}
          </Radio>
        ))}
      </Radio.Group>
      {pilot.mode === "share" ? (
        <Field label={`${t("bot.trial.percent")} ${String(pilot.percent)}%`}>
          {(control) => (
            <Slider
              id={control.id}
              ariaLabelForHandle={t("bot.trial.percent")}
              min={1}
              max={100}
              value={pilot.percent}
              onChange={(percent) => set({ pilot: { ...pilot, percent } })}
            />
          )}
        </Field>
      ) : null}
    </Section>
  );
}
