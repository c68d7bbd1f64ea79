// The editor's form and what can be done with it. Small shops see question, answer, phrasings and "save"; drafts and review
// show where the shop works with them.
import type { Faq, FaqDraftFull, FaqPolicy } from "@yingda/contract";
import { Alert, Button, Drawer, Input, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { showToast } from "../../../components/toast.ts";
import { useIsPhone } from "../../../components/use-media.ts";
import { useCan } from "../../../live/session.ts";
import type { FaqEditorProps } from "../FaqEditor.tsx";
import { Borrowed, FaqProblems } from "../FaqHealth.tsx";
import { EditorActions } from "./EditorActions.tsx";
import { FaqFigureLine } from "./FaqFigureLine.tsx";
import { bodyOf, type FaqForm, formOf, isReady } from "./form.ts";
import { History } from "./History.tsx";
import { useLeave } from "./LeaveDialog.tsx";
import { MoreFields } from "./MoreFields.tsx";
import { UnsaidWords } from "./UnsaidWords.tsx";
import { useFaqSave } from "./use-faq-save.ts";

type Props = FaqEditorProps & { policy: FaqPolicy; draft: FaqDraftFull | null };

export function FaqFormDrawer(props: Props) {
  const { question, fill, lead, gapId, focusOn, canWrite, policy, draft, onOpenOther, onClose, onSaved } =
    props;
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const canPublish = useCan("knowledge-publish");
  const [faq, setFaq] = useState<Faq | null>(props.faq);
  const [start] = useState(() => formOf(draft?.draft ?? faq ?? fill ?? null, question));
  const [form, setForm] = useState<FaqForm>({ ...start, ...props.change });
  const [isHistory, setHistory] = useState(false);
  const save = useFaqSave({ faq, draft, gapId: gapId ?? null, onSaved, onClose });
  const set = (change: Partial<FaqForm>) => setForm((now) => ({ ...now, ...change }));
  const isTouched = JSON.stringify(form) !== JSON.stringify(start);
  const { close, dialog } = useLeave(isTouched && canWrite, onClose);
  const openOther = (id: string) => {
    if (isTouched) showToast("info", t("knowledge.saveFirst"));
    else onOpenOther(id);
  };
  return (
    <Drawer
      open
      title={faq || draft ? t("knowledge.edit") : t("knowledge.add")}
      size={isPhone ? "100%" : 620}
      onClose={close}
      extra={
        faq ? (
          <Button type="text" size="small" onClick={() => setHistory(true)}>
            {t("faqWork.versions.button")}
          </Button>
        ) : null
      }
      footer={
        <EditorActions
          isReady={isReady(form)}
          isTouched={isTouched}
          body={() => bodyOf(form)}
          save={save}
          policy={policy}
          draft={save.draft}
          canWrite={canWrite}
          canPublish={canPublish}
          onSaved={onSaved}
          onClose={onClose}
          onCancel={close}
        />
      }
    >
      {draft ? (
        <Alert
          type="info"
          showIcon
          style={{ marginBlockEnd: 16 }}
          title={draft.isNew ? t("faqWork.drafts.isNewDraft") : t("faqWork.drafts.isDraft")}
          description={[draft.by?.name, draft.note, draft.isBehind ? t("faqWork.drafts.behindText") : ""]
            .filter(Boolean)
            .join(" · ")}
        />
      ) : null}
      {lead ? <Alert type="info" showIcon style={{ marginBlockEnd: 16 }} title={lead} /> : null}
      {save.theirs ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ marginBlockEnd: 16 }}
          title={t("knowledge.moved")}
          description={
            <>
              <strong>{save.theirs.question}</strong>
              <p style={{ whiteSpace: "pre-wrap" }}>{save.theirs.answer}</p>
            </>
          }
        />
      ) : null}
      {save.problem ? (
        <p className="problem" role="alert">
          {save.problem}
        </p>
      ) : null}
      <UnsaidWords form={form} />
      {faq ? <FaqProblems faq={faq} onOpenOther={openOther} /> : null}
      {faq ? <FaqFigureLine slug={faq.slug} /> : null}
      <Field label={t("knowledge.question")}>
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={form.question}
            onChange={(event) => set({ question: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t("knowledge.answer")}
        hint={t("knowledge.answerHint", { blank: "{{…}}", sample: "{{发货时间}}" })}
      >
        {(control) => (
          <Input.TextArea
            {...control}
            className="grow"
            rows={3}
            maxLength={4_000}
            value={form.answer}
            onChange={(event) => set({ answer: event.target.value })}
          />
        )}
      </Field>
      <Field label={t("knowledge.phrasings")} hint={t("knowledge.phrasingsHint")}>
        {(control) => (
          <Input.TextArea
            {...control}
            className="grow"
            rows={4}
            value={form.phrasings}
            onChange={(event) => set({ phrasings: event.target.value })}
          />
        )}
      </Field>
      {faq ? <Borrowed faq={faq} canWrite={canWrite} focusOn={focusOn} /> : null}
      <div className="fields">
        <Field label={t("knowledge.category")}>
          {(control) => (
            <Input
              {...control}
              maxLength={60}
              value={form.category}
              onChange={(event) => set({ category: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("knowledge.tags")}>
          {(control) => (
            <Select
              id={control.id}
              mode="tags"
              value={form.tags}
              onChange={(tags) => set({ tags })}
              open={false}
              suffixIcon={null}
            />
          )}
        </Field>
      </div>
      <MoreFields
        faq={faq}
        form={form}
        canWrite={canWrite}
        onChange={set}
        onConfirmed={(confirmed) => {
          setFaq(confirmed);
          if (confirmed.extras.expiresOn !== faq?.extras.expiresOn)
            set({ extras: { ...form.extras, expiresOn: confirmed.extras.expiresOn } });
          void onSaved();
        }}
      />
      <Field label={t("knowledge.isOn")}>
        {(control) => (
          <span>
            <Switch id={control.id} checked={form.isOn} onChange={(isOn) => set({ isOn })} />
          </span>
        )}
      </Field>
      {dialog}
      {isHistory && faq ? (
        <History
          faq={faq}
          canPublish={canPublish}
          onClose={() => setHistory(false)}
          onRolledBack={() => {
            void onSaved();
            onClose();
          }}
        />
      ) : null}
    </Drawer>
  );
}
