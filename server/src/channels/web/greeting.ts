// What the chat shows before anything is typed: the first greeting rule whose conditions all hold, else the general one.
// Pure; called for GET /w/:publicKey/face.
import type { GreetingRule, Inbox, WidgetFace } from "@yingda/contract";

export type Visit = {
  locale: "zh-CN" | "en";
  /** Path of the page that shows the chat. */
  path: string;
  params: Readonly<Record<string, string>>;
  /** Where the visitor came from: utm_source or the QR code's source. */
  source: string;
  isOpen: boolean;
  visitor: "new" | "returning";
};
export type FaceFacts = {
  opensAt: Date | null;
  shopName: string;
  maxTextLength: number;
  maxFileBytes: number;
};

export function faceOf(inbox: Pick<Inbox, "widget" | "bot">, visit: Visit, facts: FaceFacts): WidgetFace {
  const { widget, bot } = inbox;
  const language = visit.locale === "en" ? "en" : "zh";
  const rule = widget.rules.find((candidate) => holds(candidate, visit));
  const own = rule && spokenIn(language, rule);
  const general = spokenIn(language, widget);
  return {
    title: widget.title[language],
    subtitle: widget.subtitle[language],
    accent: widget.accent,
    corner: widget.corner,
    locale: visit.locale,
    greeting: rule?.text[language] || widget.greeting[language],
    suggestions: own?.suggestions.length ? own.suggestions : general.suggestions,
    menu: own?.menu.length ? own.menu : general.menu.length ? general.menu : widget.menu,
    aiNotice: widget.aiNotice[language],
    privacyUrl: widget.privacyUrl,
    sound: widget.sound,
    askRating: widget.askRating,
    leaveMessageFields: widget.leaveMessageFields,
    botName: bot.name[language],
    isOpen: visit.isOpen,
    opensAt: facts.opensAt?.toISOString() ?? null,
    maxTextLength: facts.maxTextLength,
    maxFileBytes: facts.maxFileBytes,
    shopName: facts.shopName,
  };
}

function spokenIn(
  language: "zh" | "en",
  {
    suggestions,
    suggestionsEn = [],
    menu = [],
    menuEn = [],
  }: Pick<GreetingRule, "suggestions" | "suggestionsEn" | "menu" | "menuEn">,
): Pick<WidgetFace, "suggestions" | "menu"> {
  return language === "en" ? { suggestions: suggestionsEn, menu: menuEn } : { suggestions, menu };
}

function holds({ when }: GreetingRule, visit: Visit): boolean {
  if (when.pathContains !== undefined && !visit.path.includes(when.pathContains)) return false;
  if (when.parameter !== undefined && visit.params[when.parameter.name] !== when.parameter.value)
    return false;
  if (when.source !== undefined && when.source !== visit.source) return false;
  if (when.isOpen !== undefined && when.isOpen !== visit.isOpen) return false;
  return when.visitor === undefined || when.visitor === visit.visitor;
}

/** Chinese for any kind of Chinese, English for everything else; the shop's own language when nothing is said. */
export function visitLocale(given: string | undefined, fallback: "zh-CN" | "en"): "zh-CN" | "en" {
  if (!given || !/^[a-z]{2,3}\b/i.test(given)) return fallback;
  return /^zh\b/i.test(given) ? "zh-CN" : "en";
}
