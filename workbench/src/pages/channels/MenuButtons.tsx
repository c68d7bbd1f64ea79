// Buttons that stand under a greeting: what they say in both languages and what a press does.
import { Button, Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";
import { type ButtonDraft, emptyButton, menuActions, mostButtons } from "./greeting-draft.ts";

export type MenuButtonsProps = {
  /** Says whose buttons these are to who cannot see where they stand. */
  name: string;
  /** The name stands above already. */
  isNamed?: boolean;
  buttons: readonly ButtonDraft[];
  onChange: (buttons: ButtonDraft[]) => void;
};

export function MenuButtons({ name, isNamed = false, buttons, onChange }: MenuButtonsProps) {
  const { t } = useTranslation();
  const set = (key: number, change: Partial<ButtonDraft>) =>
    onChange(buttons.map((button) => (button.key === key ? { ...button, ...change } : button)));
  return (
    <fieldset className="day-blocks">
      <legend className={isNamed ? "visually-hidden" : undefined}>{name}</legend>
      <div className="stack">
        {buttons.map((button, at) => {
          const place = `${name} ${String(at + 1)}`;
          return (
            <div key={button.key} className="row-line">
              {(["zh", "en"] as const).map((language) => (
                <Input
                  key={language}
                  aria-label={`${place} ${t(`channelsPage.${language === "zh" ? "chinese" : "english"}`)}`}
                  placeholder={t(`channelsPage.${language === "zh" ? "chinese" : "english"}`)}
                  maxLength={200}
                  style={{ flex: 1, minInlineSize: 120 }}
                  value={button[language]}
                  onChange={(event) => set(button.key, { [language]: event.target.value })}
                />
              ))}
              <Select
                aria-label={`${place} ${t("channelsPage.menuAction")}`}
                style={{ minInlineSize: 150 }}
                value={button.action}
                onChange={(action) => set(button.key, { action })}
                options={menuActions.map((action) => ({
                  value: action,
                  label: t(`channelsPage.menuActions.${action}`),
                }))}
              />
              <Button
                type="text"
                icon={<Icon name="close" size={14} />}
                aria-label={`${t("common.remove")} ${place}`}
                onClick={() => onChange(buttons.filter(({ key }) => key !== button.key))}
              />
            </div>
          );
        })}
        {buttons.length < mostButtons ? (
          <div>
            <Button
              type="text"
              size="small"
              icon={<Icon name="plus" size={14} />}
              aria-label={`${t("channelsPage.menuAdd")} ${name}`}
              onClick={() => onChange([...buttons, emptyButton()])}
            >
              {t("channelsPage.menuAdd")}
            </Button>
          </div>
        ) : null}
      </div>
    </fieldset>
  );
}
