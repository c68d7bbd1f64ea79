// What concerns the whole flow: its name, what starts it, how long a customer may be silent.
import { useTranslation } from "react-i18next";
import { BothInput, NumberInput, TextInput } from "./fields.tsx";
import { editText, setAt } from "./flow-text.ts";
import { useEditor } from "./use-editor.ts";

export function SettingsView() {
  const { t } = useTranslation();
  const editor = useEditor();
  const { flow, written, canWrite } = editor;
  const set = (path: string[], value: unknown) =>
    editor.setYaml(editText(written.yaml, (document) => setAt(document, path, value)));
  const isReadOnly = !canWrite;
  return (
    <div className="flow-form flow-settings">
      <BothInput
        label={t("flows.settings.name")}
        value={flow.name}
        isReadOnly={isReadOnly}
        onChange={(language, text) => set(["name", language], text)}
      />
      <fieldset className="flow-both">
        <legend>{t("flows.settings.phrases")}</legend>
        <p className="field-hint">{t("flows.settings.phrasesHint")}</p>
        <TextInput
          label={t("flows.settings.phrasesZh")}
          value={flow.starts.phrases.zh.join("\n")}
          rows={4}
          isReadOnly={isReadOnly}
          onChange={(text) => set(["starts", "phrases", "zh"], linesOf(text))}
        />
        <TextInput
          label={t("flows.settings.phrasesEn")}
          value={flow.starts.phrases.en.join("\n")}
          rows={4}
          isReadOnly={isReadOnly}
          onChange={(text) => set(["starts", "phrases", "en"], linesOf(text))}
        />
      </fieldset>
      <TextInput
        label={t("flows.settings.intents")}
        hint={t("flows.settings.intentsHint")}
        value={flow.starts.intents.join("\n")}
        rows={3}
        isReadOnly={isReadOnly}
        onChange={(text) => set(["starts", "intents"], linesOf(text))}
      />
      <NumberInput
        label={t("flows.settings.idle")}
        hint={t("flows.settings.idleHint")}
        value={flow.idleSeconds}
        min={30}
        max={86_400}
        isReadOnly={isReadOnly}
        onChange={(seconds) => set(["idleSeconds"], seconds)}
      />
    </div>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
