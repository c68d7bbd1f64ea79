/**
 * Starts i18next with one language and changes it: `startTexts` before the first render, `changeLanguage` from a menu.
 *
 * Pages use `const { t } = useTranslation()` of react-i18next; keys are typed by i18n/texts.ts.
 * Only the chosen language is loaded; there is no fall-back language, since the types prove that no key is missing.
 */
import dayjs from "dayjs";
import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { type LocaleEntry, locales, nearestLocale } from "./locales.ts";

export { type LocaleEntry, locales, nearestLocale } from "./locales.ts";

async function load(entry: LocaleEntry): Promise<void> {
  const [texts, dayjsName] = await Promise.all([entry.texts(), entry.dayjs()]);
  if (i18next.isInitialized) i18next.addResourceBundle(entry.code, "texts", texts, true, true);
  else
    await i18next.use(initReactI18next).init({
      lng: entry.code,
      ns: ["texts"],
      defaultNS: "texts",
      fallbackLng: false,
      nsSeparator: false,
      interpolation: { escapeValue: false },
      resources: { [entry.code]: { texts } },
    });
  dayjs.locale(dayjsName);
  document.documentElement.lang = entry.code;
  document.documentElement.dir = entry.direction;
}

/** Loads the texts of the asked language (a code, or null for the browser's) and shows the app in it. */
export async function startTexts(asked: string | null): Promise<LocaleEntry> {
  const entry = asked ? nearestLocale([asked]) : nearestLocale(navigator.languages);
  await load(entry);
  return entry;
}

export async function changeLanguage(code: string): Promise<LocaleEntry> {
  const entry = nearestLocale([code]);
  await load(entry);
  await i18next.changeLanguage(entry.code);
  return entry;
}

/** The entry of the language shown now. */
export function currentLocale(): LocaleEntry {
  return (
    locales.find((entry) => entry.code === i18next.language) ?? nearestLocale([i18next.language ?? "en"])
  );
}
