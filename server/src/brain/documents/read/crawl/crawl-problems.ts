/**
 * What went wrong with a page, as a code that the workbench has a sentence for. Pure.
 */
import { ExternalError } from "../../../../platform/errors.ts";
import type { ReadProblem } from "../model.ts";

/** The page gave no usable reply. @throws the error again when it is none of the network's */
export function problemOfError(error: unknown): ReadProblem {
  if (!(error instanceof ExternalError)) throw error;
  const { reason, failure } = error.details;
  if (reason === "private-address" || reason === "own-port") return { code: "private-address" };
  if (reason !== undefined) return { code: "address-refused" };
  if (failure === "timed-out") return { code: "page-timed-out" };
  if (failure === "too-large") return { code: "page-too-large", values: { mostMb: 5 } };
  if (failure === "certificate") return { code: "certificate-wrong" };
  return { code: "site-unreachable" };
}

/** A status that is neither a page nor a redirect. */
export function problemOfStatus(status: number): ReadProblem {
  if (status === 401 || status === 403 || status === 407) return { code: "login-needed" };
  if (status === 404 || status === 410) return { code: "page-missing" };
  if (status === 429) return { code: "site-busy" };
  return { code: "page-failed", values: { status } };
}
