/** Why the server will not start with the key it has, in words for the person at the console. */
import { StartupError } from "../errors.ts";

export type KeyProblemKind =
  | "absent"
  | "unreadable"
  | "damaged"
  | "too-open"
  | "inside-data-folder"
  | "wrong"
  | "recovery-mistyped"
  | "recovery-wrong";

/** Thrown at start, at restore and by key commands. Printed in both languages, never with key material. */
export class KeyProblem extends StartupError {
  readonly kind: KeyProblemKind;

  constructor(kind: KeyProblemKind, zh: string, en: string) {
    super("master-key", { zh, en });
    this.name = "KeyProblem";
    this.kind = kind;
  }
}
