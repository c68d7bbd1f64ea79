// The one setting of three: cautious, balanced, bold.
import { type Boldness, boldnesses } from "@yingda/contract";
import { useTranslation } from "react-i18next";

export function BoldnessCards({
  chosen,
  onChoose,
}: {
  /** Null: the owner's own numbers. */
  chosen: Boldness | null;
  onChoose: (next: Boldness) => void;
}) {
  const { t } = useTranslation();
  return (
    <>
      <div className="cards">
        {boldnesses.map((name) => (
          <button
            key={name}
            type="button"
            className="choice-card"
            aria-pressed={chosen === name}
            onClick={() => onChoose(name)}
          >
            <strong>{t(`bot.boldness.${name}`)}</strong>
            <span className="soft">{t(`bot.boldness.${name}Text`)}</span>
          </button>
        ))}
      </div>
      {chosen === null ? <p className="field-hint">{t("bot.boldness.own")}</p> : null}
    </>
  );
}
