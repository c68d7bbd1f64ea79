// What is wrong, each line leading to its place: the step's or slot's form, or the line of the YAML.
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { useFlowName } from "../use-flow-name.ts";
import { useEditor } from "./use-editor.ts";

export function ProblemsPane() {
  const { t } = useTranslation();
  const nameOf = useFlowName();
  const { problems, warnings, flow, select, setSide, showLine } = useEditor();
  const ready = problems.length === 0 ? <p className="soft">{t("flows.editor.noProblems")}</p> : null;
  if (problems.length + warnings.length === 0) return ready;
  const list = (found: typeof problems, label: string) => (
    <ul className="plain-list flow-list" aria-label={label}>
      {found.map(({ kind, step, slot, line, text }, at) => {
        const isStep = step !== null && flow.steps.some(({ id }) => id === step);
        const isSlot = slot !== null && flow.slots.some(({ id }) => id === slot);
        const show = () => {
          if (isStep || isSlot) {
            select(isStep ? { kind: "step", id: step } : { kind: "slot", id: slot ?? "" });
            setSide("step");
          } else showLine(line ?? 1);
        };
        return (
          <li key={`${String(at)}-${kind}`}>
            <button type="button" className="list-button flow-problem" onClick={show}>
              <Icon name="warning" size={16} />
              <span>
                {nameOf(text)}
                {line === null ? null : <span className="soft"> {t("flows.editor.line", { line })}</span>}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
  return (
    <>
      {ready ?? list(problems, t("flows.editor.problems"))}
      {warnings.length === 0 ? null : (
        <>
          <h3 className="flow-warnings">{t("flows.editor.warnings")}</h3>
          {list(warnings, t("flows.editor.warnings"))}
        </>
      )}
    </>
  );
}
