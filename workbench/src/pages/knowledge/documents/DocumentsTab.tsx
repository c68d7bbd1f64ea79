// The documents of the shop: brought in, what is found in them, and each with what it says.
import type { DocumentId } from "@yingda/contract";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { Section } from "../../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { TabActions, type TabProps } from "../tab.tsx";
import { DocumentDrawer } from "./DocumentDrawer.tsx";
import { DocumentList } from "./DocumentList.tsx";
import { DropZone } from "./DropZone.tsx";
import { useDocuments } from "./document-queries.ts";
import type { PassagePlace } from "./PassageList.tsx";
import { SearchBox } from "./SearchBox.tsx";
import { SiteForm } from "./SiteForm.tsx";
import "./documents.css";

/** What ?page=, ?heading= and ?said= say of it: where a citation stands, and since when. */
function placeInAddress(): PassagePlace | null {
  const given = new URLSearchParams(location.search);
  const page = Number(given.get("page"));
  const heading = given.get("heading");
  const said = Date.parse(given.get("said") ?? "");
  const place: PassagePlace = {
    ...(Number.isInteger(page) && page > 0 ? { page } : {}),
    ...(heading === null ? {} : { heading }),
    ...(Number.isNaN(said) ? {} : { saidAtMs: said }),
  };
  return Object.keys(place).length === 0 ? null : place;
}

/** /knowledge/documents?open=… opens one, as the source under an answer does. */
function idInAddress(): DocumentId | null {
  const given = new URLSearchParams(location.search).get("open") ?? "";
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu.test(given) ? (given as DocumentId) : null;
}

export function DocumentsTab({ canWrite }: TabProps) {
  const { t } = useTranslation();
  const documents = useDocuments();
  const [open, setOpen] = useState<DocumentId | null>(idInAddress);
  const [cited, setCited] = useState(placeInAddress);
  const [isAdding, setAdding] = useState(false);
  const addSite = (
    <Button icon={<Icon name="link" size={16} />} onClick={() => setAdding(true)}>
      {t("knowledge.documents.addSite")}
    </Button>
  );
  return (
    <>
      {canWrite ? <TabActions>{addSite}</TabActions> : null}
      {canWrite ? <DropZone /> : null}
      {documents.data?.some(({ passageCount }) => passageCount > 0) ? <SearchBox /> : null}
      <Section>
        {documents.isPending ? (
          <RowSkeletons count={3} />
        ) : documents.error ? (
          <ErrorState error={documents.error} onRetry={documents.refetch} />
        ) : documents.data.length === 0 ? (
          <EmptyState
            icon="file"
            title={t("knowledge.documents.empty")}
            text={t("knowledge.documents.emptyText")}
          />
        ) : (
          <DocumentList documents={documents.data} canWrite={canWrite} onOpen={setOpen} />
        )}
      </Section>
      {isAdding ? <SiteForm onClose={() => setAdding(false)} /> : null}
      {open ? (
        <DocumentDrawer
          key={open}
          id={open}
          cited={cited}
          canWrite={canWrite}
          onClose={() => {
            setOpen(null);
            setCited(null);
          }}
        />
      ) : null}
    </>
  );
}
