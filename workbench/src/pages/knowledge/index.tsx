// Knowledge: the FAQ list with search, the editor, import and export, blanks, packs, and "try it" with the trace beside it.
import { useQuery } from "@tanstack/react-query";
import type { Faq } from "@yingda/contract";
import { Button, Drawer, Dropdown, Input, Select, Tag, Tooltip } from "antd";
import { useDeferredValue, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../api.ts";
import { ConfirmWithUndo } from "../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { useCan } from "../../live/session.ts";
import { Blanks } from "./Blanks.tsx";
import { FaqEditor } from "./FaqEditor.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { Packs } from "./Packs.tsx";
import { TryIt } from "./TryIt.tsx";

type Open =
  | { kind: "faq"; faq: Faq | null; question?: string }
  | { kind: "import" | "blanks" | "packs" | "try" }
  | null;
const refresh = () =>
  Promise.all(
    [queryKeys.faqs, queryKeys.blanks, queryKeys.packs].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );

export default function KnowledgePage() {
  const { t } = useTranslation();
  const canWrite = useCan("knowledge-write");
  const act = useAct();
  const [open, setOpen] = useState<Open>(null);
  const close = () => setOpen(null);
  return (
    <Page
      title={t("knowledge.title")}
      lead={t("knowledge.lead")}
      actions={
        <>
          <Button onClick={() => setOpen({ kind: "try" })}>{t("knowledge.tryIt")}</Button>
          {canWrite ? (
            <>
              <Button onClick={() => setOpen({ kind: "blanks" })}>{t("knowledge.blanks")}</Button>
              <Dropdown
                menu={{
                  items: [
                    { key: "packs", label: t("knowledge.packs"), onClick: () => setOpen({ kind: "packs" }) },
                    { key: "import", label: t("common.import"), onClick: () => setOpen({ kind: "import" }) },
                    {
                      key: "xlsx",
                      label: t("knowledge.exportXlsx"),
                      onClick: () =>
                        void act.run(() =>
                          download(routes.exportFaqs, "faqs.xlsx", { query: { format: "xlsx" } }),
                        ),
                    },
                    {
                      key: "csv",
                      label: t("knowledge.exportCsv"),
                      onClick: () =>
                        void act.run(() =>
                          download(routes.exportFaqs, "faqs.csv", { query: { format: "csv" } }),
                        ),
                    },
                  ],
                }}
              >
                <Button icon={<Icon name="more" size={16} />} aria-label={t("common.moreActions")} />
              </Dropdown>
              <Button
                type="primary"
                icon={<Icon name="plus" size={16} />}
                onClick={() => setOpen({ kind: "faq", faq: null })}
              >
                {t("knowledge.add")}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <FaqList
        canWrite={canWrite}
        onOpen={(faq) => setOpen({ kind: "faq", faq })}
        onPacks={() => setOpen({ kind: "packs" })}
        onAdd={() => setOpen({ kind: "faq", faq: null })}
      />
      {open?.kind === "faq" ? (
        <FaqEditor
          faq={open.faq}
          question={open.question ?? ""}
          canWrite={canWrite}
          onClose={close}
          onSaved={refresh}
        />
      ) : null}
      {open?.kind === "import" ? <ImportDialog onClose={close} onDone={refresh} /> : null}
      <Drawer
        open={open?.kind === "blanks"}
        title={t("knowledge.blanks")}
        size={480}
        onClose={close}
        destroyOnHidden
      >
        <Blanks onSaved={refresh} />
      </Drawer>
      <Drawer
        open={open?.kind === "packs"}
        title={t("knowledge.packs")}
        size={480}
        onClose={close}
        destroyOnHidden
      >
        <Packs onChanged={refresh} />
      </Drawer>
      <Drawer
        open={open?.kind === "try"}
        title={t("knowledge.tryIt")}
        size={520}
        onClose={close}
        destroyOnHidden
      >
        <TryIt onAdd={canWrite ? (question) => setOpen({ kind: "faq", faq: null, question }) : null} />
      </Drawer>
    </Page>
  );
}

type ListProps = { canWrite: boolean; onOpen: (faq: Faq) => void; onPacks: () => void; onAdd: () => void };

function FaqList({ canWrite, onOpen, onPacks, onAdd }: ListProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const [category, setCategory] = useState("");
  const q = useDeferredValue(typed.trim());
  const faqs = useQuery({
    queryKey: [...queryKeys.faqs, q, category],
    queryFn: ({ signal }) =>
      call(routes.listFaqs, { query: { ...(q ? { q } : {}), ...(category ? { category } : {}) }, signal }),
    placeholderData: (before) => before,
  });
  const isFiltered = q !== "" || category !== "";
  return (
    <Section>
      <div className="row-line">
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
      </div>
      {faqs.isPending ? (
        <RowSkeletons />
      ) : faqs.error ? (
        <ErrorState error={faqs.error} onRetry={faqs.refetch} />
      ) : faqs.data.faqs.length === 0 ? (
        isFiltered ? (
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
        )
      ) : (
        <ul className="plain-list">
          {faqs.data.faqs.map((faq) => (
            <FaqRow key={faq.id} faq={faq} canWrite={canWrite} onOpen={() => onOpen(faq)} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function FaqRow({ faq, canWrite, onOpen }: { faq: Faq; canWrite: boolean; onOpen: () => void }) {
  const { t } = useTranslation();
  return (
    <li className="step-line">
      <div>
        <button type="button" className="list-button" onClick={onOpen}>
          <strong>{faq.question}</strong> {faq.category ? <Tag>{faq.category}</Tag> : null}
          {faq.isOn ? null : <Tag color="warning">{t("knowledge.offTag")}</Tag>}
          <div className="soft clip-line">{faq.answer}</div>
          <div className="soft">
            {t("knowledge.phrasingCount", { count: faq.phrasings.length })} ·{" "}
            {t("knowledge.asked", { count: faq.askedCount })}
          </div>
        </button>
        {faq.unfilledBlanks.length > 0 ? (
          <Tooltip title={t("knowledge.unfilledHint")}>
            <Tag color="warning">{t("knowledge.unfilled", { names: faq.unfilledBlanks.join("、") })}</Tag>
          </Tooltip>
        ) : null}
      </div>
      {canWrite ? (
        <ConfirmWithUndo
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={`${t("common.remove")} ${faq.question}`}
          doneText={t("knowledge.deleted", { question: faq.question })}
          act={() => call(routes.deleteFaq, { params: { id: faq.id } }).then(refresh)}
          undo={() => call(routes.restoreFaq, { params: { id: faq.id } }).then(refresh)}
        >
          {null}
        </ConfirmWithUndo>
      ) : null}
    </li>
  );
}
