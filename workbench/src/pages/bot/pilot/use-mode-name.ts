// A step of the trial in a few words: "休息时间自己回答", "30% 的会话".
import type { BotBehaviour } from "@yingda/contract";
import { useTranslation } from "react-i18next";

export function useModeName(): (pilot: Pick<BotBehaviour["pilot"], "mode" | "percent">) => string {
  const { t } = useTranslation();
  return ({ mode, percent }) => t(`pilot.modes.${mode}`, { percent });
}
