// The form of a step, in an owner's words: what it says or does, then where it leads.
import { branchesOfStep, type FlowStep } from "@yingda/contract";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { showToast } from "../../../components/toast.ts";
import { beginWith, copyStep, deleteStep } from "./change-steps.ts";
import { TextInput } from "./fields.tsx";
import { setField } from "./flow-text.ts";
import { NextInput } from "./NextInput.tsx";
import { StepFields } from "./StepFields.tsx";
import { kindIcons } from "./StepNode.tsx";
import { useEditor } from "./use-editor.ts";

export function StepForm({ step }: { step: FlowStep }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const { flow, written, canWrite, problems, warnings } = editor;
  const mine = [...problems, ...warnings].filter((problem) => problem.step === step.id);
  const set = (path: (string | number)[], value: unknown) =>
    editor.setYaml(setField(written.yaml, "steps", step.id, path, value));
  const isFirst = flow.steps[0]?.id === step.id;
  const ways = branchesOfStep(step);
  return (
    <div className="flow-form">
      <h2>
        <Icon name={kindIcons[step.kind]} size={18} /> {t(`flows.step.kinds.${step.kind}`)}
      </h2>
      <p className="soft">{t(`flows.step.hints.${step.kind}`)}</p>
      {mine.length > 0 ? <StepProblems texts={mine.map(({ text }) => text)} /> : null}
      <StepFields step={step} set={set} isReadOnly={!canWrite} />
      {ways.length > 0 ? (
        <section className="flow-ways" aria-label={t("flows.step.next")}>
          {ways.map((branch) => (
            <NextInput key={branch.path.join(".")} step={step} branch={branch} />
          ))}
        </section>
      ) : null}
      <TextInput
        label={t("flows.step.note")}
        value={step.note ?? ""}
        isReadOnly={!canWrite}
        onChange={(text) => set(["note"], text === "" ? undefined : text)}
      />
      {canWrite ? (
        <div className="row-line">
          {isFirst ? null : (
            <Button size="small" onClick={() => editor.setYaml(beginWith(written.yaml, step.id))}>
              {t("flows.step.begin")}
            </Button>
          )}
          <Button
            size="small"
            icon={<Icon name="copy" size={14} />}
            onClick={() => {
              const { yaml, id } = copyStep(written.yaml, flow, step.id);
              editor.setYaml(yaml);
              editor.select({ kind: "step", id });
            }}
          >
            {t("flows.step.copy")}
          </Button>
          <Button
            size="small"
            danger
            icon={<Icon name="trash" size={14} />}
            onClick={() => {
              editor.setYaml(deleteStep(written.yaml, flow, step.id));
              editor.select(null);
              showToast("info", t("flows.step.removed"), { label: t("common.undo"), run: editor.undo });
            }}
          >
            {t("flows.step.remove")}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** What is wrong with what is chosen, above its fields. */
export function StepProblems({ texts }: { texts: readonly { zh: string; en: string }[] }) {
  const { i18n } = useTranslation();
  return (
    <ul className="flow-problems">
      {texts.map(({ zh, en }) => (
        <li key={zh}>
          <Icon name="warning" size={16} /> <span>{i18n.language === "en" ? en : zh}</span>
        </li>
      ))}
    </ul>
  );
}
