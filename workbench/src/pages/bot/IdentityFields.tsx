// "I am an AI assistant": whether and how it is said.
import { Input, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";
import type { PartProps } from "./MannerForm.tsx";

export function IdentityFields({ value, set }: PartProps) {
  const { t } = useTranslation();
  const { identity } = value;
  return (
    <>
      <Field label={t("bot.identity.label")} hint={t("bot.identity.hint")}>
        {(control) => (
          <span>
            <Switch
              {...control}
              checked={identity.isOn}
              onChange={(isOn) => set({ identity: { ...identity, isOn } })}
            />
          </span>
        )}
      </Field>
      {identity.isOn ? (
        <div className="fields">
          {(["zh", "en"] as const).map((side) => (
            <Field key={side} label={t(`bot.identity.${side}`)}>
              {(control) => (
                <Input
                  {...control}
                  maxLength={300}
                  value={identity.text[side]}
                  onChange={({ target }) =>
                    set({ identity: { ...identity, text: { ...identity.text, [side]: target.value } } })
                  }
                />
              )}
            </Field>
          ))}
        </div>
      ) : null}
    </>
  );
}
