// Which tool a step asks, what it is given and what its result is called.
import { useQuery } from "@tanstack/react-query";
import type { FlowStep } from "@yingda/contract";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { flowToolsQuery } from "../flow-queries.ts";
import { useFlowName } from "../use-flow-name.ts";
import { TextInput } from "./fields.tsx";
import type { FieldsProps } from "./StepFields.tsx";
import { useEditor } from "./use-editor.ts";

type ToolStep = Extract<FlowStep, { kind: "lookup" | "do" }>;

export function ToolFields({ step, set, isReadOnly }: FieldsProps<ToolStep>) {
  const { t } = useTranslation();
  const nameOf = useFlowName();
  const { flow } = useEditor();
  const tools = useQuery(flowToolsQuery);
  const fitting = (tools.data ?? []).filter(({ effect }) => (effect === "read") === (step.kind === "lookup"));
  const tool = tools.data?.find(({ name }) => name === step.tool);
  const inputs = tool?.input.map((field) => field.replace(/\?$/, "")) ?? Object.keys(step.input);
  const strange = Object.keys(step.input).filter((field) => !inputs.includes(field));
  const choose = (name: string) => {
    set(["tool"], name);
  };
  const slotFor = (field: string) => {
    const plain = field.toLowerCase().replace(/[^a-z]/g, "");
    return flow.slots.find(({ id }) => id.replace(/-/g, "") === plain)?.id ?? flow.slots[0]?.id ?? "name";
  };
  return (
    <>
      <Field
        label={t("flows.step.tool")}
        hint={t(step.kind === "lookup" ? "flows.step.toolHintLookup" : "flows.step.toolHintDo")}
      >
        {(control) => (
          <Select
            {...control}
            showSearch={{ optionFilterProp: "label" }}
            disabled={isReadOnly}
            value={step.tool === "" ? null : step.tool}
            onChange={choose}
            options={fitting.map(({ name, about }) => ({ value: name, label: `${nameOf(about)} (${name})` }))}
          />
        )}
      </Field>
      {inputs.length + strange.length === 0 ? null : (
        <fieldset className="flow-both">
          <legend>{t("flows.step.input")}</legend>
          {[...inputs, ...strange].map((field) => (
            <TextInput
              key={field}
              label={tool?.input.includes(`${field}?`) ? `${field} (${t("flows.slot.optional")})` : field}
              hint={step.input[field] === undefined ? `{{${slotFor(field)}}}` : ""}
              value={step.input[field] ?? ""}
              isReadOnly={isReadOnly}
              onChange={(text) => set(["input", field], text === "" ? undefined : text)}
            />
          ))}
        </fieldset>
      )}
      <TextInput
        label={t("flows.step.saveAs")}
        hint={
          tool === undefined ? "" : tool.output.map((field) => `{{${step.saveAs ?? "…"}.${field}}}`).join(" ")
        }
        value={step.saveAs ?? ""}
        isReadOnly={isReadOnly}
        onChange={(text) => set(["saveAs"], text.trim() === "" ? undefined : text.trim())}
      />
    </>
  );
}
