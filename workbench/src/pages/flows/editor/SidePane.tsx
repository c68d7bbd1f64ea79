// Beside the canvas: the form of the chosen step or slot.
import { useTranslation } from "react-i18next";
import { SlotForm } from "./SlotForm.tsx";
import { StepForm } from "./StepForm.tsx";
import { useEditor } from "./use-editor.ts";

export function SidePane() {
  const { t } = useTranslation();
  const { selected, flow } = useEditor();
  if (selected?.kind === "step") {
    const step = flow.steps.find(({ id }) => id === selected.id);
    if (step !== undefined) return <StepForm key={step.id} step={step} />;
  }
  if (selected?.kind === "slot") {
    const slot = flow.slots.find(({ id }) => id === selected.id);
    if (slot !== undefined) return <SlotForm key={slot.id} slot={slot} />;
  }
  return <p className="soft">{t("flows.editor.choose")}</p>;
}
