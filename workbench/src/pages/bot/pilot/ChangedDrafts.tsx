// Drafts that people changed much, with both texts; from each an FAQ is corrected or made. The editor opens filled in: nothing
// is kept before somebody has looked at it and saved.
import { Link } from "@tanstack/react-router";
import type { ChangedDraft, Faq } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Section } from "../../../components/Page.tsx";
import { useAct } from "../../../components/use-act.ts";
import { useCan } from "../../../live/session.ts";
import { FaqEditor } from "../../knowledge/FaqEditor.tsx";
import { findFaq } from "../../knowledge/health-queries.ts";
import { refreshFaqs } from "../../knowledge/refresh-faqs.ts";

type Corrected = { of: ChangedDraft; faq: Faq | null };

export function ChangedDrafts({ changed }: { changed: ChangedDraft[] }) {
  const { t } = useTranslation();
  const act = useAct();
  const canWrite = useCan("knowledge-write");
  const [corrected, setCorrected] = useState<Corrected | null>(null);
  const correct = (of: ChangedDraft) =>
    act.run(async () => {
      const faq = of.faq === null ? undefined : await findFaq({ slug: of.faq });
      setCorrected({ of, faq: faq ?? null });
    });
  return (
    <Section title={t("pilot.changed.title")} lead={t("pilot.changed.lead")}>
      {changed.length === 0 ? <p className="soft">{t("pilot.changed.none")}</p> : null}
      <ul className="plain-list pilot-changed">
        {changed.map((one) => (
          <li key={one.draftId}>
            <dl>
              <dt>{t("pilot.changed.asked")}</dt>
              <dd>
                {one.asked} {one.isWrong ? <Tag color="warning">{t("pilot.changed.wrong")}</Tag> : null}
              </dd>
              <dt>{t("pilot.changed.draft")}</dt>
              <dd className="soft">{one.draft === "" ? t("pilot.changed.toPerson") : one.draft}</dd>
              <dt>{t("pilot.changed.sent")}</dt>
              <dd>{one.sent}</dd>
            </dl>
            <div className="row-line">
              {canWrite ? (
                <Button size="small" loading={act.isBusy} onClick={() => void correct(one)}>
                  {t(one.faq === null ? "pilot.changed.make" : "pilot.changed.correct")}
                </Button>
              ) : null}
              <Link to="/inbox/$conversationId" params={{ conversationId: one.conversationId }}>
                {t("pilot.changed.open")}
              </Link>
            </div>
          </li>
        ))}
      </ul>
      {corrected ? (
        <FaqEditor
          key={corrected.of.draftId}
          faq={corrected.faq}
          question=""
          fill={{ question: corrected.of.asked.slice(0, 200), answer: corrected.of.sent }}
          change={corrected.faq ? answerIn(corrected.of.sent) : undefined}
          lead={t("pilot.changed.correctLead")}
          focusOn={null}
          canWrite={canWrite}
          onOpenOther={() => setCorrected(null)}
          onClose={() => setCorrected(null)}
          onSaved={refreshFaqs}
        />
      ) : null}
    </Section>
  );
}

/** In the language it was written in; what the FAQ says in the other one stays. */
function answerIn(sent: string): { answer: string } | { answerEn: string } {
  return /\p{Script=Han}/u.test(sent) ? { answer: sent } : { answerEn: sent };
}
