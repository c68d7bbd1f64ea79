// Where a way out of a step leads: one of the steps, a new one of any kind, or nothing yet.
import { useQuery } from "@tanstack/react-query";
import type { FlowBranch, FlowStep } from "@yingda/contract";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { flowToolsQuery } from "../flow-queries.ts";
import { useFlowName } from "../use-flow-name.ts";
import { addStep, connect } from "./change-steps.ts";
import { type StepKind, stepKinds } from "./flow-text.ts";
import { branchName, stepTitle } from "./step-title.ts";
import { useEditor } from "./use-editor.ts";

const newPrefix = "+";

export function NextInput({ step, branch }: { step: FlowStep; branch: FlowBranch }) {
  const { t } = useTranslation();
  const nameOf = useFlowName();
  const tools = useQuery(flowToolsQuery).data;
  const editor = useEditor();
  const { flow, written, canWrite } = editor;
  const naming = { t, nameOf, tools };
  const from = { id: step.id, path: branch.path };
  const options = [
    {
      label: t("flows.editor.list"),
      options: flow.steps
        .filter(({ id }) => id !== step.id || step.kind !== "say")
        .map((each) => ({ value: each.id, label: stepTitle(each, flow, naming) })),
    },
    {
      label: t("flows.step.newStep"),
      options: stepKinds.map((kind) => ({
        value: newPrefix + kind,
        label: `＋ ${t(`flows.step.kinds.${kind}`)}`,
      })),
    },
  ];
  const choose = (chosen: string | undefined) => {
    if (chosen?.startsWith(newPrefix)) {
      const added = addStep(written.yaml, flow, chosen.slice(newPrefix.length) as StepKind, from);
      editor.setYaml(added.yaml);
      editor.select({ kind: "step", id: added.id });
    } else editor.setYaml(connect(written.yaml, from, chosen));
  };
  const isHole = branch.to === undefined && !branch.isOptional;
  return (
    <Field label={branchName(step, branch, naming)} problem={isHole ? t("flows.step.noNext") : null}>
      {(control) => (
        <Select
          {...control}
          showSearch={{ optionFilterProp: "label" }}
          allowClear
          disabled={!canWrite}
          placeholder={t("flows.step.next")}
          value={branch.to ?? null}
          onChange={(chosen: string | null) => choose(chosen ?? undefined)}
          options={options}
        />
      )}
    </Field>
  );
}
