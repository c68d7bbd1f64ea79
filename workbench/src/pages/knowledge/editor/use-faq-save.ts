// Where an edited FAQ goes: live, into a draft, to review, published, thrown away. Someone else's change is never written
// over unseen: the newest is shown and saving again replaces it knowingly.
import type { Faq, FaqDraft, FaqDraftFull, FaqId, GapId } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, type ApiErrorCode, call, routes } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { showToast } from "../../../components/toast.ts";
import { countFailing } from "./publish-gate.ts";

export type SaveTarget = {
  faq: Faq | null;
  draft: FaqDraftFull | null;
  gapId: GapId | null;
  onSaved: () => Promise<unknown>;
  onClose: () => void;
};

export function useFaqSave({ faq, draft, gapId, onSaved, onClose }: SaveTarget) {
  const { t } = useTranslation();
  const [version, setVersion] = useState(faq?.version ?? 0);
  /** The draft as this editor knows it; writing it once more must name its newest revision. */
  const [kept, setKept] = useState(draft);
  const [theirs, setTheirs] = useState<Pick<FaqDraft, "question" | "answer"> | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  /** Told that chats which must pass would go wrong: publishing again is meant. */
  const [isWarned, setWarned] = useState(false);

  const attempt = async (work: () => Promise<string | null>) => {
    setBusy(true);
    setProblem(null);
    try {
      const doneText = await work();
      void onSaved(); // the list may take a while to be judged anew; what was saved is live
      if (doneText !== null) {
        showToast("success", doneText);
        onClose();
      }
    } catch (error) {
      if (!(await showNewest(error).catch(() => false))) setProblem(errorText(error, t));
    } finally {
      setBusy(false);
    }
  };

  /** What somebody else has written meanwhile is shown, and saving again replaces it; false for any other refusal. */
  const showNewest = async (error: unknown): Promise<boolean> => {
    const code = error instanceof ApiError ? error.code : null;
    const id = kept?.faqId ?? faq?.id;
    if (code === "faq/draft-not-found") setKept(null);
    if (faq && code === "faq/version-moved") {
      const newest = await call(routes.getFaq, { params: { id: faq.id } });
      setTheirs(newest);
      setVersion(newest.version);
      return true;
    }
    if (id === undefined || code !== "faq/draft-moved") return false;
    setKept(null); // where it is gone, a new one is begun
    const newest = await call(routes.getFaqDraft, { params: { id } });
    setKept(newest);
    setTheirs(newest.draft);
    return true;
  };

  const noteGap = async (id: FaqId) => {
    if (gapId === null) return;
    await call(routes.decideGap, { params: { id: gapId }, body: { state: "made", faqId: id } });
  };

  const writeDraft = async (body: FaqDraft): Promise<FaqDraftFull> => {
    const id = kept?.faqId ?? faq?.id;
    const revision = kept?.revision ?? 0;
    const saved =
      id === undefined
        ? await call(routes.createFaqDraft, { body })
        : await call(routes.saveFaqDraft, {
            params: { id },
            body: { ...body, revision, baseVersion: version },
          });
    setKept(saved);
    await noteGap(saved.faqId);
    return saved;
  };

  return {
    draft: kept,
    theirs,
    problem,
    isBusy,
    live: (body: FaqDraft) =>
      attempt(async () => {
        if (faq === null) {
          const made = await call(routes.createFaq, { body });
          await noteGap(made.id);
          return t("faqWork.saved");
        }
        const params = { id: faq.id };
        const saved = await call(routes.updateFaq, { params, body: { ...body, slug: faq.slug, version } });
        const undo = async () => {
          await call(routes.rollBackFaq, { params, body: { to: faq.version, version: saved.version } });
          await onSaved();
        };
        showToast("success", t("faqWork.saved"), {
          label: t("common.undo"),
          run: () => void undo().catch((error: unknown) => showToast("error", errorText(error, t))),
        });
        onClose();
        return null;
      }),
    asDraft: (body: FaqDraft) =>
      attempt(async () => {
        await writeDraft(body);
        return t("faqWork.drafts.savedDraft");
      }),
    toReview: (body: FaqDraft) =>
      attempt(async () => {
        const { faqId } = await writeDraft(body);
        await call(routes.sendFaqDraft, { params: { id: faqId }, body: { state: "review" } });
        return t("faqWork.drafts.sent");
      }),
    publish: (body: FaqDraft, isTouched: boolean) =>
      attempt(async () => {
        const isWritten = isTouched || kept === null || theirs !== null;
        const id = isWritten ? (await writeDraft(body)).faqId : kept.faqId;
        const failing = isWarned ? 0 : await countFailing();
        if (failing > 0) {
          setWarned(true);
          setProblem(`${t("rehearsal.gateTitle", { count: failing })} ${t("rehearsal.gateText")}`);
          return null;
        }
        const { refused } = await call(routes.publishFaqDrafts, { body: { ids: [id] } });
        const [first] = refused;
        if (first) throw new ApiError(first.code as ApiErrorCode, 409);
        return t("faqWork.drafts.published", { count: 1 });
      }),
    giveBack: () =>
      attempt(async () => {
        if (kept === null) return null;
        await call(routes.sendFaqDraft, { params: { id: kept.faqId }, body: { state: "draft" } });
        return t("faqWork.drafts.givenBack");
      }),
  };
}
