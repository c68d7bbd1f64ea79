// Where calls to large models are counted and may be forbidden: a budget that is used up, a task that is too dear. Asked
// before every call and told of every call; what a call was about is opaque here and handed through.

import type { ModelTask } from "@yingda/contract";
import type { Ctx } from "../../platform/context.ts";
import type { ModelCall, ModelUsage } from "./language-model.ts";

/** For whom a model works; null where it is for no conversation. */
export interface AskedAbout {
  conversationId: string | null;
  channel: string | null;
  intent: string | null;
}

export interface SavedCall {
  task: ModelTask;
  model: string;
  usage: Pick<ModelUsage, "inputTokens" | "outputTokens">;
}

export interface ModelMeter {
  /** False: the caller does without. Must not throw. */
  mayAsk(ctx: Ctx, task: ModelTask): Promise<boolean>;
  /** Of every call over the wire, failed ones included. Must not throw. */
  used(ctx: Ctx, call: ModelCall, about: AskedAbout): void;
  /** Of a call that a kept answer made needless, with what it would have used. Must not throw. */
  saved(ctx: Ctx, call: SavedCall, about: AskedAbout): void;
}
