// What can be done with an open FAQ: save it live, keep it as a draft, hand it to review, publish or discard the draft.
import type { FaqDraft, FaqDraftFull, FaqPolicy } from "@yingda/contract";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { useUndo } from "../../../components/use-undo.ts";
import type { useFaqSave } from "./use-faq-save.ts";

type Props = {
  isReady: boolean;
  isTouched: boolean;
  body: () => FaqDraft;
  save: ReturnType<typeof useFaqSave>;
  policy: FaqPolicy;
  draft: FaqDraftFull | null;
  canWrite: boolean;
  canPublish: boolean;
  onSaved: () => Promise<unknown>;
  onClose: () => void;
  onCancel: () => void;
};

export function EditorActions(props: Props) {
  const { isReady, isTouched, body, save, policy, draft, canWrite, canPublish, onCancel } = props;
  const { t } = useTranslation();
  const cancel = <Button onClick={onCancel}>{t("common.cancel")}</Button>;
  if (!canWrite) return <div className="row-line row-line-end">{cancel}</div>;
  const { isBusy } = save;
  const asDraft = (isMain: boolean) => (
    <Button
      {...(isMain ? { type: "primary" as const } : {})}
      loading={isBusy && isMain}
      disabled={!isReady || isBusy}
      onClick={() => void save.asDraft(body())}
    >
      {t("faqWork.drafts.saveDraft")}
    </Button>
  );
  const isOwn = policy.needsReview && (draft === null || isTouched || !draft.canPublish);
  const isDrafting = draft !== null || policy.savesAs === "draft";
  return (
    <div className="row-line row-line-end">
      {draft ? <Discard {...props} draft={draft} /> : null}
      {draft?.state === "review" ? (
        <Button disabled={isBusy} onClick={() => void save.giveBack()}>
          {t("faqWork.drafts.giveBack")}
        </Button>
      ) : null}
      {cancel}
      {isDrafting ? asDraft(!canPublish && !policy.needsReview) : asDraft(false)}
      {!isDrafting ? (
        <Button type="primary" loading={isBusy} disabled={!isReady} onClick={() => void save.live(body())}>
          {t("common.save")}
        </Button>
      ) : isOwn ? (
        <Button
          type="primary"
          loading={isBusy}
          disabled={!isReady}
          onClick={() => void save.toReview(body())}
        >
          {t("faqWork.drafts.send")}
        </Button>
      ) : canPublish ? (
        <Button
          type="primary"
          loading={isBusy}
          disabled={!isReady}
          onClick={() => void save.publish(body(), isTouched)}
        >
          {t("faqWork.drafts.publishOne")}
        </Button>
      ) : null}
    </div>
  );
}

function Discard({ draft, onSaved, onClose: close }: Props & { draft: FaqDraftFull }) {
  const { t } = useTranslation();
  const undoable = useUndo();
  const { faqId, draft: body, isNew, isBehind, state, note } = draft;
  const discard = async () => {
    const isDone = await undoable({
      doneText: t("faqWork.drafts.discarded"),
      act: () => call(routes.discardFaqDraft, { params: { id: faqId } }).then(onSaved),
      undo: async () => {
        const live = isNew ? null : await call(routes.getFaq, { params: { id: faqId } });
        // one that the live FAQ had overtaken is still behind it
        const baseVersion = (live?.version ?? 0) - (isBehind ? 1 : 0);
        const params = { id: faqId };
        await call(routes.saveFaqDraft, { params, body: { ...body, revision: 0, baseVersion } });
        if (state !== "draft" || note !== "")
          await call(routes.sendFaqDraft, { params, body: { state, note } });
        await onSaved();
      },
    });
    if (isDone) close();
  };
  return (
    <Button type="text" danger onClick={() => void discard()}>
      {t("faqWork.drafts.discard")}
    </Button>
  );
}
