// Buttons to choose from: of a step, or of a slot that is a choice.
import type { FlowChoice } from "@yingda/contract";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { BothInput, TextInput, wordsOf } from "./fields.tsx";
import type { SetField } from "./StepFields.tsx";

type OptionsProps = {
  options: readonly FlowChoice[];
  /** Where they stand within the step or slot. */
  path: string[];
  label: string;
  set: SetField;
  isReadOnly: boolean;
};

export function OptionsFields({ options, path, label, set, isReadOnly }: OptionsProps) {
  const { t } = useTranslation();
  const add = () => {
    const taken = new Set(options.map(({ value }) => value));
    let number = options.length + 1;
    while (taken.has(`option-${String(number)}`)) number += 1;
    set([...path, options.length], { value: `option-${String(number)}`, label: { zh: "", en: "" } });
  };
  return (
    <section className="flow-options" aria-label={label}>
      <h3>{label}</h3>
      {options.map((option, at) => (
        <div className="flow-option" key={`${String(at)}-${option.value}`}>
          <div className="spread">
            <strong>{t("flows.step.option", { number: at + 1 })}</strong>
            {isReadOnly ? null : (
              <Button
                type="text"
                size="small"
                icon={<Icon name="trash" size={14} />}
                aria-label={`${t("common.remove")} ${t("flows.step.option", { number: at + 1 })}`}
                onClick={() => set([...path, at], undefined)}
              />
            )}
          </div>
          <BothInput
            label={t("flows.step.label")}
            value={option.label}
            isReadOnly={isReadOnly}
            onChange={(language, text) => set([...path, at, "label", language], text)}
          />
          <TextInput
            label={t("flows.step.value")}
            value={option.value}
            isReadOnly={isReadOnly}
            onChange={(text) => text.trim() !== "" && set([...path, at, "value"], text.trim())}
          />
          {(["zh", "en"] as const).map((language) => (
            <TextInput
              key={language}
              label={`${t("flows.step.phrases")} · ${t(`flows.step.${language}`)}`}
              value={(option.phrases?.[language] ?? []).join(", ")}
              isReadOnly={isReadOnly}
              onChange={(text) => set([...path, at, "phrases", language], wordsOf(text))}
            />
          ))}
        </div>
      ))}
      {isReadOnly ? null : (
        <Button size="small" icon={<Icon name="plus" size={14} />} onClick={add}>
          {t("flows.step.addOption")}
        </Button>
      )}
    </section>
  );
}
