// What the bot handed over: why, and its summary, above the thread until the conversation is resolved. Can be folded.
import type { Conversation } from "@yingda/contract";
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
      {isFolded || handoff.summary === "" ? null : <p className="handoff-summary">{handoff.summary}</p>}
    </section>
  );
}
