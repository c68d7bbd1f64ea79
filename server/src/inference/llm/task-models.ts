// Which model does what: the owner's list in order, and per task another order where the owner chose one. A model that
// several tasks use is opened once, so what one learns about its health holds for all; what a model does by choice
// (pictures) is judged apart.

import { chosenTasks } from "@yingda/contract";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { GuardedFetch } from "../../platform/net/index.ts";
import type { LanguageModel } from "./language-model.ts";
import { type ModelConfig, modelPlace } from "./model-config.ts";
import { openModel } from "./open-model.ts";
import { type SteadyModel, steadyModel } from "./steady-model.ts";
import type { ModelTask } from "./tasks.ts";
import { withFallback } from "./with-fallback.ts";

export interface ModelPlan {
  /** In the order to be asked. Empty: no large model. */
  models: readonly ModelConfig[];
  /** Per task, in order; an empty list, or none for a task that needs a choice: it is done without a large model. */
  perTask?: Partial<Record<ModelTask, readonly ModelConfig[]>>;
}

export interface TaskModels {
  /** Null: none is configured for this task; the caller does without. */
  forTask(task: ModelTask): LanguageModel | null;
  /** For the settings page: which are left alone at present. */
  health(): { name: string; pausedMs: number }[];
}

export function openTaskModels(
  services: { fetch: GuardedFetch; clock: Clock; log: Log },
  { models, perTask = {} }: ModelPlan,
): TaskModels {
  const opened = new Map<string, SteadyModel>();
  // a model that cannot see, or only slowly, goes on answering
  const chosen = new Map<string, SteadyModel>();
  const open = (config: ModelConfig, among: Map<string, SteadyModel>): SteadyModel => {
    const place = modelPlace(config);
    const model = among.get(place) ?? steadyModel(openModel(services, config), services);
    among.set(place, model);
    return model;
  };
  return {
    forTask(task) {
      const isChosen = chosenTasks.includes(task);
      const configs = perTask[task] ?? (isChosen ? [] : models);
      const [first, ...others] = configs.map((config) => open(config, isChosen ? chosen : opened));
      if (first === undefined) return null;
      return others.length === 0 ? first : withFallback([first, ...others]);
    },
    health: () => [...opened.values()].map(({ name, pausedMs }) => ({ name, pausedMs })),
  };
}
