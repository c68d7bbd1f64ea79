// A labelled control with its hint and problem tied to it, for the plain forms of the owner's pages.
import { type ReactNode, useId } from "react";

export type FieldProps = {
  label: string;
  hint?: ReactNode;
  problem?: string | null;
  /** Gets the id and what describes it; give both to the control. */
  children: (control: { id: string; "aria-describedby"?: string }) => ReactNode;
};

export function Field({ label, hint, problem, children }: FieldProps) {
  const id = useId();
  const hasNote = Boolean(hint || problem);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(hasNote ? { id, "aria-describedby": `${id}-note` } : { id })}
      {hasNote ? (
        <p
          id={`${id}-note`}
          className={problem ? "problem" : "field-hint"}
          {...(problem ? { role: "alert" } : {})}
        >
          {problem ?? hint}
        </p>
      ) : null}
    </div>
  );
}
