// The sentence of a notice: looked up by code; values that are ids or reasons are put into words first.
import { handoffReasons, type Notice } from "@yingda/contract";
import type { TFunction } from "i18next";

/** One sentence for an event of the conversation, in the reader's language. */
export function noticeText(notice: Notice, t: TFunction, memberName: (id: string) => string | null): string {
  const values = notice.values;
  const named = typeof values.name === "string" ? values.name : null;
  const agent =
    named ?? (typeof values.agentId === "string" ? memberName(values.agentId) : null) ?? t("inbox.me");
  const reason = handoffReasons.find((code) => code === values.reason);
  if (notice.code === "queue-moved" && (values.why === "nobody-at-work" || values.why === "queue-deleted"))
    return t(`inbox.queueMoved.${values.why}`, { from: values.from, to: values.to });
  const sentence = t(`inbox.notices.${notice.code}`, { ...values, agent });
  return reason && notice.code === "handoff-queued"
    ? `${sentence} · ${t(`inbox.reasons.${reason}`)}`
    : sentence;
}
