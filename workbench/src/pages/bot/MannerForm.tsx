// How the bot of one inbox behaves; what was changed here is saved over what the inbox is by then.
import { type BotBehaviour, boldnessOf, boldnessThresholds, type Inbox } from "@yingda/contract";
import { Button, Radio } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../../components/Page.tsx";
import { useChangeInbox } from "../channels/use-change-inbox.ts";
import { useLeaveWarning } from "../knowledge/editor/LeaveDialog.tsx";
import { BoldnessCards } from "./BoldnessCards.tsx";
import { ColleagueFields } from "./ColleagueFields.tsx";
import { IdentityFields } from "./IdentityFields.tsx";
import { LimitFields } from "./LimitFields.tsx";
import { PersonaFields } from "./PersonaFields.tsx";
import { TrialFields } from "./TrialFields.tsx";

export type PartProps = { value: BotBehaviour; set: (next: Partial<BotBehaviour>) => void };

type FormProps = { inbox: Inbox; onPreview: () => void; onPilot: () => void };

export function MannerForm({ inbox, onPreview, onPilot }: FormProps) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  /** What was changed here and is not saved; all else is as the inbox now is, so that a colleague's change stays. */
  const [changed, setChanged] = useState<Partial<BotBehaviour>>({});
  const [chosen, setChosen] = useState<Inbox["bot"]["thresholds"] | null>(null);
  const value = { ...inbox.behaviour, ...changed };
  const thresholds = chosen ?? inbox.bot.thresholds;
  const set: PartProps["set"] = (next) => setChanged((before) => ({ ...before, ...next }));
  useLeaveWarning(chosen !== null || Object.keys(changed).length > 0);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!(await change.run({ behaviour: value, bot: { ...inbox.bot, thresholds } }))) return;
    setChanged({});
    setChosen(null);
  };
  return (
    <form className="bot-form" onSubmit={(event) => void submit(event)}>
      <Section
        title={t("bot.boldness.title")}
        actions={
          <Button type="link" onClick={onPreview}>
            {t("bot.boldness.see")}
          </Button>
        }
      >
        <BoldnessCards
          chosen={boldnessOf(thresholds)}
          onChoose={(name) => setChosen(boldnessThresholds[name])}
        />
      </Section>
      <Section title={t("bot.opening.title")}>
        <Radio.Group
          className="bot-choice"
          aria-label={t("bot.opening.title")}
          value={value.opening}
          onChange={({ target }) => set({ opening: target.value as BotBehaviour["opening"] })}
        >
          {(["bot", "choice", "person"] as const).map((name) => (
            <Radio key={name} value={name}>
              {t(`bot.opening.${name}`)}
            </Radio>
          ))}
        </Radio.Group>
        <IdentityFields value={value} set={set} />
      </Section>
      <PersonaFields value={value} set={set} />
      <LimitFields value={value} set={set} />
      <ColleagueFields value={value} set={set} />
      <TrialFields value={value} set={set} onPilot={onPilot} />
      <div className="bot-save">
        <Button type="primary" htmlType="submit" loading={change.isBusy}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
