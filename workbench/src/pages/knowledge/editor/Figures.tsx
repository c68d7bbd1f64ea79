// How an FAQ did: asked, solved, handed over, not solved.
import type { FaqFigures } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { figureDays } from "./queries.ts";

export function Figures({ figures, isLong = false }: { figures: FaqFigures | undefined; isLong?: boolean }) {
  const { t } = useTranslation();
  if (!figures)
    return isLong ? <p className="soft">{t("faqWork.figures.none", { days: figureDays })}</p> : null;
  const { asked, solved, handedOver, disliked } = figures;
  const words = [
    t("faqWork.figures.asked", { count: asked }),
    solved > 0 ? t("faqWork.figures.solved", { count: solved }) : "",
    handedOver > 0 ? t("faqWork.figures.handedOver", { count: handedOver }) : "",
    disliked > 0 ? t("faqWork.figures.disliked", { count: disliked }) : "",
  ].filter(Boolean);
  const text = `${t("faqWork.figures.lead", { days: figureDays })} ${words.join(" · ")}`;
  return isLong ? <p className="soft">{text}</p> : <span className="soft">{text}</span>;
}
