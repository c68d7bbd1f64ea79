// What the greeting form holds says the same as the settings it came from, and nothing half-written is saved.
import { type WidgetSettings, widgetSettings } from "@yingda/contract";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  draftOf,
  emptyButton,
  emptyRule,
  hasCondition,
  hoursWishes,
  menuActions,
  settingsOf,
  visitorWishes,
} from "./greeting-draft.ts";

const text = (zh: string) => ({ zh, en: zh });
const plain: WidgetSettings = {
  title: text("小店"),
  subtitle: text(""),
  accent: "#0f766e",
  corner: "right",
  greeting: text("您好"),
  suggestions: [],
  suggestionsEn: [],
  menu: [],
  rules: [],
  privacyUrl: "",
  aiNotice: text(""),
  sound: true,
  askRating: true,
  leaveMessageFields: [],
};

/** What a person can type, and what the keys of rows say no more after a round. */
const words = (maxLength: number) => fc.string({ maxLength, unit: "grapheme-ascii" });
const button = fc.record({
  zh: words(20),
  en: words(20),
  action: fc.constantFrom(...menuActions),
});
const rule = fc.record({
  path: words(20),
  parameter: words(10),
  value: words(10),
  source: words(10),
  hours: fc.constantFrom(...hoursWishes),
  visitor: fc.constantFrom(...visitorWishes),
  zh: words(40),
  en: words(40),
  suggestions: words(60),
  suggestionsEn: words(60),
  menu: fc.array(button, { maxLength: 8 }),
});

test("whatever is typed gives settings that the contract takes, and reading them back changes nothing", () => {
  fc.assert(
    fc.property(fc.array(rule, { maxLength: 4 }), fc.array(button, { maxLength: 8 }), (rules, menu) => {
      const draft = {
        menu: menu.map((one) => ({ ...emptyButton(), ...one })),
        rules: rules.map((one) => ({
          ...emptyRule(),
          ...one,
          menu: one.menu.map((own) => ({ ...emptyButton(), ...own })),
        })),
      };
      const saved = settingsOf(plain, draft);
      expect(widgetSettings.safeParse(saved).error).toBeUndefined();
      expect(settingsOf(plain, draftOf(saved))).toEqual(saved);
    }),
  );
});

test("a condition is each of the five, and nothing else is one", () => {
  expect(hasCondition({ ...emptyRule(), zh: "您好", value: "8", path: "  " })).toBe(false);
  for (const condition of [
    { path: "/product/" },
    { parameter: "table" },
    { source: "wechat" },
    { hours: "closed" as const },
    { visitor: "new" as const },
  ])
    expect(hasCondition({ ...emptyRule(), ...condition })).toBe(true);
});

test("a button without words is left out; one language stands in for the other", () => {
  const { menu, menuEn } = settingsOf(plain, {
    menu: [
      { ...emptyButton(), zh: " 查物流 " },
      emptyButton(),
      { ...emptyButton(), zh: "转人工", en: "A person", action: "human" },
    ],
    rules: [],
  });
  expect(menu).toEqual([
    { id: "menu-1", label: "查物流", action: "say" },
    { id: "menu-2", label: "转人工", action: "human" },
  ]);
  expect(menuEn?.map(({ label }) => label)).toEqual(["查物流", "A person"]);
  expect(draftOf({ ...plain, menu, ...(menuEn ? { menuEn } : {}) }).menu).toMatchObject([
    { zh: "查物流", en: "", action: "say" },
    { zh: "转人工", en: "A person", action: "human" },
  ]);
});
