// Which FAQ a gap belongs to: the nearest is suggested, any other can be chosen.
import { useQuery } from "@tanstack/react-query";
import type { FaqId, Gap } from "@yingda/contract";
import { Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { refreshFaqs } from "../refresh-faqs.ts";

type Props = { gap: Gap; onClose: () => void; onMerged: () => Promise<unknown> };

export function MergeDialog({ gap, onClose, onMerged }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const [picked, setPicked] = useState<FaqId | null>(null);
  const suggestion = useQuery({
    queryKey: [...queryKeys.gaps, { suggestion: gap.id }],
    queryFn: ({ signal }) => call(routes.suggestFromGap, { params: { id: gap.id }, signal }),
  });
  const faqs = useQuery({
    queryKey: [...queryKeys.faqs, "", ""],
    queryFn: ({ signal }) => call(routes.listFaqs, { query: {}, signal }),
  });
  const nearest = suggestion.data?.nearest ?? null;
  const chosen = picked ?? nearest?.faqId ?? null;
  const merge = async () => {
    if (chosen === null) return;
    const isDone = await act.run(async () => {
      const { added, isDraft } = await call(routes.mergeGap, {
        params: { id: gap.id },
        body: { faqId: chosen },
      });
      await Promise.all([onMerged(), refreshFaqs()]);
      showToast("success", t(isDraft ? "faqWork.gaps.mergedDraft" : "faqWork.gaps.merged", { count: added }));
    });
    if (isDone) onClose();
  };
  return (
    <Modal
      open
      title={t("faqWork.gaps.mergeInto")}
      okText={t("faqWork.gaps.mergeInto")}
      okButtonProps={{ disabled: chosen === null, loading: act.isBusy }}
      onOk={() => void merge()}
      onCancel={onClose}
    >
      <p>
        <strong>{gap.label}</strong>
      </p>
      <p className="soft">{t("faqWork.gaps.mergeLead")}</p>
      {nearest ? <p className="soft">{t("faqWork.gaps.nearest", { question: nearest.question })}</p> : null}
      <Select
        aria-label={t("faqWork.gaps.choose")}
        placeholder={t("faqWork.gaps.choose")}
        showSearch
        optionFilterProp="label"
        style={{ inlineSize: "100%" }}
        value={chosen}
        onChange={setPicked}
        options={(faqs.data?.faqs ?? []).map((faq) => ({ value: faq.id, label: faq.question }))}
      />
    </Modal>
  );
}
