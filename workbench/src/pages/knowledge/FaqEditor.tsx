// One FAQ: question, answer (with blanks), phrasings one a line, English beside it. If a colleague changed it meanwhile, nothing
// typed is lost: the newest version is shown below and saving again replaces it knowingly.
import type { Faq, FaqDraft } from "@yingda/contract";
import { Alert, Button, Collapse, Drawer, Input, Select, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, routes } from "../../api.ts";
import { errorText } from "../../components/error-text.ts";
import { Field } from "../../components/Field.tsx";
import { showToast } from "../../components/toast.ts";
import { useIsPhone } from "../../components/use-media.ts";
import { Borrowed, FaqProblems } from "./FaqHealth.tsx";

type Draft = Required<Omit<FaqDraft, "slug" | "phrasings" | "negatives" | "unborrowed" | "extras">> & {
  phrasings: string;
  negatives: string;
};

export type FaqEditorProps = {
  faq: Faq | null;
  question: string;
  /** A borrowed phrasing to be shown. */
  focusOn: string | null;
  canWrite: boolean;
  onOpenOther: (id: string) => void;
  onClose: () => void;
  onSaved: () => Promise<unknown>;
};

function draftOf(faq: Faq | null, question: string): Draft {
  return {
    question: faq?.question ?? question,
    answer: faq?.answer ?? "",
    questionEn: faq?.questionEn ?? "",
    answerEn: faq?.answerEn ?? "",
    category: faq?.category ?? "",
    tags: faq?.tags ?? [],
    phrasings: faq?.phrasings.join("\n") ?? "",
    negatives: faq?.negatives.join("\n") ?? "",
    isOn: faq?.isOn ?? true,
  };
}

function lines(text: string): string[] {
  return [
    ...new Set(
      text
        .split("\n")
        .map((line) => line.trim())
        .filter(Boolean),
    ),
  ];
}

export function FaqEditor(props: FaqEditorProps) {
  const { faq, question, focusOn, canWrite, onOpenOther, onClose, onSaved } = props;
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const [draft, setDraft] = useState(() => draftOf(faq, question));
  const [version, setVersion] = useState(faq?.version ?? 0);
  const [theirs, setTheirs] = useState<Faq | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const openOther = (id: string) => {
    const isTouched = JSON.stringify(draft) !== JSON.stringify(draftOf(faq, question));
    if (isTouched) showToast("info", t("knowledge.saveFirst"));
    else onOpenOther(id);
  };
  const isReady = draft.question.trim() !== "" && draft.answer.trim() !== "";

  const save = async () => {
    setBusy(true);
    setProblem(null);
    const body: FaqDraft = { ...draft, phrasings: lines(draft.phrasings), negatives: lines(draft.negatives) };
    try {
      if (faq)
        await call(routes.updateFaq, { params: { id: faq.id }, body: { ...body, slug: faq.slug, version } });
      else await call(routes.createFaq, { body });
      await onSaved();
      onClose();
    } catch (error) {
      if (faq && error instanceof ApiError && error.code === "faq/version-moved") {
        const newest = await call(routes.getFaq, { params: { id: faq.id } });
        setTheirs(newest);
        setVersion(newest.version);
      } else setProblem(errorText(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Drawer
      open
      title={faq ? t("knowledge.edit") : t("knowledge.add")}
      size={isPhone ? "100%" : 620}
      onClose={onClose}
      footer={
        <div className="row-line row-line-end">
          <Button onClick={onClose}>{t("common.cancel")}</Button>
          {canWrite ? (
            <Button type="primary" loading={isBusy} disabled={!isReady} onClick={() => void save()}>
              {t("common.save")}
            </Button>
          ) : null}
        </div>
      }
    >
      {theirs ? (
        <Alert
          type="warning"
          showIcon
          role="alert"
          style={{ marginBlockEnd: 16 }}
          title={t("knowledge.moved")}
          description={
            <>
              <strong>{theirs.question}</strong>
              <p style={{ whiteSpace: "pre-wrap" }}>{theirs.answer}</p>
            </>
          }
        />
      ) : null}
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      {faq ? <FaqProblems faq={faq} onOpenOther={openOther} /> : null}
      <Field label={t("knowledge.question")}>
        {(control) => (
          <Input
            {...control}
            maxLength={500}
            value={draft.question}
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
            value={draft.answer}
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
            value={draft.phrasings}
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
              value={draft.category}
              onChange={(event) => set({ category: event.target.value })}
            />
          )}
        </Field>
        <Field label={t("knowledge.tags")}>
          {(control) => (
            <Select
              id={control.id}
              mode="tags"
              value={draft.tags}
              onChange={(tags) => set({ tags })}
              open={false}
              suffixIcon={null}
            />
          )}
        </Field>
      </div>
      <Collapse
        ghost
        items={[
          {
            key: "negatives",
            label: t("knowledge.negatives"),
            children: (
              <Field label={t("knowledge.negatives")} hint={t("knowledge.negativesHint")}>
                {(control) => (
                  <Input.TextArea
                    {...control}
                    className="grow"
                    rows={2}
                    value={draft.negatives}
                    onChange={(event) => set({ negatives: event.target.value })}
                  />
                )}
              </Field>
            ),
          },
          {
            key: "english",
            label: t("knowledge.english"),
            children: (
              <>
                <Field label={t("knowledge.questionEn")}>
                  {(control) => (
                    <Input
                      {...control}
                      lang="en"
                      maxLength={500}
                      value={draft.questionEn}
                      onChange={(event) => set({ questionEn: event.target.value })}
                    />
                  )}
                </Field>
                <Field label={t("knowledge.answerEn")}>
                  {(control) => (
                    <Input.TextArea
                      {...control}
                      lang="en"
                      className="grow"
                      rows={2}
                      maxLength={4_000}
                      value={draft.answerEn}
                      onChange={(event) => set({ answerEn: event.target.value })}
                    />
                  )}
                </Field>
              </>
            ),
          },
        ]}
      />
      <Field label={t("knowledge.isOn")}>
        {(control) => (
          <span>
            <Switch id={control.id} checked={draft.isOn} onChange={(isOn) => set({ isOn })} />
          </span>
        )}
      </Field>
    </Drawer>
  );
}
