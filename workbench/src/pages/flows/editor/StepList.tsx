// The steps as a list, with where each leads: for reading, for the keyboard and for a phone.
import { useQuery } from "@tanstack/react-query";
import { branchesOfStep } from "@yingda/contract";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { flowToolsQuery } from "../flow-queries.ts";
import { useFlowName } from "../use-flow-name.ts";
import { AddStep } from "./AddStep.tsx";
import { kindIcons } from "./StepNode.tsx";
import { branchName, stepGist, stepTitle } from "./step-title.ts";
import { useEditor } from "./use-editor.ts";

export function StepList() {
  const { t } = useTranslation();
  const nameOf = useFlowName();
  const tools = useQuery(flowToolsQuery).data;
  const { flow, selected, select, problems, path, canWrite } = useEditor();
  const naming = { t, nameOf, tools };
  const titleOf = (id: string) => {
    const step = flow.steps.find((each) => each.id === id);
    return step === undefined ? id : stepTitle(step, flow, naming);
  };
  return (
    <div className="stack">
      {canWrite ? (
        <div>
          <AddStep />
        </div>
      ) : null}
      <ol className="plain-list flow-list">
        {flow.steps.map((step, at) => {
          const count = problems.filter((problem) => problem.step === step.id).length;
          const isOn = selected?.kind === "step" && selected.id === step.id;
          const isNow = path.at(-1) === step.id;
          return (
            <li key={step.id} className={isOn ? "flow-list-on" : ""}>
              <button
                type="button"
                className="list-button"
                aria-current={isNow ? "step" : undefined}
                onClick={() => select({ kind: "step", id: step.id })}
              >
                <span className="flow-list-head">
                  <Icon name={kindIcons[step.kind]} size={16} />
                  <strong>{t(`flows.step.kinds.${step.kind}`)}</strong>
                  {at === 0 ? <Tag color="processing">{t("flows.step.first")}</Tag> : null}
                  {isNow ? <Tag color="success">{t("flows.trial.step")}</Tag> : null}
                  {count > 0 ? <Tag color="warning">{t("flows.problems", { count })}</Tag> : null}
                </span>
                <span className="flow-list-line">
                  {stepGist(step, flow, naming) || t("flows.step.empty")}
                </span>
                {branchesOfStep(step).map((branch) =>
                  branch.to === undefined && branch.isOptional ? null : (
                    <span className="soft flow-list-line" key={branch.path.join(".")}>
                      {branchName(step, branch, naming)} →{" "}
                      {branch.to === undefined ? t("flows.step.noNext") : titleOf(branch.to)}
                    </span>
                  ),
                )}
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
