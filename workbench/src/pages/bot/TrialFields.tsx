// Which conversations the bot takes while it is being tried, and who sees its drafts in the others.
import { useQuery } from "@tanstack/react-query";
import type { PilotMode, pilotModes, UserId } from "@yingda/contract";
import { Button, Radio, Select, Slider } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import { queryKeys } from "../../live/queries.ts";
import type { PartProps } from "./MannerForm.tsx";

/** In the order of a trial: from drafts to everybody. */
const offered = [
  "suggest",
  "named",
  "off-hours",
  "share",
  "all",
  "off",
] as const satisfies readonly PilotMode[];
offered satisfies { length: (typeof pilotModes)["length"] };
const mostNamed = 10;

export function TrialFields({ value, set, onPilot }: PartProps & { onPilot: () => void }) {
  const { t } = useTranslation();
  const { pilot } = value;
  return (
    <Section
      title={t("bot.trial.title")}
      lead={t("bot.trial.lead")}
      actions={
        <Button type="link" onClick={onPilot}>
          {t("bot.trial.see")}
        </Button>
      }
    >
      <Radio.Group
        className="bot-trial"
        aria-label={t("bot.trial.title")}
        value={pilot.mode}
        onChange={({ target }) => set({ pilot: { ...pilot, mode: target.value as PilotMode } })}
      >
        {offered.map((mode) => (
          <Radio key={mode} value={mode}>
            {t(`bot.trial.${mode}`)}
            <span className="soft bot-trial-hint">{t(`bot.trial.hints.${mode}`)}</span>
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
      {pilot.mode === "named" ? (
        <Colleagues
          chosen={pilot.userIds}
          onChoose={(userIds) => set({ pilot: { ...pilot, userIds: userIds.slice(0, mostNamed) } })}
        />
      ) : null}
    </Section>
  );
}

function Colleagues({ chosen, onChoose }: { chosen: UserId[]; onChoose: (next: UserId[]) => void }) {
  const { t } = useTranslation();
  const members = useQuery({ queryKey: queryKeys.members, queryFn: () => call(routes.listMembers) });
  const options = (members.data ?? [])
    .filter(({ isActive, role }) => isActive && role !== "viewer")
    .map(({ id, name }) => ({ value: id, label: name }));
  return (
    <Field
      label={t("bot.trial.colleagues")}
      hint={chosen.length === 0 ? t("bot.trial.nobody") : t("bot.trial.colleaguesHint")}
    >
      {({ id }) => (
        <Select
          id={id}
          mode="multiple"
          maxCount={mostNamed}
          loading={members.isPending}
          placeholder={t("bot.trial.choose")}
          value={chosen}
          options={options}
          optionFilterProp="label"
          onChange={onChoose}
        />
      )}
    </Field>
  );
}
