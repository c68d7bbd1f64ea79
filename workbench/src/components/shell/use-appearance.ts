// Language and appearance as actions, for the menu, the palette and the sign-in page.
import { changeLanguage, locales } from "../../i18n/index.ts";
import { getPreferences, type Preferences, setPreferences } from "../../live/preferences.ts";

export const appearances = [
  "system",
  "light",
  "dark",
] as const satisfies readonly Preferences["appearance"][];

/** system → light → dark → system. */
export function nextAppearance(now: Preferences["appearance"]): Preferences["appearance"] {
  return appearances[(appearances.indexOf(now) + 1) % appearances.length] ?? "system";
}

export function turnAppearance(): void {
  setPreferences({ appearance: nextAppearance(getPreferences().appearance) });
}

/** Switches the language and remembers it on this device. */
export async function chooseLanguage(code: string): Promise<void> {
  setPreferences({ locale: code });
  await changeLanguage(code);
}

/** The language after the one shown, for a one-click switch. */
export function nextLanguage(code: string): string {
  const at = locales.findIndex((entry) => entry.code === code);
  return locales[(at + 1) % locales.length]?.code ?? code;
}
