// A time as people say it ("3 分钟前", "昨天 14:02"), with the exact time on hover and for machines.
import dayjs from "dayjs";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useNow } from "../live/clock.ts";
import { dayName, spanText } from "./time-words.ts";

/** "ago": 3 分钟前, then the date. "clock": 14:02. "list": short for narrow rows. "full": date and clock. "day": 昨天. */
export type TimeStyle = "ago" | "clock" | "list" | "full" | "day";

/** The words for an instant seen from `now` (ms). Shared with places that cannot hold an element. */
export function timeText(at: string, now: number, style: TimeStyle, t: TFunction): string {
  const instant = dayjs(at);
  const clock = instant.format("HH:mm");
  const name = dayName(instant.toDate(), new Date(now)).kind;
  if (style === "clock") return clock;
  if (style === "day" && (name === "today" || name === "yesterday")) return t(`time.${name}`);
  const date = instant.format(t(name === "earlier" ? "time.full" : "time.monthDay"));
  if (style === "day") return date;
  if (style === "full") return `${date} ${clock}`;
  const age = now - instant.valueOf();
  if (age < 60_000) return t("common.justNow");
  if (style === "ago" && age < 12 * 3_600_000) return t("time.ago", { span: spanText(age, t) });
  if (name === "today") return style === "list" && age < 3_600_000 ? spanText(age, t) : clock;
  if (name === "yesterday") return style === "list" ? t("time.yesterday") : `${t("time.yesterday")} ${clock}`;
  return style === "list" ? date : `${date} ${clock}`;
}

export function Time({
  at,
  style = "ago",
  className,
}: {
  at: string;
  style?: TimeStyle;
  className?: string;
}) {
  const { t } = useTranslation();
  const now = useNow();
  return (
    <time dateTime={at} title={dayjs(at).format(t("time.exact"))} className={className}>
      {timeText(at, now, style, t)}
    </time>
  );
}
