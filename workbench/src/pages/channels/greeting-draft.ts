// Greeting rules and menu as the form holds them (texts and lines, both languages side by side), to and from an inbox's
// settings. Pure; GreetingForm.tsx shows it.
import type { Choice, GreetingRule, WidgetSettings } from "@yingda/contract";

export const menuActions = ["say", "human", "leave-message"] as const;
export const hoursWishes = ["any", "open", "closed"] as const;
export const visitorWishes = ["any", "new", "returning"] as const;
export const mostRules = 20;
export const mostButtons = 8;

export type ButtonDraft = { key: number; zh: string; en: string; action: Choice["action"] };
export type RuleDraft = {
  key: number;
  path: string;
  parameter: string;
  value: string;
  source: string;
  hours: (typeof hoursWishes)[number];
  visitor: (typeof visitorWishes)[number];
  zh: string;
  en: string;
  /** One a line. */
  suggestions: string;
  suggestionsEn: string;
  menu: ButtonDraft[];
};
export type GreetingDraft = { menu: ButtonDraft[]; rules: RuleDraft[] };

let lastKey = 0;
const nextKey = (): number => {
  lastKey += 1;
  return lastKey;
};

export function emptyButton(): ButtonDraft {
  return { key: nextKey(), zh: "", en: "", action: "say" };
}

export function emptyRule(): RuleDraft {
  return {
    key: nextKey(),
    path: "",
    parameter: "",
    value: "",
    source: "",
    hours: "any",
    visitor: "any",
    zh: "",
    en: "",
    suggestions: "",
    suggestionsEn: "",
    menu: [],
  };
}

export function draftOf({ menu, menuEn, rules }: WidgetSettings): GreetingDraft {
  return {
    menu: buttonsOf(menu, menuEn),
    rules: rules.map(({ when, text, suggestions, suggestionsEn, menu: own, menuEn: ownEn }) => ({
      key: nextKey(),
      path: when.pathContains ?? "",
      parameter: when.parameter?.name ?? "",
      value: when.parameter?.value ?? "",
      source: when.source ?? "",
      hours: when.isOpen === undefined ? "any" : when.isOpen ? "open" : "closed",
      visitor: when.visitor ?? "any",
      zh: text.zh,
      en: text.en,
      suggestions: suggestions.join("\n"),
      suggestionsEn: (suggestionsEn ?? []).join("\n"),
      menu: buttonsOf(own ?? [], ownEn),
    })),
  };
}

/** The settings with what the form says; rows without words are left out. */
export function settingsOf(widget: WidgetSettings, draft: GreetingDraft): WidgetSettings {
  return { ...widget, ...menusOf(draft.menu), rules: draft.rules.map(ruleOf) };
}

/** A rule without a condition would hide every rule below it and the general greeting. */
export function hasCondition({ path, parameter, source, hours, visitor }: RuleDraft): boolean {
  return Boolean(path.trim() || parameter.trim() || source.trim()) || hours !== "any" || visitor !== "any";
}

export function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim().slice(0, 200))
    .filter(Boolean)
    .slice(0, 8);
}

function ruleOf(rule: RuleDraft): GreetingRule {
  const { path, parameter, value, source, hours, visitor } = rule;
  return {
    when: {
      ...(path.trim() ? { pathContains: path.trim() } : {}),
      ...(parameter.trim() ? { parameter: { name: parameter.trim(), value: value.trim() } } : {}),
      ...(source.trim() ? { source: source.trim() } : {}),
      ...(hours === "any" ? {} : { isOpen: hours === "open" }),
      ...(visitor === "any" ? {} : { visitor }),
    },
    text: { zh: rule.zh.trim(), en: rule.en.trim() },
    suggestions: linesOf(rule.suggestions),
    suggestionsEn: linesOf(rule.suggestionsEn),
    ...menusOf(rule.menu),
  };
}

/** A button that is written in one language only says the same in the other. */
function menusOf(buttons: readonly ButtonDraft[]): { menu: Choice[]; menuEn: Choice[] } {
  const written = buttons
    .map(({ zh, en, action }) => ({ zh: zh.trim(), en: en.trim(), action }))
    .filter(({ zh, en }) => zh || en);
  const inLanguage = (label: (button: { zh: string; en: string }) => string) =>
    written.map((button, index) => ({
      id: `menu-${String(index + 1)}`,
      label: label(button),
      action: button.action,
    }));
  return { menu: inLanguage(({ zh, en }) => zh || en), menuEn: inLanguage(({ zh, en }) => en || zh) };
}

function buttonsOf(menu: readonly Choice[], menuEn: readonly Choice[] = []): ButtonDraft[] {
  return menu.map(({ label, action }, index) => {
    const english = menuEn[index]?.label ?? "";
    return { key: nextKey(), zh: label, en: english === label ? "" : english, action };
  });
}
