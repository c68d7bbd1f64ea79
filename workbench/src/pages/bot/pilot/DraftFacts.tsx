// What came of drafts: how many people sent as they were, changed, or called wrong.
import type { DraftFigures } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Section } from "../../../components/Page.tsx";

const facts = [
  "judged",
  "unchanged",
  "edited",
  "own",
  "wrongAnswers",
  "wrongRoutes",
  "ignored",
  "open",
] as const;
const ofJudged: ReadonlySet<(typeof facts)[number]> = new Set(["unchanged", "edited", "own", "wrongAnswers"]);

export function DraftFacts({ drafts }: { drafts: DraftFigures }) {
  const { t } = useTranslation();
  const { made, judged, routed } = drafts;
  if (made.answer + made["ask-back"] + made.person === 0)
    return (
      <Section title={t("pilot.drafts.title")}>
        <p className="soft">{t("pilot.drafts.none")}</p>
      </Section>
    );
  const shareOf = (name: (typeof facts)[number]) => {
    const whole = ofJudged.has(name) ? judged : name === "wrongRoutes" ? routed : 0;
    return whole === 0 ? null : `${Math.round((drafts[name] / whole) * 100)}%`;
  };
  return (
    <Section title={t("pilot.drafts.title")} lead={t("pilot.drafts.lead")}>
      <dl className="pilot-facts">
        {facts.map((name) => (
          <div key={name}>
            <dt>{t(`pilot.drafts.${name}`)}</dt>
            <dd>
              {drafts[name]} {shareOf(name) === null ? null : <small className="soft">{shareOf(name)}</small>}
            </dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        {t("pilot.drafts.wouldAnswer", {
          answer: made.answer,
          askBack: made["ask-back"],
          person: made.person,
        })}
      </p>
    </Section>
  );
}
