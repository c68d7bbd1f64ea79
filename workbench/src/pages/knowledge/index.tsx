// Knowledge: FAQs and tables, each on its tab; the FAQ list with search, the editor, import and export, blanks, packs, and "try it" with the trace beside it.
// The editor lies over whatever else is open, so that "try it" goes on where it was.
import { useNavigate, useParams } from "@tanstack/react-router";
import type { Faq, TableId } from "@yingda/contract";
import { Button, Drawer, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page } from "../../components/Page.tsx";
import { TabStrip } from "../../components/TabStrip.tsx";
import { showToast } from "../../components/toast.ts";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { useCan } from "../../live/session.ts";
import { Blanks } from "./Blanks.tsx";
import { FaqEditor } from "./FaqEditor.tsx";
import { FaqList } from "./FaqList.tsx";
import { findFaq } from "./health-queries.ts";
import { ImportDialog } from "./ImportDialog.tsx";
import { Packs } from "./Packs.tsx";
import { TryIt } from "./TryIt.tsx";
import { TableEditor } from "./tables/TableEditor.tsx";
import { TableList } from "./tables/TableList.tsx";
import "./knowledge.css";

type Open = "import" | "blanks" | "packs" | "try" | null;
/** `focusOn` is a borrowed phrasing to be shown. */
type Edited = { faq: Faq | null; question?: string; focusOn?: string | null } | null;
const refresh = () =>
  Promise.all(
    [queryKeys.faqs, queryKeys.blanks, queryKeys.packs].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );

/** Which tab, kept in the address: /knowledge or /knowledge/tables. */
function useTab() {
  const navigate = useNavigate();
  const splat = (useParams({ strict: false }) as { _splat?: string })._splat;
  const tab: "faqs" | "tables" = splat === "tables" ? "tables" : "faqs";
  const setTab = (next: typeof tab) =>
    void navigate({ to: next === "tables" ? "/knowledge/tables" : "/knowledge" });
  return { tab, setTab };
}

export default function KnowledgePage() {
  const { t } = useTranslation();
  const canWrite = useCan("knowledge-write");
  const act = useAct();
  const [open, setOpen] = useState<Open>(null);
  const { tab, setTab } = useTab();
  const [openTable, setOpenTable] = useState<{ id: TableId | null } | null>(null);
  const [edited, setEdited] = useState<Edited>(null);
  const close = () => setOpen(null);
  const add = (question = "") => setEdited({ faq: null, question });
  const openFaq = async (wanted: { id: string } | { slug: string }, focusOn: string | null = null) => {
    const faq = await findFaq(wanted);
    if (faq) setEdited({ faq, focusOn });
    else showToast("info", t("knowledge.gone"));
  };
  return (
    <Page
      title={t("knowledge.title")}
      lead={t("knowledge.lead")}
      actions={
        <>
          <Button onClick={() => setOpen("try")}>{t("knowledge.tryIt")}</Button>
          {canWrite && tab === "tables" ? (
            <Button
              type="primary"
              icon={<Icon name="plus" size={16} />}
              onClick={() => setOpenTable({ id: null })}
            >
              {t("knowledge.tables.add")}
            </Button>
          ) : null}
          {canWrite && tab === "faqs" ? (
            <>
              <Button onClick={() => setOpen("blanks")}>{t("knowledge.blanks")}</Button>
              <Dropdown
                menu={{
                  items: [
                    { key: "packs", label: t("knowledge.packs"), onClick: () => setOpen("packs") },
                    { key: "import", label: t("common.import"), onClick: () => setOpen("import") },
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
              <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => add()}>
                {t("knowledge.add")}
              </Button>
            </>
          ) : null}
        </>
      }
    >
      <TabStrip
        label={t("knowledge.title")}
        tabs={[
          { key: "faqs", label: t("knowledge.faqs") },
          { key: "tables", label: t("knowledge.tables.title") },
        ]}
        chosen={tab}
        controls="knowledge-shown"
        onChoose={setTab}
      />
      <div id="knowledge-shown">
        {tab === "faqs" ? (
          <FaqList
            canWrite={canWrite}
            onOpen={(faq) => setEdited({ faq })}
            onPacks={() => setOpen("packs")}
            onAdd={add}
            onChanged={refresh}
          />
        ) : (
          <TableList
            canWrite={canWrite}
            onOpen={(id) => setOpenTable({ id })}
            onAdd={() => setOpenTable({ id: null })}
          />
        )}
      </div>
      {openTable ? (
        <TableEditor id={openTable.id} canWrite={canWrite} onClose={() => setOpenTable(null)} />
      ) : null}
      {open === "import" ? <ImportDialog onClose={close} onDone={refresh} /> : null}
      <Drawer
        open={open === "blanks"}
        title={t("knowledge.blanks")}
        size={480}
        onClose={close}
        destroyOnHidden
      >
        <Blanks onSaved={refresh} />
      </Drawer>
      <Drawer open={open === "packs"} title={t("knowledge.packs")} size={480} onClose={close} destroyOnHidden>
        <Packs onChanged={refresh} />
      </Drawer>
      <Drawer open={open === "try"} title={t("knowledge.tryIt")} size={520} onClose={close} destroyOnHidden>
        <TryIt
          onAdd={canWrite ? add : null}
          onOpen={(slug, phrasing) => void act.run(() => openFaq({ slug }, phrasing))}
        />
      </Drawer>
      {edited ? (
        <FaqEditor
          key={edited.faq?.id ?? "new"}
          faq={edited.faq}
          question={edited.question ?? ""}
          focusOn={edited.focusOn ?? null}
          canWrite={canWrite}
          onOpenOther={(id) => void act.run(() => openFaq({ id }))}
          onClose={() => setEdited(null)}
          onSaved={refresh}
        />
      ) : null}
    </Page>
  );
}
