// How the bot sounds, with a sentence that shows it.
import type { Persona } from "@yingda/contract";
import { Radio, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import type { PartProps } from "./MannerForm.tsx";

/** As brain/manner/persona.ts says them when a person is fetched. */
const samples: Record<Persona["tone"], { zh: string; en: string }> = {
  plain: { zh: "正在转接人工客服，请稍候。", en: "Connecting you to a colleague." },
  warm: {
    zh: "好的，正在为您转接人工客服，请稍候。",
    en: "Sure, I am connecting you to a colleague. One moment, please.",
  },
  lively: {
    zh: "好嘞，这就为您请人工客服过来，稍等一下下～",
    en: "On it! I am getting a colleague for you, just a moment.",
  },
};

export function PersonaFields({ value, set }: PartProps) {
  const { t, i18n } = useTranslation();
  const { persona } = value;
  const change = (next: Partial<Persona>) => set({ persona: { ...persona, ...next } });
  const words = samples[persona.tone][i18n.language === "en" ? "en" : "zh"];
  const addressed = persona.address === "familiar" ? words.replaceAll("您", "你") : words;
  return (
    <Section title={t("bot.persona.title")} lead={t("bot.persona.lead")}>
      <div className="fields">
        <Field label={t("bot.persona.tone")}>
          {(control) => (
            <Radio.Group
              id={control.id}
              value={persona.tone}
              onChange={({ target }) => change({ tone: target.value as Persona["tone"] })}
            >
              {(["plain", "warm", "lively"] as const).map((tone) => (
                <Radio key={tone} value={tone}>
                  {t(`bot.persona.${tone}`)}
                </Radio>
              ))}
            </Radio.Group>
          )}
        </Field>
        <Field label={t("bot.persona.address")}>
          {(control) => (
            <Radio.Group
              id={control.id}
              value={persona.address}
              onChange={({ target }) => change({ address: target.value as Persona["address"] })}
            >
              {(["formal", "familiar"] as const).map((address) => (
                <Radio key={address} value={address}>
                  {t(`bot.persona.${address}`)}
                </Radio>
              ))}
            </Radio.Group>
          )}
        </Field>
        <Field label={t("bot.persona.emoji")}>
          {(control) => (
            <span>
              <Switch {...control} checked={persona.emoji} onChange={(emoji) => change({ emoji })} />
            </span>
          )}
        </Field>
        <Field label={t("bot.theirLanguage.label")} hint={t("bot.theirLanguage.hint")}>
          {(control) => (
            <span>
              <Switch
                {...control}
                checked={value.repliesInTheirLanguage}
                onChange={(repliesInTheirLanguage) => set({ repliesInTheirLanguage })}
              />
            </span>
          )}
        </Field>
      </div>
      <p className="field-hint">{t("bot.persona.sample")}</p>
      <p className="bot-sample">{persona.emoji ? `${addressed} 😊` : addressed}</p>
    </Section>
  );
}
