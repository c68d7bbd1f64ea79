// The list of FAQs: search, category, what needs attention, a mark at each FAQ that does.
import { useQuery } from "@tanstack/react-query";
import type { Faq, FaqFigures, FaqMark } from "@yingda/contract";
import { Button, Input, Select, Tag, Tooltip } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { ConfirmWithUndo } from "../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { queryKeys } from "../../live/queries.ts";
import { Figures } from "./editor/Figures.tsx";
import { figuresQuery } from "./editor/queries.ts";
import { HealthMark } from "./HealthMark.tsx";
import { marksQuery } from "./health-queries.ts";

type ListProps = {
  canWrite: boolean;
  onOpen: (faq: Faq) => void;
  onPacks: () => void;
  onAdd: () => void;
  onChanged: () => Promise<unknown>;
};

export function FaqList({ canWrite, onOpen, onPacks, onAdd, onChanged }: ListProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [category, setCategory] = useState("");
  const [isOnlyIll, setOnlyIll] = useState(false);
  const q = useDeferredValue(typed.trim());
  const faqs = useQuery({
    queryKey: [...queryKeys.faqs, q, category],
    queryFn: ({ signal }) =>
      call(routes.listFaqs, { query: { ...(q ? { q } : {}), ...(category ? { category } : {}) }, signal }),
    placeholderData: (before) => before,
  });
  const marks = useQuery(marksQuery);
  const figures = useQuery(figuresQuery);
  const ill = Object.values(marks.data ?? {}).filter(({ count }) => count > 0).length;
  const shown = (faqs.data?.faqs ?? []).filter(({ id }) => !isOnlyIll || (marks.data?.[id]?.count ?? 0) > 0);
  const isFiltered = q !== "" || category !== "";
  return (
    <Section>
      <div className="row-line knowledge-tools">
        <Input
          allowClear
          aria-label={t("knowledge.search")}
          placeholder={t("knowledge.search")}
          prefix={<Icon name="search" size={16} />}
          style={{ maxInlineSize: 320 }}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <Select
          aria-label={t("knowledge.category")}
          style={{ minInlineSize: 140 }}
          value={category}
          onChange={setCategory}
          options={[
            { value: "", label: t("knowledge.allCategories") },
            ...(faqs.data?.categories ?? []).map((name) => ({ value: name, label: name })),
          ]}
        />
        {ill > 0 || isOnlyIll ? (
          <Button
            aria-pressed={isOnlyIll}
            className="knowledge-filter"
            type={isOnlyIll ? "primary" : "default"}
            icon={<Icon name="warning" size={16} />}
            onClick={() => setOnlyIll(!isOnlyIll)}
          >
            {t("knowledge.health.needsAttention", { count: ill })}
          </Button>
        ) : null}
        {marks.error ? (
          <span className="soft">
            {t("knowledge.health.unavailable")}{" "}
            <Button type="link" size="small" onClick={() => void marks.refetch()}>
              {t("common.retry")}
            </Button>
          </span>
        ) : null}
      </div>
      {faqs.isPending ? (
        <RowSkeletons />
      ) : faqs.error ? (
        <ErrorState error={faqs.error} onRetry={faqs.refetch} />
      ) : shown.length > 0 ? (
        <ul className="plain-list">
          {shown.map((faq) => (
            <FaqRow
              key={faq.id}
              faq={faq}
              mark={marks.data?.[faq.id]}
              figures={figures.data?.[faq.slug]}
              canWrite={canWrite}
              onOpen={() => onOpen(faq)}
              onChanged={onChanged}
            />
          ))}
        </ul>
      ) : isOnlyIll ? (
        <EmptyState
          isSmall
          icon="check"
          title={t("knowledge.health.allWell")}
          text={isFiltered ? undefined : t("knowledge.health.allWellText")}
          action={<Button onClick={() => setOnlyIll(false)}>{t("knowledge.health.showAll")}</Button>}
        />
      ) : isFiltered ? (
        <EmptyState
          isSmall
          icon="search"
          title={t("knowledge.emptyFound", { q: q || category })}
          action={canWrite ? <Button onClick={onAdd}>{t("knowledge.add")}</Button> : null}
        />
      ) : (
        <EmptyState
          icon="knowledge"
          title={t("knowledge.empty")}
          text={t("knowledge.emptyText")}
          action={
            canWrite ? (
              <Button type="primary" onClick={onPacks}>
                {t("knowledge.usePack")}
              </Button>
            ) : null
          }
        />
      )}
    </Section>
  );
}

type RowProps = {
  faq: Faq;
  mark: FaqMark | undefined;
  figures: FaqFigures | undefined;
  canWrite: boolean;
  onOpen: () => void;
  onChanged: () => Promise<unknown>;
};

function FaqRow({ faq, mark, figures, canWrite, onOpen, onChanged }: RowProps) {
  const { t } = useTranslation();
  return (
    <li className="step-line">
      <div>
        <button type="button" className="list-button" onClick={onOpen}>
          <span className="knowledge-row">
            <span className="knowledge-row-words">
              <strong>{faq.question}</strong> {faq.category ? <Tag>{faq.category}</Tag> : null}
              {faq.isOn ? null : <Tag color="warning">{t("knowledge.offTag")}</Tag>}
              <span className="soft clip-line">{faq.answer}</span>
              <span className="soft">
                {t("knowledge.phrasingCount", { count: faq.phrasings.length })}
                {mark && mark.borrowed > 0
                  ? ` · ${t("knowledge.borrowedCount", { count: mark.borrowed })}`
                  : ""}{" "}
                · {t("knowledge.asked", { count: faq.askedCount })}
                {figures ? " · " : ""}
                <Figures figures={figures} />
              </span>
            </span>
            <HealthMark mark={mark} />
          </span>
        </button>
        {faq.unfilledBlanks.length > 0 ? (
          <Tooltip title={t("knowledge.unfilledHint")}>
            <Tag color="warning">
              {t("knowledge.unfilled", { names: faq.unfilledBlanks.join(t("common.listComma")) })}
            </Tag>
          </Tooltip>
        ) : null}
      </div>
      {canWrite ? (
        <ConfirmWithUndo
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={`${t("common.remove")} ${faq.question}`}
          doneText={t("knowledge.deleted", { question: faq.question })}
          act={() => call(routes.deleteFaq, { params: { id: faq.id } }).then(onChanged)}
          undo={() => call(routes.restoreFaq, { params: { id: faq.id } }).then(onChanged)}
        >
          {null}
        </ConfirmWithUndo>
      ) : null}
    </li>
  );
}
