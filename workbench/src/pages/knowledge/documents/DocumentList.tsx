// The shop's documents with what is being done with each: how far it is read, why it was not, what changed.
import type { DocumentSummary } from "@yingda/contract";
import { Button, Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ConfirmWithUndo } from "../../../components/ConfirmWithUndo.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { Time } from "../../../components/Time.tsx";
import { useAct } from "../../../components/use-act.ts";
import { isBeingRead, refreshDocuments } from "./document-queries.ts";
import { problemText } from "./problem-text.ts";

type ListProps = {
  documents: readonly DocumentSummary[];
  canWrite: boolean;
  onOpen: (id: DocumentSummary["id"]) => void;
};

export function DocumentList({ documents, canWrite, onOpen }: ListProps) {
  return (
    <ul className="plain-list">
      {documents.map((document) => (
        <DocumentLine
          key={document.id}
          document={document}
          canWrite={canWrite}
          onOpen={() => onOpen(document.id)}
        />
      ))}
    </ul>
  );
}

type LineProps = { document: DocumentSummary; canWrite: boolean; onOpen: () => void };

function DocumentLine({ document, canWrite, onOpen }: LineProps) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, title, kind } = document;
  const params = { id };
  const cancel = () =>
    act.run(async () => {
      await call(routes.cancelReading, { params });
      await refreshDocuments();
    }, t("knowledge.documents.cancelled"));
  const again = () =>
    act.run(async () => {
      await call(routes.readDocumentAgain, { params });
      await refreshDocuments();
    });
  const isRead = isBeingRead(document);
  return (
    <li className="step-line">
      <div className="document-line">
        <button type="button" className="list-button" onClick={onOpen}>
          <span className="document-line-head">
            <Icon name={kind === "file" ? "file" : "link"} size={18} />
            <strong>{title}</strong>
            <Marks document={document} />
          </span>
          <Facts document={document} />
        </button>
        {isRead ? <Reading document={document} /> : null}
        {document.error ? (
          <p className="problem">
            {problemText(document.error, t)}{" "}
            {document.passageCount > 0 ? t("knowledge.documents.keepsOld") : ""}
          </p>
        ) : null}
      </div>
      {canWrite && isRead ? (
        <Button loading={act.isBusy} onClick={() => void cancel()}>
          {t("knowledge.documents.cancel")}
        </Button>
      ) : null}
      {canWrite && (document.state === "failed" || document.state === "cancelled") ? (
        <Button loading={act.isBusy} onClick={() => void again()}>
          {t("knowledge.documents.readAgain")}
        </Button>
      ) : null}
      {canWrite ? (
        <ConfirmWithUndo
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={`${t("common.remove")} ${title}`}
          doneText={t("knowledge.documents.deleted", { name: title })}
          act={() => call(routes.deleteDocument, { params }).then(refreshDocuments)}
          undo={() => call(routes.restoreDocument, { params }).then(refreshDocuments)}
        >
          {null}
        </ConfirmWithUndo>
      ) : null}
    </li>
  );
}

export function Marks({ document }: { document: DocumentSummary }) {
  const { t } = useTranslation();
  const { isOn, state, changedCount, problemCount } = document;
  return (
    <>
      {isOn ? null : <Tag>{t("knowledge.documents.off")}</Tag>}
      {state === "failed" || state === "cancelled" ? (
        <Tag color={state === "failed" ? "error" : "default"}>{t(`knowledge.documents.state.${state}`)}</Tag>
      ) : null}
      {changedCount > 0 ? (
        <Tag color="processing">{t("knowledge.documents.changedCount", { count: changedCount })}</Tag>
      ) : null}
      {problemCount > 0 ? (
        <Tag color="warning">{t("knowledge.documents.problemCount", { count: problemCount })}</Tag>
      ) : null}
    </>
  );
}

function Facts({ document }: { document: DocumentSummary }) {
  const { t } = useTranslation();
  const { fileName, url, pageCount, passageCount, readAt } = document;
  return (
    <span className="soft document-facts">
      {[
        fileName ?? url ?? "",
        pageCount > 1 ? t("knowledge.documents.pageCount", { count: pageCount }) : "",
        passageCount > 0 ? t("knowledge.documents.passageCount", { count: passageCount }) : "",
      ]
        .filter(Boolean)
        .join(" · ")}
      {readAt ? (
        <>
          {" · "}
          {t("knowledge.documents.readAt")} <Time at={readAt} />
        </>
      ) : null}
    </span>
  );
}

export function Reading({ document }: { document: DocumentSummary }) {
  const { t } = useTranslation();
  const { state, done, total } = document;
  const isKnown = state === "reading" && total > 0;
  return (
    <div className="document-reading" aria-live="polite">
      <span>
        {isKnown
          ? t("knowledge.documents.readingOf", { done, total })
          : t(`knowledge.documents.state.${state}`)}
      </span>
      <Progress
        percent={isKnown ? Math.round((100 * done) / total) : 0}
        size="small"
        showInfo={isKnown}
        aria-label={t(`knowledge.documents.state.${state}`)}
      />
    </div>
  );
}
