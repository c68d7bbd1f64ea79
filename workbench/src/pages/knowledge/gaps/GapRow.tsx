// One gap: what was asked, how often, why it counts, in customers' words, and what can be done.
import { Link } from "@tanstack/react-router";
import type { Gap, GapReason } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Time } from "../../../components/Time.tsx";

type Props = {
  gap: Gap;
  canWrite: boolean;
  isBusy: boolean;
  onMake: () => void;
  onMerge: () => void;
  onIgnore: () => void;
  onReopen: () => void;
  onOpenFaq: (id: string) => void;
};

export function GapRow({ gap, canWrite, isBusy, onMake, onMerge, onIgnore, onReopen, onOpenFaq }: Props) {
  const { t } = useTranslation();
  const reasons = Object.entries(gap.reasons) as [GapReason, number][];
  const { faqId } = gap;
  return (
    <li className="gap-row">
      <div className="row-line">
        <strong className="gap-label">{gap.label}</strong>
        <Tag color="processing">{t("faqWork.gaps.count", { count: gap.count })}</Tag>
        {reasons.map(([reason, count]) => (
          <Tag key={reason}>
            {t(`faqWork.gaps.reasons.${reason}`)} {count}
          </Tag>
        ))}
      </div>
      <p className="soft">
        {gap.channels.map(({ channel, count }) => `${channelName(channel)} ${String(count)}`).join(" · ")} ·{" "}
        {t("faqWork.gaps.trendUp", gap.trend)} · {t("faqWork.gaps.last")} <Time at={gap.lastSeenAt} />
      </p>
      <details>
        <summary>{t("faqWork.gaps.samples")}</summary>
        <ul className="gap-samples">
          {gap.samples.map(({ text, conversationId, at }) => (
            <li key={`${conversationId}-${at}-${text}`}>
              <Link to={`/inbox/${conversationId}`}>{text}</Link> <Time at={at} className="soft" />
            </li>
          ))}
        </ul>
      </details>
      <div className="row-line">
        {canWrite && gap.state === "open" ? (
          <>
            <Button type="primary" size="small" disabled={isBusy} onClick={onMake}>
              {t("faqWork.gaps.make")}
            </Button>
            <Button size="small" disabled={isBusy} onClick={onMerge}>
              {t("faqWork.gaps.merge")}
            </Button>
            <Button size="small" type="text" disabled={isBusy} onClick={onIgnore}>
              {t("faqWork.gaps.ignore")}
            </Button>
          </>
        ) : null}
        {canWrite && gap.state === "ignored" ? (
          <Button size="small" disabled={isBusy} onClick={onReopen}>
            {t("faqWork.gaps.reopen")}
          </Button>
        ) : null}
        {faqId ? (
          <Button size="small" type="link" onClick={() => onOpenFaq(faqId)}>
            {t("faqWork.gaps.open")}
          </Button>
        ) : null}
      </div>
    </li>
  );

  function channelName(name: Gap["channels"][number]["channel"]): string {
    return t(`channels.${name}`);
  }
}
