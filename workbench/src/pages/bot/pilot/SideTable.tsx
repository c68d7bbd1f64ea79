// Bot, people with drafts and people alone, side by side.
import { type PilotReport, type PilotSide, pilotSides, type SideFigures } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Section } from "../../../components/Page.tsx";

const lines = [
  "conversations",
  "ended",
  "firstReply",
  "solved",
  "solvedByBot",
  "handedOver",
  "disliked",
  "rating",
  "reopened",
] as const;
type Line = (typeof lines)[number];

export function SideTable({ sides }: { sides: PilotReport["sides"] }) {
  const { t } = useTranslation();
  const shown = useShown();
  return (
    <Section title={t("pilot.sides.title")}>
      <div className="bot-changes">
        <table className="pilot-sides">
          <thead>
            <tr>
              <th scope="col">{t("pilot.sides.name")}</th>
              {pilotSides.map((side) => (
                <th key={side} scope="col">
                  {t(`pilot.sides.${side}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {lines.map((line) => (
              <tr key={line}>
                <th scope="row">{t(`pilot.sides.${line}`)}</th>
                {pilotSides.map((side) => (
                  <td key={side}>{shown(line, sides[side], side)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  );
}

function useShown() {
  const { t } = useTranslation();
  const none = t("pilot.sides.none");
  const withShare = (part: number, whole: number) =>
    whole === 0 ? String(part) : `${part} · ${Math.round((part / whole) * 100)}%`;
  const seconds = (value: number) => {
    if (value < 90) return t("pilot.sides.seconds", { value: Math.round(value * 10) / 10 });
    if (value < 90 * 60) return t("pilot.sides.minutes", { value: Math.round(value / 60) });
    return t("pilot.sides.hours", { value: Math.round(value / 360) / 10 });
  };
  return (line: Line, figures: SideFigures, side: PilotSide): string => {
    const { conversations, ended, firstReplySeconds, ratingMean } = figures;
    if (conversations === 0 && line !== "conversations") return none;
    switch (line) {
      case "conversations":
        return String(conversations);
      case "ended":
        return withShare(ended, conversations);
      case "firstReply":
        return firstReplySeconds === null ? none : seconds(firstReplySeconds);
      case "solved":
        return withShare(figures.solved, ended);
      case "solvedByBot":
        return side === "bot" ? withShare(figures.solvedByBot, ended) : none;
      case "handedOver":
        return side === "bot" ? withShare(figures.handedOver, conversations) : none;
      case "disliked":
        return withShare(figures.disliked, conversations);
      case "rating":
        return ratingMean === null
          ? none
          : t("pilot.sides.rated", { mean: ratingMean, count: figures.rated });
      case "reopened":
        return withShare(figures.reopened, ended);
      default:
        return line satisfies never;
    }
  };
}
