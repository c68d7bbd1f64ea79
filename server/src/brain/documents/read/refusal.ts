/**
 * Why a document cannot be read at all. Thrown inside the child process, told to the parent as data, and thrown there as
 * the AppError of the same code.
 */
import type { ErrorCode } from "@yingda/contract";

export type DocumentRefusal = Extract<ErrorCode, `document/${string}`>;

export class Unreadable extends Error {
  readonly code: DocumentRefusal;
  readonly details: Record<string, string | number>;

  constructor(code: DocumentRefusal, details: Record<string, string | number> = {}, cause?: unknown) {
    super(code, cause === undefined ? undefined : { cause });
    this.name = "Unreadable";
    this.code = code;
    this.details = details;
  }
}
