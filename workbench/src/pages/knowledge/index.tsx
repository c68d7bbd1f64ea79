// Knowledge: what the bot answers from, each kind on its tab; the editor of an FAQ and "try it" with the trace belong to all.
// The editor lies over whatever else is open, so that "try it" goes on where it was.
import { useNavigate, useParams } from "@tanstack/react-router";
import type { Faq, FaqId } from "@yingda/contract";
import { Button, Drawer } from "antd";
import { type ComponentType, useState } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../components/Page.tsx";
import { TabStrip } from "../../components/TabStrip.tsx";
import { showToast } from "../../components/toast.ts";
import { useAct } from "../../components/use-act.ts";
import { useCan } from "../../live/session.ts";
import { DocumentsTab } from "./documents/DocumentsTab.tsx";
import { FaqEditor } from "./FaqEditor.tsx";
import { FaqsTab } from "./FaqsTab.tsx";
import { GapsTab, refreshGaps } from "./gaps/GapsTab.tsx";
import { findFaq } from "./health-queries.ts";
import { HelpTab } from "./help/HelpTab.tsx";
import { IncidentsTab } from "./incidents/IncidentsTab.tsx";
import { PoliciesTab } from "./policies/PoliciesTab.tsx";
import { ProductsTab } from "./products/ProductsTab.tsx";
import { refreshFaqs } from "./refresh-faqs.ts";
import { TryIt } from "./TryIt.tsx";
import { ActionsPlace, type FaqStart, type TabName, type TabProps, tabNames } from "./tab.tsx";
import { TablesTab } from "./tables/TablesTab.tsx";
import { WordsTab } from "./words/WordsTab.tsx";
import "./knowledge.css";

const panels: Record<TabName, ComponentType<TabProps>> = {
  faqs: FaqsTab,
  gaps: GapsTab,
  tables: TablesTab,
  documents: DocumentsTab,
  policies: PoliciesTab,
  products: ProductsTab,
  help: HelpTab,
  incidents: IncidentsTab,
  words: WordsTab,
};

/** `focusOn` is a borrowed phrasing to be shown. */
type Edited =
  | ({ faq: Faq | null; question?: string; focusOn?: string | null; draftId?: FaqId } & Partial<FaqStart>)
  | null;

/** Which tab, kept in the address: /knowledge or /knowledge/tables. */
function useTab() {
  const navigate = useNavigate();
  const splat = (useParams({ strict: false }) as { _splat?: string })._splat;
  const tab = tabNames.find((name) => name === splat) ?? "faqs";
  const setTab = (next: TabName) =>
    void navigate({ to: next === "faqs" ? "/knowledge" : `/knowledge/${next}` });
  return { tab, setTab };
}

export default function KnowledgePage() {
  const { t } = useTranslation();
  const canWrite = useCan("knowledge-write");
  const act = useAct();
  const { tab, setTab } = useTab();
  const [actionsPlace, setActionsPlace] = useState<HTMLElement | null>(null);
  const [isTrying, setTrying] = useState(false);
  const [edited, setEdited] = useState<Edited>(null);
  const add = (question = "") => setEdited({ faq: null, question });
  const find = (wanted: { id: string } | { slug: string }, focusOn: string | null = null) =>
    void act.run(async () => {
      const faq = await findFaq(wanted);
      if (faq) setEdited({ faq, focusOn });
      else showToast("info", t("knowledge.gone"));
    });
  /** A draft of a live FAQ opens with it beside; one of its own alone. */
  const openDraft = (id: FaqId) =>
    act.run(async () => {
      const faq = await findFaq({ id });
      setEdited({ faq: faq ?? null, draftId: id });
    });
  const titles: Record<TabName, string> = {
    faqs: t("knowledge.faqs"),
    gaps: t("faqWork.gaps.title"),
    tables: t("knowledge.tables.title"),
    documents: t("knowledge.documents.title"),
    policies: t("knowledge.policies.title"),
    products: t("knowledge.products.title"),
    help: t("knowledge.helpCentre.title"),
    incidents: t("knowledge.incidents.title"),
    words: t("knowledge.words.title"),
  };
  const Panel = panels[tab];
  return (
    <>
      <Page
        title={t("knowledge.title")}
        lead={t("knowledge.lead")}
        actions={
          <>
            <Button onClick={() => setTrying(true)}>{t("knowledge.tryIt")}</Button>
            <span className="knowledge-actions" ref={setActionsPlace} />
          </>
        }
      >
        <TabStrip
          label={t("knowledge.title")}
          tabs={tabNames.map((key) => ({ key, label: titles[key] }))}
          chosen={tab}
          controls="knowledge-shown"
          onChoose={setTab}
        />
        <div id="knowledge-shown">
          <ActionsPlace value={actionsPlace}>
            <Panel
              canWrite={canWrite}
              onAddFaq={add}
              onEditFaq={(faq) => setEdited({ faq })}
              onMakeFaq={(start) => setEdited({ faq: null, ...start })}
              onOpenDraft={(id) => void openDraft(id)}
              onFindFaq={find}
            />
          </ActionsPlace>
        </div>
      </Page>
      <Drawer
        open={isTrying}
        title={t("knowledge.tryIt")}
        size={520}
        onClose={() => setTrying(false)}
        destroyOnHidden
      >
        <TryIt onAdd={canWrite ? add : null} onOpen={(slug, phrasing) => find({ slug }, phrasing)} />
      </Drawer>
      {edited ? (
        <FaqEditor
          key={edited.faq?.id ?? edited.draftId ?? edited.gapId ?? "new"}
          faq={edited.faq}
          question={edited.question ?? ""}
          draftId={edited.draftId}
          fill={edited.fill}
          gapId={edited.gapId}
          lead={edited.lead}
          focusOn={edited.focusOn ?? null}
          canWrite={canWrite}
          onOpenOther={(id) => find({ id })}
          onClose={() => setEdited(null)}
          onSaved={() => Promise.all([refreshFaqs(), refreshGaps()])}
        />
      ) : null}
    </>
  );
}
