// What needs attention at an FAQ, in the list: an icon and plain words. Nothing when all is well, and nothing for open
// blanks, which have a tag of their own.
import type { FaqMark } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon.tsx";

export function HealthMark({ mark }: { mark: FaqMark | undefined }) {
  const { t } = useTranslation();
  const worst = mark?.kinds.find((kind) => kind !== "open-blank");
  if (!mark || !worst) return null;
  const isBad = worst === "empty" || worst === "expired" || worst === "shared-phrasing";
  return (
    <span className={isBad ? "knowledge-mark knowledge-mark-bad" : "knowledge-mark"}>
      <Icon name={worst === "few-phrasings" ? "pencil" : "warning"} size={16} />
      <span>
        {t(`knowledge.health.marks.${worst}`)}
        {mark.count > 1 ? <small> · {t("knowledge.health.more", { count: mark.count })}</small> : null}
      </span>
    </span>
  );
}
