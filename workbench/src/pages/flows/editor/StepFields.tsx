// The fields of each kind of step, but for where it leads.
import type { FlowStep } from "@yingda/contract";
import { Checkbox, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { SkillSelect } from "../../../components/SkillSelect.tsx";
import { useFlowName } from "../use-flow-name.ts";
import { blanksHint } from "./blanks-hint.ts";
import { CasesFields } from "./CasesFields.tsx";
import { addSlot } from "./change-steps.ts";
import { BothInput, NumberInput, TextInput, WordsInput } from "./fields.tsx";
import { setField } from "./flow-text.ts";
import { OptionsFields } from "./OptionsFields.tsx";
import { QueueInput } from "./QueueInput.tsx";
import { ToolFields } from "./ToolFields.tsx";
import { useEditor } from "./use-editor.ts";

export type SetField = (path: (string | number)[], value: unknown) => void;
export type FieldsProps<S extends FlowStep = FlowStep> = { step: S; set: SetField; isReadOnly: boolean };
type StepOf<K extends FlowStep["kind"]> = Extract<FlowStep, { kind: K }>;

const newSlot = "+";

export function StepFields({ step, set, isReadOnly }: FieldsProps) {
  const { t } = useTranslation();
  const { flow } = useEditor();
  const hint = blanksHint(flow, t);
  const words = (
    value: Parameters<typeof WordsInput>[0]["value"] | undefined,
    field: "words" | "again" | "confirm",
    label = t(`flows.step.${field}`),
  ) => (
    <WordsInput
      label={label}
      {...(field === "again" || hint === "" ? {} : { hint })}
      value={value ?? { zh: "", en: "" }}
      isReadOnly={isReadOnly}
      onSet={(path, text) => set([field, ...path], text)}
    />
  );
  switch (step.kind) {
    case "say":
      return words(step.words, "words");
    case "ask":
      return <AskFields step={step} set={set} isReadOnly={isReadOnly} />;
    case "choose":
      return (
        <>
          {words(step.words, "words")}
          <OptionsFields
            options={step.options}
            path={["options"]}
            label={t("flows.step.options")}
            set={set}
            isReadOnly={isReadOnly}
          />
          {words(step.again, "again")}
          <TriesInput step={step} set={set} isReadOnly={isReadOnly} />
        </>
      );
    case "condition":
      return <CasesFields step={step} set={set} isReadOnly={isReadOnly} />;
    case "lookup":
      return <ToolFields step={step} set={set} isReadOnly={isReadOnly} />;
    case "do":
      return (
        <>
          <ToolFields step={step} set={set} isReadOnly={isReadOnly} />
          {words(step.confirm, "confirm")}
        </>
      );
    case "set":
      return (
        <>
          <SlotInput step={step} set={set} isReadOnly={isReadOnly} />
          <TextInput
            label={t("flows.step.setValue")}
            hint={t("flows.step.setHint", { blanks: exampleBlank(flow.slots[0]?.id) })}
            value={step.value}
            isReadOnly={isReadOnly}
            onChange={(text) => set(["value"], text)}
          />
        </>
      );
    case "wait":
      return (
        <NumberInput
          label={t("flows.step.seconds")}
          value={step.seconds}
          min={1}
          max={86_400}
          isReadOnly={isReadOnly}
          onChange={(seconds) => set(["seconds"], seconds ?? 60)}
        />
      );
    case "hand-over":
      return (
        <>
          {words(step.words, "words")}
          <QueueInput
            value={step.queue ?? null}
            isReadOnly={isReadOnly}
            onChange={(queue) => set(["queue"], queue ?? undefined)}
          />
          <Field label={t("flows.step.skills")} hint={t("flows.step.skillsHint")}>
            {(control) => (
              <SkillSelect
                control={control}
                value={step.skills}
                isReadOnly={isReadOnly}
                onChange={(skills) => set(["skills"], skills)}
              />
            )}
          </Field>
          <SummaryInput step={step} set={set} isReadOnly={isReadOnly} />
        </>
      );
    case "ask-for-ticket":
      return (
        <>
          <SummaryInput step={step} set={set} isReadOnly={isReadOnly} />
          {words(step.words, "words")}
        </>
      );
    case "end":
      return (
        <>
          {words(step.words, "words")}
          <Field label={t("flows.step.outcome")}>
            {(control) => (
              <Select
                {...control}
                disabled={isReadOnly}
                value={step.outcome}
                onChange={(outcome) => set(["outcome"], outcome)}
                options={[
                  { value: "done" as const, label: t("flows.step.done") },
                  { value: "not-done" as const, label: t("flows.step.notDone") },
                ]}
              />
            )}
          </Field>
        </>
      );
    default:
      return step satisfies never;
  }
}

export function exampleBlank(name: string | undefined): string {
  return `{{${name ?? "name"}}}`;
}

function SummaryInput({
  step,
  set,
  isReadOnly,
}: FieldsProps<StepOf<"hand-over"> | StepOf<"ask-for-ticket">>) {
  const { t } = useTranslation();
  return (
    <BothInput
      label={t("flows.step.summary")}
      value={step.summary}
      rows={2}
      isReadOnly={isReadOnly}
      onChange={(language, text) => set(["summary", language], text)}
    />
  );
}

function TriesInput({ step, set, isReadOnly }: FieldsProps<StepOf<"choose">>) {
  const { t } = useTranslation();
  return (
    <NumberInput
      label={t("flows.step.tries")}
      value={step.tries}
      min={1}
      max={5}
      isReadOnly={isReadOnly}
      onChange={(tries) => set(["tries"], tries ?? 3)}
    />
  );
}

/** Which slot; a new one opens its own form. */
function SlotInput({ step, set, isReadOnly }: FieldsProps<StepOf<"ask"> | StepOf<"set">>) {
  const { t } = useTranslation();
  const editor = useEditor();
  const nameOf = useFlowName();
  const { flow, written } = editor;
  const choose = (chosen: string) => {
    if (chosen !== newSlot) {
      set(["slot"], chosen);
      return;
    }
    const { yaml, id } = addSlot(written.yaml, flow);
    editor.setYaml(setField(yaml, "steps", step.id, ["slot"], id));
    editor.select({ kind: "slot", id });
  };
  return (
    <Field label={t("flows.step.slot")}>
      {(control) => (
        <Select
          {...control}
          disabled={isReadOnly}
          value={step.slot === "" ? null : step.slot}
          onChange={choose}
          options={[
            ...flow.slots.map(({ id, label }) => ({ value: id, label: nameOf(label) || id })),
            { value: newSlot, label: t("flows.step.slotNew") },
          ]}
        />
      )}
    </Field>
  );
}

function AskFields({ step, set, isReadOnly }: FieldsProps<StepOf<"ask">>) {
  const { t } = useTranslation();
  const editor = useEditor();
  const slot = editor.flow.slots.find(({ id }) => id === step.slot);
  return (
    <>
      <SlotInput step={step} set={set} isReadOnly={isReadOnly} />
      {slot === undefined ? null : (
        <WordsInput
          label={t("flows.slot.question")}
          value={slot.question}
          isReadOnly={isReadOnly}
          onSet={(path, text) =>
            editor.setYaml(setField(editor.written.yaml, "slots", slot.id, ["question", ...path], text))
          }
        />
      )}
      {slot === undefined ? null : (
        <button
          type="button"
          className="plain flow-link"
          onClick={() => editor.select({ kind: "slot", id: slot.id })}
        >
          {t("flows.step.slotMore")}
        </button>
      )}
      <Checkbox
        checked={step.words !== undefined}
        disabled={isReadOnly}
        onChange={(event) => set(["words"], event.target.checked ? { zh: "", en: "" } : undefined)}
      >
        {t("flows.step.otherWords")}
      </Checkbox>
      {step.words === undefined ? null : (
        <WordsInput
          label={t("flows.step.otherWords")}
          value={step.words}
          isReadOnly={isReadOnly}
          onSet={(path, text) => set(["words", ...path], text)}
        />
      )}
      <Checkbox
        checked={step.isAnew}
        disabled={isReadOnly}
        onChange={(event) => set(["isAnew"], event.target.checked ? true : undefined)}
      >
        {t("flows.step.anew")}
      </Checkbox>
    </>
  );
}
