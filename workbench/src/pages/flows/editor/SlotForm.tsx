// The form of something that is asked for: its type and what it takes, the question, what is said when it was not understood.
import { type FlowSlot, flowSlotTypes } from "@yingda/contract";
import { Button, Checkbox, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { deleteSlot } from "./change-steps.ts";
import { BothInput, NumberInput, TextInput, WordsInput, wordsOf } from "./fields.tsx";
import { setField } from "./flow-text.ts";
import { OptionsFields } from "./OptionsFields.tsx";
import { StepProblems } from "./StepForm.tsx";
import { useEditor } from "./use-editor.ts";

const reads = ["size", "fault-code", "product", "name"] as const;

export function SlotForm({ slot }: { slot: FlowSlot }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const { written, canWrite, problems, flow } = editor;
  const isReadOnly = !canWrite;
  const set = (path: (string | number)[], value: unknown) =>
    editor.setYaml(setField(written.yaml, "slots", slot.id, path, value));
  const mine = problems.filter((problem) => problem.slot === slot.id);
  const hasBounds = ["number", "money", "text"].includes(slot.type);
  return (
    <div className="flow-form">
      <h2>{t("flows.step.kinds.ask")}</h2>
      {mine.length > 0 ? <StepProblems texts={mine.map(({ text }) => text)} /> : null}
      <BothInput
        label={t("flows.slot.label")}
        value={slot.label}
        isReadOnly={isReadOnly}
        onChange={(language, text) => set(["label", language], text)}
      />
      <Field label={t("flows.slot.type")}>
        {(control) => (
          <Select
            {...control}
            disabled={isReadOnly}
            value={slot.type}
            onChange={(type: FlowSlot["type"]) => set(["type"], type)}
            options={flowSlotTypes.map((type) => ({ value: type, label: t(`flows.slot.types.${type}`) }))}
          />
        )}
      </Field>
      {slot.type === "choice" ? <ChoiceFields slot={slot} set={set} isReadOnly={isReadOnly} /> : null}
      <WordsInput
        label={t("flows.slot.question")}
        value={slot.question}
        isReadOnly={isReadOnly}
        onSet={(path, text) => set(["question", ...path], text)}
      />
      <WordsInput
        label={t("flows.slot.again")}
        value={slot.again}
        isReadOnly={isReadOnly}
        onSet={(path, text) => set(["again", ...path], text)}
      />
      <NumberInput
        label={t("flows.step.tries")}
        value={slot.tries}
        min={1}
        max={5}
        isReadOnly={isReadOnly}
        onChange={(tries) => set(["tries"], tries)}
      />
      {hasBounds ? (
        <div className="fields">
          <NumberInput
            label={t("flows.slot.least")}
            value={slot.least}
            isReadOnly={isReadOnly}
            onChange={(least) => set(["least"], least)}
          />
          <NumberInput
            label={t("flows.slot.most")}
            value={slot.most}
            isReadOnly={isReadOnly}
            onChange={(most) => set(["most"], most)}
          />
        </div>
      ) : null}
      {slot.type === "date" ? <WhenInput slot={slot} set={set} isReadOnly={isReadOnly} /> : null}
      {slot.type === "number" ? (
        <TextInput
          label={t("flows.slot.units")}
          value={slot.units.join(", ")}
          isReadOnly={isReadOnly}
          onChange={(text) => set(["units"], wordsOf(text))}
        />
      ) : null}
      {slot.type === "text" ? (
        <Field label={t("flows.slot.reads")}>
          {(control) => (
            <Select
              {...control}
              disabled={isReadOnly}
              value={slot.reads ?? ""}
              onChange={(what: string) => set(["reads"], what === "" ? undefined : what)}
              options={[
                { value: "", label: t("flows.slot.readsNone") },
                ...reads.map((what) => ({ value: what, label: t(`flows.slot.reads_${what}`) })),
              ]}
            />
          )}
        </Field>
      ) : null}
      {(["zh", "en"] as const).map((language) => (
        <TextInput
          key={language}
          label={`${t("flows.slot.names")} · ${t(`flows.step.${language}`)}`}
          value={(slot.names?.[language] ?? []).join(", ")}
          isReadOnly={isReadOnly}
          onChange={(text) => set(["names", language], wordsOf(text))}
        />
      ))}
      <Checkbox
        checked={slot.isOptional}
        disabled={isReadOnly}
        onChange={(event) => set(["isOptional"], event.target.checked ? true : undefined)}
      >
        {t("flows.slot.optional")}
      </Checkbox>
      <Checkbox
        checked={slot.onlyWhenAsked}
        disabled={isReadOnly}
        onChange={(event) => set(["onlyWhenAsked"], event.target.checked ? true : undefined)}
      >
        {t("flows.slot.onlyWhenAsked")}
      </Checkbox>
      {canWrite ? (
        <Button
          size="small"
          danger
          icon={<Icon name="trash" size={14} />}
          disabled={flow.steps.some((step) => "slot" in step && step.slot === slot.id)}
          onClick={() => {
            editor.setYaml(deleteSlot(written.yaml, slot.id));
            editor.select(null);
          }}
        >
          {t("flows.slot.remove")}
        </Button>
      ) : null}
    </div>
  );
}

type PartProps = {
  slot: FlowSlot;
  set: (path: (string | number)[], value: unknown) => void;
  isReadOnly: boolean;
};

function WhenInput({ slot, set, isReadOnly }: PartProps) {
  const { t } = useTranslation();
  return (
    <Field label={t("flows.slot.when")}>
      {(control) => (
        <Select
          {...control}
          disabled={isReadOnly}
          value={slot.when ?? ""}
          onChange={(when: string) => set(["when"], when === "" ? undefined : when)}
          options={[
            { value: "", label: t("flows.slot.whenAny") },
            { value: "today-or-later", label: t("flows.slot.whenLater") },
            { value: "today-or-earlier", label: t("flows.slot.whenEarlier") },
          ]}
        />
      )}
    </Field>
  );
}

/** Choices written here, or those that a lookup brings. */
function ChoiceFields({ slot, set, isReadOnly }: PartProps) {
  const { t } = useTranslation();
  const { flow } = useEditor();
  const lookups = flow.steps.flatMap((step) => (step.kind === "lookup" ? [step.saveAs] : []));
  return (
    <>
      {lookups.length > 0 || slot.choicesFrom !== undefined ? (
        <TextInput
          label={t("flows.slot.choicesFrom")}
          hint={lookups.map((name) => `${name}.…`).join(" ")}
          value={slot.choicesFrom ?? ""}
          isReadOnly={isReadOnly}
          onChange={(from) => set(["choicesFrom"], from.trim() === "" ? undefined : from.trim())}
        />
      ) : null}
      {slot.choicesFrom === undefined ? (
        <OptionsFields
          options={slot.choices}
          path={["choices"]}
          label={t("flows.slot.choices")}
          set={set}
          isReadOnly={isReadOnly}
        />
      ) : null}
    </>
  );
}
