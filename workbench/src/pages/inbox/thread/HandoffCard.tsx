// What the bot handed over: why, and its summary, above the thread until the conversation is resolved. Can be folded.
import type { Conversation, WantedSkills } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { Time } from "../../../components/Time.tsx";

export function HandoffCard({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const [isFolded, setFolded] = useState(false);
  const { handoff } = conversation;
  if (!handoff || conversation.status === "resolved" || conversation.handler.kind === "bot") return null;
  return (
    <section className="handoff" aria-label={t("inbox.handoffTitle")}>
      <button
        type="button"
        className="plain handoff-head"
        aria-expanded={!isFolded}
        onClick={() => setFolded(!isFolded)}
      >
        <Icon name="bot" size={17} />
        <span className="ellipsis">
          <strong>{t("inbox.handoffTitle")}</strong> · {t(`inbox.reasons.${handoff.reason}`)}
        </span>
        <Time at={handoff.at} className="soft" />
        <Icon name="down" size={15} className={isFolded ? "" : "turned"} />
      </button>
      {isFolded || handoff.skills === null ? null : <SkillsLine skills={handoff.skills} />}
      {isFolded || handoff.summary === "" ? null : <p className="handoff-summary">{handoff.summary}</p>}
    </section>
  );
}

/** What was wanted of who takes it; and where that was not to be had, why this agent was asked all the same. */
function SkillsLine({ skills: { wanted, miss } }: { skills: WantedSkills }) {
  const { t } = useTranslation();
  return (
    <p className="handoff-skills">
      {t("inbox.skillsWanted", { skills: wanted.join(t("common.listComma")) })}
      {miss === null ? null : <span className="soft"> · {t(`inbox.skillMiss.${miss}`)}</span>}
    </p>
  );
}
