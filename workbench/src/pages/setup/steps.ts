// Where the wizard stands, kept in this browser so that a reload or another day goes on from there.
export const stepNames = ["industry", "shop", "channel", "model", "done"] as const;
export type StepName = (typeof stepNames)[number];

const key = "yingda-setup-step";

export function readStep(): StepName {
  const kept = localStorage.getItem(key);
  return stepNames.find((name) => name === kept) ?? "industry";
}

export function writeStep(step: StepName): void {
  localStorage.setItem(key, step);
}

/** After the wizard: another run begins at the start. */
export function forgetStep(): void {
  localStorage.removeItem(key);
}

/** `now`: the step's number, from 1. */
export type StepProps = { now: number; onNext: () => void; onBack: () => void };
