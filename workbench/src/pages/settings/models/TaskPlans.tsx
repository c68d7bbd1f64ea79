// Which model does what, and how long each use may take; closed unless the owner looks.
import {
  chosenTasks,
  type LanguageModelId,
  type LanguageModelsOverview,
  type ModelPlan,
  type ModelTask,
  type TaskPlan,
} from "@yingda/contract";
import { Button, InputNumber, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

/** Those that something in the product asks for. */
const shownTasks = [
  "answer",
  "rewrite",
  "summary",
  "draft",
  "translate",
  "extract",
  "judge",
  "picture",
] as const satisfies readonly ModelTask[];
const usual: TaskPlan = { models: null, limits: null };

export function TaskPlans({
  overview: { models, plan, usualLimits },
  onSave,
}: {
  overview: LanguageModelsOverview;
  onSave: (plan: ModelPlan) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [tasks, setTasks] = useState(plan.tasks);
  const isChanged = JSON.stringify(tasks) !== JSON.stringify(plan.tasks);
  const named = models.map(({ id, model }) => ({ value: id as string, label: model }));
  const options = [
    { value: "usual", label: t("models.usualOrder") },
    ...named,
    { value: "none", label: t("models.without") },
  ];
  // not every model can see: without a choice none does
  const chosenOptions = [{ value: "usual", label: t("models.withoutSight") }, ...named];
  const set = (task: ModelTask, change: Partial<TaskPlan>) =>
    setTasks((before) => ({ ...before, [task]: { ...usual, ...before[task], ...change } }));
  const limit = (task: ModelTask, field: "totalMs" | "outputTokens", value: number | null) => {
    const before = tasks[task]?.limits ?? usualLimits[task];
    if (value !== null) set(task, { limits: { ...before, [field]: value } });
  };
  return (
    <details className="models-tasks">
      <summary>{t("models.tasks")}</summary>
      <ul className="plain-list">
        {shownTasks.map((task) => {
          const { models: chosen, limits } = tasks[task] ?? usual;
          const { totalMs, outputTokens } = limits ?? usualLimits[task];
          const name = t(`models.task.${task}`);
          const isChosenOnly = chosenTasks.includes(task);
          return (
            <li key={task} className="models-task">
              <span>
                <strong>{name}</strong>
                <span className="soft"> {t(`models.taskHint.${task}`)}</span>
              </span>
              <Select
                aria-label={t("models.taskModel", { task: name })}
                value={chosen === null ? "usual" : (chosen[0] ?? (isChosenOnly ? "usual" : "none"))}
                options={isChosenOnly ? chosenOptions : options}
                onChange={(value) =>
                  set(task, {
                    models: value === "usual" ? null : value === "none" ? [] : [value as LanguageModelId],
                  })
                }
              />
              <InputNumber
                aria-label={t("models.taskSeconds", { task: name })}
                min={1}
                max={60}
                suffix={t("models.seconds")}
                value={Math.round(totalMs / 1_000)}
                onChange={(value) => limit(task, "totalMs", value === null ? null : value * 1_000)}
              />
              <InputNumber
                aria-label={t("models.taskTokens", { task: name })}
                min={50}
                max={8_000}
                step={50}
                suffix="tokens"
                value={outputTokens}
                onChange={(value) => limit(task, "outputTokens", value)}
              />
            </li>
          );
        })}
      </ul>
      <p className="soft">{t("models.answerCap")}</p>
      <Button disabled={!isChanged} onClick={() => void onSave({ ...plan, tasks })}>
        {t("common.save")}
      </Button>
    </details>
  );
}
