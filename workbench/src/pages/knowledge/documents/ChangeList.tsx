// What a new reading found otherwise: the old text beside the new one, until somebody has seen it.
import { useQuery } from "@tanstack/react-query";
import type { DocumentChange, ShopDocument } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { refreshDocuments } from "./document-queries.ts";

export function ChangeList({ document, canWrite }: { document: ShopDocument; canWrite: boolean }) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, changedCount } = document;
  const changes = useQuery({
    queryKey: [...queryKeys.documents, id, "changes", changedCount],
    queryFn: ({ signal }) => call(routes.listDocumentChanges, { params: { id }, signal }),
  });
  const see = (ids: string[]) =>
    act.run(async () => {
      await call(routes.seeDocumentChanges, { params: { id }, body: { ids } });
      await refreshDocuments();
    });
  return (
    <section className="document-changes" aria-label={t("knowledge.documents.changes")}>
      <h3>{t("knowledge.documents.changes")}</h3>
      <p className="soft">{t("knowledge.documents.changesText")}</p>
      {changes.isPending ? (
        <RowSkeletons count={2} />
      ) : changes.error ? (
        <ErrorState error={changes.error} onRetry={changes.refetch} />
      ) : (
        <>
          {changes.data.map((change) => (
            <Change
              key={change.id}
              change={change}
              onSeen={canWrite ? () => void see([change.id]) : null}
              isBusy={act.isBusy}
            />
          ))}
          {canWrite && changes.data.length > 1 ? (
            <Button loading={act.isBusy} onClick={() => void see(changes.data.map((change) => change.id))}>
              {t("knowledge.documents.seenAll")}
            </Button>
          ) : null}
        </>
      )}
    </section>
  );
}

type ChangeProps = { change: DocumentChange; onSeen: (() => void) | null; isBusy: boolean };

function Change({ change, onSeen, isBusy }: ChangeProps) {
  const { t } = useTranslation();
  const { kind, heading, before, after } = change;
  return (
    <article className="document-change">
      <header>
        <span>
          <Tag>{t(`knowledge.documents.changeKind.${kind}`)}</Tag>
          {heading.join(" › ")}
        </span>
        {onSeen ? (
          <Button size="small" disabled={isBusy} onClick={onSeen}>
            {t("knowledge.documents.seen")}
          </Button>
        ) : null}
      </header>
      <div className="document-texts">
        {before === null ? null : (
          <p>
            <small className="soft">{t("knowledge.documents.before")}</small>
            <del>{before}</del>
          </p>
        )}
        {after === null ? null : (
          <p>
            <small className="soft">{t("knowledge.documents.after")}</small>
            <ins>{after}</ins>
          </p>
        )}
      </div>
    </article>
  );
}
