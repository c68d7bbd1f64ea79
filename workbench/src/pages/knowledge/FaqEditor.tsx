// One FAQ: question, answer (with blanks), phrasings one a line; everything else is folded. What is open is the draft where
// there is one, else what is live. If a colleague changed it meanwhile, nothing typed is lost.
import { useQuery } from "@tanstack/react-query";
import type { Faq, FaqDraft, FaqDraftFull, FaqId, FaqPolicy, GapId } from "@yingda/contract";
import { Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useIsPhone } from "../../components/use-media.ts";
import { queryKeys } from "../../live/queries.ts";
import { FaqFormDrawer } from "./editor/FaqFormDrawer.tsx";
import { draftsQuery, policyQuery } from "./editor/queries.ts";

export type FaqEditorProps = {
  faq: Faq | null;
  question: string;
  /** A draft to be opened, by its FAQ's id; an FAQ's own is found without it. */
  draftId?: FaqId | undefined;
  /** What a new one begins with, and the gap it is made of. */
  fill?: Partial<FaqDraft> | undefined;
  /** What it is proposed that it says instead; not saved before somebody does. */
  change?: Partial<Pick<FaqDraft, "answer" | "answerEn">> | undefined;
  lead?: string | undefined;
  gapId?: GapId | undefined;
  /** A borrowed phrasing to be shown. */
  focusOn: string | null;
  canWrite: boolean;
  onOpenOther: (id: string) => void;
  onClose: () => void;
  onSaved: () => Promise<unknown>;
};

export function FaqEditor(props: FaqEditorProps) {
  const { faq, draftId, onClose } = props;
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const id = draftId ?? faq?.id ?? null;
  /** As it stood when it was opened: a colleague's draft must not take the place of a form that is being filled. */
  const [opened, setOpened] = useState<{ policy: FaqPolicy; draft: FaqDraftFull | null } | null>(null);
  const policy = useQuery(policyQuery);
  const drafts = useQuery({ ...draftsQuery, enabled: id !== null });
  const hasDraft = drafts.data?.some(({ faqId }) => faqId === id) ?? false;
  const draft = useQuery({
    queryKey: [...queryKeys.faqs, { draft: id }],
    queryFn: (): Promise<FaqDraftFull | null> =>
      id === null ? Promise.resolve(null) : call(routes.getFaqDraft, { params: { id } }),
    enabled: hasDraft && opened === null,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
  });
  const isListed = id === null || (drafts.isFetched && !drafts.isFetching);
  const isReady = policy.isFetched && isListed && (!hasDraft || draft.isFetched);
  if (opened === null && isReady && policy.data && !draft.error)
    setOpened({ policy: policy.data, draft: draft.data ?? null });
  if (opened !== null) return <FaqFormDrawer {...props} {...opened} />;
  const error = policy.error ?? draft.error;
  return (
    <Drawer open title={t("knowledge.edit")} size={isPhone ? "100%" : 620} onClose={onClose}>
      {error ? (
        <ErrorState error={error} onRetry={() => Promise.all([policy.refetch(), draft.refetch()])} />
      ) : (
        <BlockSkeleton />
      )}
    </Drawer>
  );
}
