import { useTranslation } from "react-i18next";

/** Which of a policy's two languages the person reads. */
export function useLanguage(): "zh" | "en" {
  return useTranslation().i18n.language.startsWith("en") ? "en" : "zh";
}
