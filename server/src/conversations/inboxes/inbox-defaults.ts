// What a new inbox starts with: a friendly face in both languages and a bot that is on. Everything can be changed.
import type { BotSettings, Channel, WidgetSettings } from "@yingda/contract";
import { channelCapabilities } from "@yingda/contract";

/** A question of a day ago is still the same matter: until then the contact's next line reopens. */
export const defaultReopenWindowMs = 86_400_000;

export function defaultWidget(name: string): WidgetSettings {
  return {
    title: { zh: name, en: name },
    subtitle: { zh: "有问题尽管问，马上回复您", en: "Ask us anything. We reply right away." },
    accent: "#0f766e",
    corner: "right",
    greeting: {
      zh: "您好，请问有什么可以帮您？",
      en: "Hello! How can we help you?",
    },
    suggestions: [],
    suggestionsEn: [],
    menu: [],
    rules: [],
    privacyUrl: "",
    aiNotice: {
      zh: "先由智能助手为您解答，随时可以转人工。",
      en: "An AI assistant answers first. You can ask for a person at any time.",
    },
    sound: true,
    askRating: true,
    leaveMessageFields: ["name", "phone"],
  };
}

export function defaultBot(channel: Channel): BotSettings {
  return {
    isOn: true,
    name: { zh: "智能助手", en: "Assistant" },
    thresholds: { answer: 0.75, askBack: 0.18 },
    quietWindowMs: channelCapabilities[channel].quietWindowMs,
    giveBackMinutes: 30,
  };
}
