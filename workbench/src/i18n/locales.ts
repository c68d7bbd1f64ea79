/**
 * The languages of the workbench: adding one is a text file, a line here, and (for a right-to-left one) nothing else,
 * because all our styles use logical properties. Texts, antd's own words and dayjs load only when a language is chosen.
 */
import type { Locale as AntdLocale } from "antd/es/locale";
import type { Language } from "./texts.ts";

export type LocaleEntry = {
  /** BCP 47 tag: the `lang` of the page and what Intl formats by. */
  code: string;
  /** The language's name in itself. */
  name: string;
  direction: "ltr" | "rtl";
  texts: () => Promise<Language>;
  antd: () => Promise<AntdLocale>;
  /** Registers dayjs' words; the name to pass to dayjs.locale. */
  dayjs: () => Promise<string>;
};

export const locales: readonly LocaleEntry[] = [
  {
    code: "zh-CN",
    name: "简体中文",
    direction: "ltr",
    texts: async () => (await import("./zh-CN.ts")).zhCN,
    antd: async () => (await import("antd/es/locale/zh_CN")).default,
    dayjs: async () => {
      await import("dayjs/locale/zh-cn");
      return "zh-cn";
    },
  },
  {
    code: "en",
    name: "English",
    direction: "ltr",
    texts: async () => (await import("./en.ts")).en,
    antd: async () => (await import("antd/es/locale/en_US")).default,
    dayjs: async () => "en",
  },
];

/** The registered language nearest to what was asked: exact, then same language; Chinese when nothing fits but "zh". */
export function nearestLocale(asked: readonly string[]): LocaleEntry {
  for (const wanted of asked) {
    const exact = locales.find((entry) => entry.code.toLowerCase() === wanted.toLowerCase());
    if (exact) return exact;
    const language = wanted.toLowerCase().split("-")[0];
    const near = locales.find((entry) => entry.code.toLowerCase().split("-")[0] === language);
    if (near) return near;
  }
  return locales.find((entry) => entry.code === "en") as LocaleEntry;
}
