// Why a model's answer was not used, as a code of the trace: what the owner can do differs, so the codes do.

import type { ModelErrorCode } from "../../inference/index.ts";

const codes: Partial<Record<ModelErrorCode, string>> = {
  "llm/timed-out": "model-slow",
  "llm/paused": "model-paused",
  "llm/key-refused": "model-key",
  "llm/balance-empty": "model-balance",
  "llm/rate-limited": "model-busy",
  "llm/unreachable": "model-unreachable",
  "llm/address-refused": "model-unreachable",
  "llm/reply-invalid": "model-shape",
  "llm/reply-broken-off": "model-shape",
  "llm/reply-too-long": "model-shape",
  "llm/shape-unmet": "model-shape",
  "llm/over-budget": "model-budget",
  "llm/leaked": "model-leaked",
  "llm/off": "model-off",
};

export function stepDownCode(code: ModelErrorCode): string {
  return codes[code] ?? "model-failed";
}
