// How far the set-up is: bars for the eye, words for everybody.
import { useTranslation } from "react-i18next";
import { stepNames } from "./steps.ts";

export function StepMark({ now }: { now: number }) {
  const { t } = useTranslation();
  return (
    <>
      <ol className="setup-steps" aria-hidden="true">
        {stepNames.map((name, index) => (
          <li key={name} className={index < now ? "is-done" : ""} />
        ))}
      </ol>
      <p className="setup-step">{t("setup.step", { now, total: stepNames.length })}</p>
    </>
  );
}
