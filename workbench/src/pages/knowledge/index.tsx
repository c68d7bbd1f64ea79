// Knowledge: the FAQ list with search, the editor, import and export, blanks, packs, and "try it" with the trace beside it.
// The editor lies over whatever else is open, so that "try it" goes on where it was.
import type { Faq } from "@yingda/contract";
import { Button, Drawer, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page } from "../../components/Page.tsx";
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

export default function KnowledgePage() {
  const { t } = useTranslation();
  const canWrite = useCan("knowledge-write");
  const act = useAct();
  const [open, setOpen] = useState<Open>(null);
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
          {canWrite ? (
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
      <FaqList
        canWrite={canWrite}
        onOpen={(faq) => setEdited({ faq })}
        onPacks={() => setOpen("packs")}
        onAdd={add}
        onChanged={refresh}
      />
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
