// The shop's own count of its calls to large models, and its budget as their brake.

import type { ModelMeter } from "../llm/meter.ts";
import { keepCall, keepSaved, mayAsk } from "./meter.ts";

export const shopMeter: ModelMeter = {
  mayAsk: (ctx) => mayAsk(ctx),
  used(ctx, { model, task, usage, tookMs, outcome }, about) {
    const isFailed = outcome !== "complete" && outcome !== "aborted";
    keepCall(ctx, { kind: "llm", model, task, ...usage, isFailed, tookMs: Math.round(tookMs) }, about);
  },
  saved(ctx, { model, task, usage }, about) {
    keepSaved(ctx, { kind: "llm", model, task, ...usage }, about);
  },
};
