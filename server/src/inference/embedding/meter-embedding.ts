// Counts what an embedding service is asked, beside the calls to large models. Models in the own house cost nothing to count.

import type { Ctx } from "../../platform/context.ts";
import { keepCall } from "../usage/meter.ts";
import type { EmbeddingCall } from "./openai-compatible.ts";

const noConversation = { conversationId: null, channel: null, intent: null };

export function countEmbeddings(ctx: Ctx): (call: EmbeddingCall) => void {
  return ({ model, ...call }) =>
    keepCall(
      ctx,
      {
        kind: "embedding",
        model: `embedding/${model}`,
        task: "embedding",
        cachedInputTokens: 0,
        outputTokens: 0,
        ...call,
      },
      noConversation,
    );
}
