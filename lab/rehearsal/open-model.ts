// The rehearsal's large model: a service of the lab, asked through the server's own adapter, its completer and its prices. No
// shop, no database: what the server keeps in tables is counted here.

import {
  type Complete,
  completer,
  costMicros,
  openTaskModels,
  priceOf,
} from "../../server/src/inference/index.ts";
import { systemClock } from "../../server/src/platform/clock.ts";
import { createLog } from "../../server/src/platform/log.ts";
import { createGuardedFetch } from "../../server/src/platform/net/index.ts";
import { modelService } from "../shared/model-service.ts";
import { scriptedAnswer } from "./scripted-answers.ts";

const model = "deepseek-chat";
const limits = { firstTokenMs: 8_000, totalMs: 9_000, outputTokens: 600 };

export interface PricedModel {
  complete: Complete;
  readonly calls: number;
  /** Answers that were given again without a call. */
  readonly keptUsed: number;
  readonly yuan: number;
  close(): Promise<void>;
}

/** `deepseek-chat` at the price that ships with the server (inference/usage/prices.ts). */
export async function openPricedModel(): Promise<PricedModel> {
  const service = await modelService(model, scriptedAnswer);
  const fetch = createGuardedFetch({
    clock: systemClock,
    allow: [{ purpose: "llm", host: "127.0.0.1", port: service.port }],
  });
  const log = createLog({ level: "silent" });
  const config = { preset: "deepseek", baseUrl: service.url, model, key: null } as const;
  const models = openTaskModels({ fetch, clock: systemClock, log }, { models: [config] });
  let micros = 0;
  let keptUsed = 0;
  type Kept = NonNullable<Parameters<typeof completer>[0]["kept"]>;
  const answers = new Map<string, Parameters<Kept["keep"]>[1]>();
  const kept: Kept = {
    find: async (parts) => answers.get(JSON.stringify(parts)) ?? null,
    keep: (parts, answer) => void answers.set(JSON.stringify(parts), answer),
  };
  return {
    complete: completer({
      models: { forTask: (task) => models.forTask(task), limits: () => limits },
      mayAsk: async () => true,
      kept,
      saved: () => {
        keptUsed += 1;
      },
      used: ({ model: name, usage }) => {
        micros += costMicros(priceOf(name, {}).price, usage);
      },
      failed: (error) => {
        throw error;
      },
    }),
    get calls() {
      return service.calls;
    },
    get keptUsed() {
      return keptUsed;
    },
    get yuan() {
      return micros / 1_000_000;
    },
    async close() {
      await service.close();
      await fetch.close();
    },
  };
}
