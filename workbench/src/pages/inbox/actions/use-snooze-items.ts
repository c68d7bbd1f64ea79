// The snooze menu of a conversation.
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { MenuItem } from "../../../components/PopMenu.tsx";
import { nowMs } from "../../../live/clock.ts";
import { snoozeTimes } from "./snooze-times.ts";
import type { Actions } from "./use-actions.ts";

export function useSnoozeItems(conversationId: string, actions: Actions, onCustom: () => void): MenuItem[] {
  const { t } = useTranslation();
  const words = (at: Date) => dayjs(at).format(`${t("time.monthDay")} HH:mm`);
  const fixed = snoozeTimes(new Date(nowMs())).map(
    ({ name, at }): MenuItem => ({
      kind: "item",
      key: name,
      label: t(`inbox.snoozeTimes.${name}`),
      hint: words(at),
      run: () => void actions.snooze(conversationId, at.toISOString(), words(at)),
    }),
  );
  return [
    ...fixed,
    { kind: "line", key: "line" },
    { kind: "item", key: "custom", icon: "hours", label: t("inbox.snoozeCustom"), run: onCustom },
  ];
}
