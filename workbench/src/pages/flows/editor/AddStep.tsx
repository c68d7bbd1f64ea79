// The button for a new step: behind the chosen one, on its first way that leads nowhere, else between it and what follows.
import { branchesOfStep } from "@yingda/contract";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { type MenuItem, PopMenu } from "../../../components/PopMenu.tsx";
import { addStep } from "./change-steps.ts";
import { type StepKind, stepKinds } from "./flow-text.ts";
import { kindIcons } from "./StepNode.tsx";
import { useEditor } from "./use-editor.ts";

export function AddStep() {
  const { t } = useTranslation();
  const editor = useEditor();
  const { flow, selected, written } = editor;
  const chosen = selected?.kind === "step" ? flow.steps.find(({ id }) => id === selected.id) : undefined;
  const add = (kind: StepKind) => {
    const ways = chosen === undefined ? [] : branchesOfStep(chosen);
    const way = ways.find(({ to, isOptional }) => to === undefined && !isOptional) ?? ways[0];
    const from = chosen === undefined || way === undefined ? null : { id: chosen.id, path: way.path };
    const { yaml, id } = addStep(written.yaml, flow, kind, from);
    editor.setYaml(yaml);
    editor.select({ kind: "step", id });
  };
  const items = stepKinds.map(
    (kind): MenuItem => ({
      kind: "item",
      key: kind,
      icon: kindIcons[kind],
      label: t(`flows.step.kinds.${kind}`),
      run: () => add(kind),
    }),
  );
  return (
    <PopMenu items={items} label={t("flows.step.add")}>
      {(button) => (
        <Button {...button} size="small" type="primary" icon={<Icon name="plus" size={14} />}>
          {t("flows.step.add")}
        </Button>
      )}
    </PopMenu>
  );
}
