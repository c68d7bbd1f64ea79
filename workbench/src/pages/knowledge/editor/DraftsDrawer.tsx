// All drafts: published one or many at once, opened, and how the shop publishes.
import { useQuery } from "@tanstack/react-query";
import type { FaqDraftBrief, FaqId, FaqPolicy } from "@yingda/contract";
import { Alert, Button, Checkbox, Drawer, Select, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, type ApiErrorCode, call, routes } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { Field } from "../../../components/Field.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { Time } from "../../../components/Time.tsx";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { useIsPhone } from "../../../components/use-media.ts";
import { useCan } from "../../../live/session.ts";
import { refreshFaqs } from "../refresh-faqs.ts";
import { countFailing } from "./publish-gate.ts";
import { draftsQuery, policyQuery } from "./queries.ts";

export function DraftsDrawer({ onOpen, onClose }: { onOpen: (id: FaqId) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const act = useAct();
  const drafts = useQuery(draftsQuery);
  const [failing, setFailing] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<FaqId>>(new Set());
  const mine = (drafts.data ?? []).filter(({ canPublish }) => canPublish).map(({ faqId }) => faqId);
  const ids = mine.filter((id) => chosen.has(id));
  const publish = (isConfirmed: boolean) =>
    act.run(async () => {
      const wrong = isConfirmed ? 0 : await countFailing();
      setFailing(wrong);
      if (wrong > 0) return;
      const { published, refused } = await call(routes.publishFaqDrafts, { body: { ids } });
      void refreshFaqs();
      setChosen(new Set());
      if (published.length > 0)
        showToast("success", t("faqWork.drafts.published", { count: published.length }));
      for (const { question, code } of refused) {
        const why = errorText(new ApiError(code as ApiErrorCode, 409), t);
        showToast("error", t("faqWork.drafts.refused", { question, why }));
      }
    });
  const choose = (id: FaqId, isOn: boolean) =>
    setChosen((now) => new Set(isOn ? [...now, id] : [...now].filter((other) => other !== id)));
  return (
    <Drawer
      open
      title={t("faqWork.drafts.title")}
      size={isPhone ? "100%" : 520}
      onClose={onClose}
      footer={
        mine.length > 0 ? (
          <div className="row-line row-line-end">
            <Checkbox
              checked={ids.length === mine.length}
              indeterminate={ids.length > 0 && ids.length < mine.length}
              onChange={(event) => setChosen(new Set(event.target.checked ? mine : []))}
            >
              {t("faqWork.drafts.all")}
            </Checkbox>
            <Button
              type="primary"
              disabled={ids.length === 0}
              loading={act.isBusy}
              onClick={() => void publish(false)}
            >
              {t("faqWork.drafts.publish", { count: ids.length })}
            </Button>
          </div>
        ) : null
      }
    >
      <p className="soft">{t("faqWork.drafts.lead")}</p>
      {failing > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t("rehearsal.gateTitle", { count: failing })}
          description={t("rehearsal.gateText")}
          action={
            <Button disabled={ids.length === 0} loading={act.isBusy} onClick={() => void publish(true)}>
              {t("rehearsal.gatePublish")}
            </Button>
          }
        />
      ) : null}
      {drafts.isPending ? (
        <RowSkeletons />
      ) : drafts.error ? (
        <ErrorState error={drafts.error} onRetry={drafts.refetch} />
      ) : drafts.data.length === 0 ? (
        <EmptyState
          isSmall
          icon="pencil"
          title={t("faqWork.drafts.empty")}
          text={t("faqWork.drafts.emptyText")}
        />
      ) : (
        <ul className="plain-list">
          {drafts.data.map((draft) => (
            <DraftRow
              key={draft.faqId}
              draft={draft}
              isChosen={chosen.has(draft.faqId)}
              onChoose={(isOn) => choose(draft.faqId, isOn)}
              onOpen={() => onOpen(draft.faqId)}
            />
          ))}
        </ul>
      )}
      <Policy />
    </Drawer>
  );
}

type RowProps = {
  draft: FaqDraftBrief;
  isChosen: boolean;
  onChoose: (isOn: boolean) => void;
  onOpen: () => void;
};

function DraftRow({ draft, isChosen, onChoose, onOpen }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className="step-line">
      <div className="row-line">
        <Checkbox
          aria-label={draft.question}
          disabled={!draft.canPublish}
          checked={isChosen}
          onChange={(event) => onChoose(event.target.checked)}
        />
        <button type="button" className="list-button" onClick={onOpen}>
          <strong>{draft.question}</strong> {draft.isNew ? <Tag>{t("faqWork.drafts.isNew")}</Tag> : null}
          {draft.state === "review" ? <Tag color="processing">{t("faqWork.drafts.inReview")}</Tag> : null}
          {draft.isBehind ? <Tag color="warning">{t("faqWork.drafts.isBehind")}</Tag> : null}
          <span className="soft faq-draft-by">
            {draft.by?.name} <Time at={draft.updatedAt} /> {draft.note}
          </span>
        </button>
      </div>
    </li>
  );
}

type PolicyName = "live" | "draft" | "review";

function Policy() {
  const { t } = useTranslation();
  const act = useAct();
  const canChange = useCan("settings-write");
  const { data } = useQuery(policyQuery);
  if (!data || !canChange) return null;
  const name: PolicyName = data.needsReview ? "review" : data.savesAs;
  const change = (next: PolicyName) => {
    const body: FaqPolicy = { savesAs: next === "live" ? "live" : "draft", needsReview: next === "review" };
    return act.run(async () => {
      await call(routes.changeFaqPolicy, { body });
      await refreshFaqs();
    }, t("common.saved"));
  };
  return (
    <Field label={t("faqWork.drafts.policy")}>
      {({ id }) => (
        <Select
          id={id}
          value={name}
          loading={act.isBusy}
          onChange={(next) => void change(next)}
          options={[
            { value: "live" as const, label: t("faqWork.drafts.savesLive") },
            { value: "draft" as const, label: t("faqWork.drafts.savesDraft") },
            { value: "review" as const, label: t("faqWork.drafts.review") },
          ]}
        />
      )}
    </Field>
  );
}
