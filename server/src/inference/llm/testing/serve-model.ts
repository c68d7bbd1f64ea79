// A simulated service with a model opened on it, for the tests of this folder.

import { systemClock } from "../../../platform/clock.ts";
import { createGuardedFetch } from "../../../platform/net/index.ts";
import type { LanguageModel } from "../language-model.ts";
import type { ModelConfig } from "../model-config.ts";
import { openModel } from "../open-model.ts";
import { type ChatBehaviour, type ChatService, chatService } from "./chat-service.ts";

const closing: (() => Promise<void>)[] = [];

/** After each test. */
export async function cleanUp(): Promise<void> {
  for (const close of closing.splice(0)) await close();
}

export interface Served {
  service: ChatService;
  services: { fetch: ReturnType<typeof createGuardedFetch>; clock: typeof systemClock };
  config(own?: Partial<ModelConfig>): ModelConfig;
  model(own?: Partial<ModelConfig>): LanguageModel;
}

export async function serve(behaviour: Partial<ChatBehaviour> = {}): Promise<Served> {
  const service = await chatService(behaviour);
  const fetch = createGuardedFetch({
    clock: systemClock,
    allow: [{ purpose: "llm", host: "127.0.0.1", port: service.port }],
  });
  closing.push(service.close, fetch.close);
  const services = { fetch, clock: systemClock };
  const config = (own: Partial<ModelConfig> = {}): ModelConfig => ({
    preset: "custom",
    baseUrl: service.url,
    model: "tiny",
    key: null,
    ...own,
  });
  return { service, services, config, model: (own) => openModel(services, config(own)) };
}
