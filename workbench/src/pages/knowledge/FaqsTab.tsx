// The FAQs: list, import and export, blanks and packs. The editor is the page's own, since other tabs open FAQs as well.
import { useQuery } from "@tanstack/react-query";
import { Button, Drawer, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { useAct } from "../../components/use-act.ts";
import { Blanks } from "./Blanks.tsx";
import { DraftsDrawer } from "./editor/DraftsDrawer.tsx";
import { draftsQuery } from "./editor/queries.ts";
import { FaqList } from "./FaqList.tsx";
import { ImportDialog } from "./ImportDialog.tsx";
import { Packs } from "./Packs.tsx";
import { refreshFaqs } from "./refresh-faqs.ts";
import { TabActions, type TabProps } from "./tab.tsx";

export function FaqsTab({ canWrite, onAddFaq, onEditFaq, onOpenDraft }: TabProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [open, setOpen] = useState<"import" | "blanks" | "packs" | "drafts" | null>(null);
  const close = () => setOpen(null);
  const exportAs = (format: "xlsx" | "csv") => () =>
    void act.run(() => download(routes.exportFaqs, `faqs.${format}`, { query: { format } }));
  return (
    <>
      {canWrite ? (
        <TabActions>
          <DraftsButton onOpen={() => setOpen("drafts")} />
          <Button onClick={() => setOpen("blanks")}>{t("knowledge.blanks")}</Button>
          <Dropdown
            trigger={["click"]}
            menu={{
              items: [
                { key: "drafts", label: t("faqWork.drafts.title"), onClick: () => setOpen("drafts") },
                { key: "packs", label: t("knowledge.packs"), onClick: () => setOpen("packs") },
                { key: "import", label: t("common.import"), onClick: () => setOpen("import") },
                { key: "xlsx", label: t("knowledge.exportXlsx"), onClick: exportAs("xlsx") },
                { key: "csv", label: t("knowledge.exportCsv"), onClick: exportAs("csv") },
              ],
            }}
          >
            <Button icon={<Icon name="more" size={16} />} aria-label={t("common.moreActions")} />
          </Dropdown>
          <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => onAddFaq()}>
            {t("knowledge.add")}
          </Button>
        </TabActions>
      ) : null}
      <FaqList
        canWrite={canWrite}
        onOpen={onEditFaq}
        onPacks={() => setOpen("packs")}
        onAdd={onAddFaq}
        onChanged={refreshFaqs}
      />
      {open === "drafts" ? (
        <DraftsDrawer
          onClose={close}
          onOpen={(id) => {
            close();
            onOpenDraft(id);
          }}
        />
      ) : null}
      {open === "import" ? <ImportDialog onClose={close} onDone={refreshFaqs} /> : null}
      <Drawer
        open={open === "blanks"}
        title={t("knowledge.blanks")}
        size={480}
        onClose={close}
        destroyOnHidden
      >
        <Blanks onSaved={refreshFaqs} />
      </Drawer>
      <Drawer open={open === "packs"} title={t("knowledge.packs")} size={480} onClose={close} destroyOnHidden>
        <Packs onChanged={refreshFaqs} />
      </Drawer>
    </>
  );
}

/** Only where there are drafts: a shop that saves live never sees it. */
function DraftsButton({ onOpen }: { onOpen: () => void }) {
  const { t } = useTranslation();
  const { data } = useQuery(draftsQuery);
  if (!data || data.length === 0) return null;
  return <Button onClick={onOpen}>{t("faqWork.drafts.button", { count: data.length })}</Button>;
}
