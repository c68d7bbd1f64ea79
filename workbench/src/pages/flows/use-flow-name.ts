// A text of both languages in the reader's; the other one where it is missing.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";

export type Both = { zh: string; en: string };

export function useFlowName(): (text: Both) => string {
  const { i18n } = useTranslation();
  const isEnglish = i18n.language === "en";
  return useCallback((text: Both) => (isEnglish ? text.en || text.zh : text.zh || text.en), [isEnglish]);
}
