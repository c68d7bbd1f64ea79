// The face of a web chat: words in both languages, colour, corner, suggested questions, notices.
import type { Inbox, WidgetSettings } from "@yingda/contract";
import { Button, Checkbox, ColorPicker, Input, Select, Switch } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import { useChangeInbox } from "./use-change-inbox.ts";

type TextName = "title" | "subtitle" | "greeting" | "aiNotice";

/** "shop.example/privacy" → "https://shop.example/privacy"; empty stays empty. */
function webAddress(typed: string): string {
  const address = typed.trim();
  return address === "" || /^https?:\/\//i.test(address) ? address : `https://${address}`;
}

export function LookForm({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  const [look, setLook] = useState(inbox.widget);
  const [suggestions, setSuggestions] = useState({
    zh: look.suggestions.join("\n"),
    en: look.suggestionsEn.join("\n"),
  });
  const set = (next: Partial<WidgetSettings>) => setLook({ ...look, ...next });
  const lines = (text: string) =>
    text
      .split("\n")
      .map((line) => line.trim().slice(0, 200))
      .filter(Boolean)
      .slice(0, 8);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const { menu, menuEn, rules } = inbox.widget; // the greeting form's, which may have saved meanwhile
    await change.run({
      widget: {
        ...look,
        menu,
        menuEn,
        rules,
        privacyUrl: webAddress(look.privacyUrl),
        suggestions: lines(suggestions.zh),
        suggestionsEn: lines(suggestions.en),
      },
    });
  };
  const texts: { name: TextName; label: string; isLong: boolean }[] = [
    { name: "title", label: t("channelsPage.titleText"), isLong: false },
    { name: "subtitle", label: t("channelsPage.subtitle"), isLong: false },
    { name: "greeting", label: t("channelsPage.greeting"), isLong: true },
    { name: "aiNotice", label: t("channelsPage.aiNotice"), isLong: true },
  ];
  return (
    <form onSubmit={(event) => void submit(event)}>
      {texts.map(({ name, label, isLong }) => (
        <div key={name} className="fields">
          {(["zh", "en"] as const).map((language) => (
            <Field
              key={language}
              label={`${label} · ${language === "zh" ? t("channelsPage.chinese") : t("channelsPage.english")}`}
            >
              {(control) =>
                isLong ? (
                  <Input.TextArea
                    {...control}
                    className="grow"
                    rows={2}
                    maxLength={1_000}
                    value={look[name][language]}
                    onChange={(event) => set({ [name]: { ...look[name], [language]: event.target.value } })}
                  />
                ) : (
                  <Input
                    {...control}
                    maxLength={100}
                    value={look[name][language]}
                    onChange={(event) => set({ [name]: { ...look[name], [language]: event.target.value } })}
                  />
                )
              }
            </Field>
          ))}
        </div>
      ))}
      <div className="fields">
        {(["zh", "en"] as const).map((language) => (
          <Field
            key={language}
            label={`${t("channelsPage.suggestions")} · ${language === "zh" ? t("channelsPage.chinese") : t("channelsPage.english")}`}
          >
            {(control) => (
              <Input.TextArea
                {...control}
                className="grow"
                rows={4}
                value={suggestions[language]}
                onChange={(event) => setSuggestions({ ...suggestions, [language]: event.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <div className="fields">
        <Field label={t("channelsPage.accent")}>
          {() => (
            <span>
              <ColorPicker
                disabledAlpha
                value={look.accent}
                onChangeComplete={(colour) => set({ accent: colour.toHexString().slice(0, 7) })}
                showText
                aria-label={t("channelsPage.accent")}
              />
            </span>
          )}
        </Field>
        <Field label={t("channelsPage.corner")}>
          {(control) => (
            <Select
              id={control.id}
              value={look.corner}
              onChange={(corner) => set({ corner })}
              options={[
                { value: "right" as const, label: t("channelsPage.right") },
                { value: "left" as const, label: t("channelsPage.left") },
              ]}
            />
          )}
        </Field>
        <Field label={t("channelsPage.privacyUrl")}>
          {(control) => (
            <Input
              {...control}
              inputMode="url"
              maxLength={500}
              value={look.privacyUrl}
              onChange={(event) => set({ privacyUrl: event.target.value })}
            />
          )}
        </Field>
      </div>
      <fieldset className="day-blocks">
        <legend>{t("channelsPage.leaveFields")}</legend>
        <Checkbox.Group
          value={look.leaveMessageFields}
          onChange={(leaveMessageFields) => set({ leaveMessageFields })}
          options={[
            { value: "name" as const, label: t("channelsPage.leaveName") },
            { value: "phone" as const, label: t("channelsPage.leavePhone") },
            { value: "email" as const, label: t("channelsPage.leaveEmail") },
          ]}
        />
      </fieldset>
      <div className="fields" style={{ marginBlockStart: 16 }}>
        <Field label={t("channelsPage.sound")}>
          {(control) => (
            <span>
              <Switch id={control.id} checked={look.sound} onChange={(sound) => set({ sound })} />
            </span>
          )}
        </Field>
        <Field label={t("channelsPage.askRating")}>
          {(control) => (
            <span>
              <Switch id={control.id} checked={look.askRating} onChange={(askRating) => set({ askRating })} />
            </span>
          )}
        </Field>
      </div>
      <Button type="primary" htmlType="submit" loading={change.isBusy}>
        {t("common.save")}
      </Button>
    </form>
  );
}
