// Services that the settings page offers, as data: where they are, what they are called, and where they deviate. All of
// them speak POST …/chat/completions. Names of models change every few months, so the ones here are only examples.

import { type ModelPresetName, modelPresetNames } from "@yingda/contract";

export const presetNames = modelPresetNames;
export type PresetName = ModelPresetName;

export interface ModelPreset {
  title: { zh: string; en: string };
  /** The address to begin with; empty for custom. */
  baseUrl: string;
  /** The same service for customers outside China. */
  baseUrlAbroad: string | null;
  needsKey: boolean;
  /** Runs in the own house: texts do not leave it, and the operator allows the address (YINGDA_ALLOW_PRIVATE=llm=…). */
  isLocal: boolean;
  /** Where keys are made. */
  keyPage: string | null;
  exampleModels: readonly string[];
  quirks: Quirks;
}

export type Json = string | number | boolean | null | { [field: string]: Json };

export interface Quirks {
  /** How JSON is asked for: with the schema, as any JSON, or in words alone. */
  structured: "schema" | "json" | "words";
  limitField: "max_tokens" | "max_completion_tokens";
  /** Several new models take none but their own and refuse the request. */
  takesTemperature: boolean;
  /** Turns thinking off, which a customer would wait for. A service that refuses these is asked without them. */
  extraBody: { [field: string]: Json };
  /** Room for thinking on top of the answer's limit, where it cannot be turned off. */
  thinkingTokens: number;
}

const plain: Quirks = {
  structured: "json",
  limitField: "max_tokens",
  takesTemperature: true,
  extraBody: {},
  thinkingTokens: 0,
};

export const presets: Record<PresetName, ModelPreset> = {
  deepseek: {
    title: { zh: "DeepSeek 深度求索", en: "DeepSeek" },
    baseUrl: "https://api.deepseek.com/v1",
    baseUrlAbroad: null,
    needsKey: true,
    isLocal: false,
    keyPage: "https://platform.deepseek.com/api_keys",
    exampleModels: ["deepseek-v4-flash"],
    quirks: { ...plain, extraBody: { thinking: { type: "disabled" } } },
  },
  qwen: {
    title: { zh: "通义千问（阿里云百炼）", en: "Qwen (Alibaba Cloud Model Studio)" },
    baseUrl: "https://dashscope.aliyuncs.com/compatible-mode/v1",
    baseUrlAbroad: "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
    needsKey: true,
    isLocal: false,
    keyPage: "https://bailian.console.aliyun.com/?tab=model#/api-key",
    exampleModels: ["qwen-plus", "qwen-flash"],
    quirks: { ...plain, extraBody: { enable_thinking: false } },
  },
  glm: {
    title: { zh: "智谱 GLM", en: "GLM (Z.ai)" },
    baseUrl: "https://open.bigmodel.cn/api/paas/v4",
    baseUrlAbroad: "https://api.z.ai/api/paas/v4",
    needsKey: true,
    isLocal: false,
    keyPage: "https://open.bigmodel.cn/usercenter/apikeys",
    exampleModels: ["glm-4.7"],
    quirks: { ...plain, extraBody: { thinking: { type: "disabled" } } },
  },
  kimi: {
    title: { zh: "Kimi 月之暗面", en: "Kimi (Moonshot AI)" },
    baseUrl: "https://api.moonshot.cn/v1",
    baseUrlAbroad: "https://api.moonshot.ai/v1",
    needsKey: true,
    isLocal: false,
    keyPage: "https://platform.moonshot.cn/console/api-keys",
    exampleModels: ["kimi-k2.6"],
    quirks: { ...plain, takesTemperature: false, extraBody: { thinking: { type: "disabled" } } },
  },
  openai: {
    title: { zh: "OpenAI", en: "OpenAI" },
    baseUrl: "https://api.openai.com/v1",
    baseUrlAbroad: null,
    needsKey: true,
    isLocal: false,
    keyPage: "https://platform.openai.com/api-keys",
    exampleModels: ["gpt-5-mini"],
    quirks: {
      ...plain,
      structured: "schema",
      limitField: "max_completion_tokens",
      takesTemperature: false,
      thinkingTokens: 2_000,
    },
  },
  ollama: {
    title: { zh: "Ollama（本机）", en: "Ollama (own machine)" },
    baseUrl: "http://127.0.0.1:11434/v1",
    baseUrlAbroad: null,
    needsKey: false,
    isLocal: true,
    keyPage: null,
    exampleModels: ["qwen3:8b"],
    quirks: { ...plain, structured: "schema", extraBody: { reasoning_effort: "none" } },
  },
  vllm: {
    title: { zh: "vLLM（自己的服务器）", en: "vLLM (own server)" },
    baseUrl: "http://127.0.0.1:8000/v1",
    baseUrlAbroad: null,
    needsKey: false,
    isLocal: true,
    keyPage: null,
    exampleModels: ["Qwen/Qwen3-8B"],
    quirks: {
      ...plain,
      structured: "schema",
      extraBody: { chat_template_kwargs: { enable_thinking: false } },
    },
  },
  custom: {
    title: { zh: "其他兼容服务", en: "Another compatible service" },
    baseUrl: "",
    baseUrlAbroad: null,
    needsKey: false,
    isLocal: false,
    keyPage: null,
    exampleModels: [],
    quirks: { ...plain, structured: "words" },
  },
};
