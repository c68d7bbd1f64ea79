// How the bot behaves in one inbox: on, name, how sure it must be, how long it waits, when it may come back.
import type { BotSettings, Inbox } from "@yingda/contract";
import { Button, Input, InputNumber, Slider, Switch } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import { useChangeInbox } from "./use-change-inbox.ts";

export function BotForm({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  const [bot, setBot] = useState(inbox.bot);
  const set = (next: Partial<BotSettings>) => setBot({ ...bot, ...next });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    await change.run({ bot });
  };
  const percent = (value: number | undefined) => `${String(Math.round((value ?? 0) * 100))}%`;
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field label={t("channelsPage.botOn")}>
        {(control) => (
          <span>
            <Switch id={control.id} checked={bot.isOn} onChange={(isOn) => set({ isOn })} />
          </span>
        )}
      </Field>
      <div className="fields">
        {(["zh", "en"] as const).map((language) => (
          <Field
            key={language}
            label={`${t("channelsPage.botName")} · ${language === "zh" ? t("channelsPage.chinese") : t("channelsPage.english")}`}
          >
            {(control) => (
              <Input
                {...control}
                maxLength={60}
                value={bot.name[language]}
                onChange={(event) => set({ name: { ...bot.name, [language]: event.target.value } })}
              />
            )}
          </Field>
        ))}
      </div>
      <div className="fields">
        <Field
          label={`${t("channelsPage.answerAt")} ${percent(bot.thresholds.answer)}`}
          hint={t("channelsPage.answerAtHint")}
        >
          {(control) => (
            <Slider
              id={control.id}
              ariaLabelForHandle={t("channelsPage.answerAt")}
              min={0.3}
              max={0.99}
              step={0.01}
              tooltip={{ formatter: percent }}
              value={bot.thresholds.answer}
              onChange={(answer) =>
                set({ thresholds: { answer, askBack: Math.min(bot.thresholds.askBack, answer) } })
              }
            />
          )}
        </Field>
        <Field label={`${t("channelsPage.askAt")} ${percent(bot.thresholds.askBack)}`}>
          {(control) => (
            <Slider
              id={control.id}
              ariaLabelForHandle={t("channelsPage.askAt")}
              min={0.05}
              max={0.9}
              step={0.01}
              tooltip={{ formatter: percent }}
              value={bot.thresholds.askBack}
              onChange={(askBack) =>
                set({ thresholds: { askBack, answer: Math.max(bot.thresholds.answer, askBack) } })
              }
            />
          )}
        </Field>
        <Field label={t("channelsPage.quiet")} hint={t("channelsPage.quietHint")}>
          {(control) => (
            <InputNumber
              {...control}
              min={200}
              max={10_000}
              step={100}
              value={bot.quietWindowMs}
              onChange={(quietWindowMs) => set({ quietWindowMs: quietWindowMs ?? 1_200 })}
            />
          )}
        </Field>
        <Field label={t("channelsPage.giveBack")} hint={t("channelsPage.giveBackHint")}>
          {(control) => (
            <InputNumber
              {...control}
              min={0}
              max={10_080}
              value={bot.giveBackMinutes}
              onChange={(giveBackMinutes) => set({ giveBackMinutes: giveBackMinutes ?? 0 })}
            />
          )}
        </Field>
      </div>
      <Button type="primary" htmlType="submit" loading={change.isBusy}>
        {t("common.save")}
      </Button>
    </form>
  );
}
