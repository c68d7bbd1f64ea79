// One document: its name and switch, what could not be read, what changed, and what it says, passage by passage.
import type { DocumentId, DocumentSchedule, ShopDocument } from "@yingda/contract";
import { documentSchedules } from "@yingda/contract";
import { Button, Drawer, Input, Select, Switch } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { ChangeList } from "./ChangeList.tsx";
import { Reading } from "./DocumentList.tsx";
import { isBeingRead, refreshDocuments, useDocument } from "./document-queries.ts";
import { PassageList, type PassagePlace } from "./PassageList.tsx";
import { problemText } from "./problem-text.ts";
import { useUploads } from "./use-uploads.ts";

const mostProblems = 20;
type DrawerProps = {
  id: DocumentId;
  /** Opened from the source of an answer: only what stands there is shown at first. */
  cited: PassagePlace | null;
  canWrite: boolean;
  onClose: () => void;
};

export function DocumentDrawer({ id, cited, canWrite, onClose }: DrawerProps) {
  const { t } = useTranslation();
  const document = useDocument(id);
  return (
    <Drawer open title={document.data?.title ?? t("knowledge.documents.title")} size={760} onClose={onClose}>
      {document.isPending ? (
        <BlockSkeleton />
      ) : document.error ? (
        <ErrorState error={document.error} onRetry={document.refetch} />
      ) : (
        <Opened document={document.data} cited={cited} canWrite={canWrite} />
      )}
    </Drawer>
  );
}

type OpenedProps = { document: ShopDocument; cited: PassagePlace | null; canWrite: boolean };

function Opened({ document, cited, canWrite }: OpenedProps) {
  return (
    <div className="stack">
      {cited === null ? null : <PassageList document={document} cited={cited} />}
      {isBeingRead(document) ? <Reading document={document} /> : null}
      <Problems document={document} />
      {canWrite ? <Settings document={document} /> : null}
      <Actions document={document} canWrite={canWrite} />
      {document.changedCount > 0 ? <ChangeList document={document} canWrite={canWrite} /> : null}
      {cited === null ? <PassageList document={document} cited={null} /> : null}
    </div>
  );
}

function Problems({ document: { error, problems, passageCount } }: { document: ShopDocument }) {
  const { t } = useTranslation();
  const all = error === null ? problems : [error, ...problems];
  if (all.length === 0) return null;
  return (
    <section className="knowledge-problems" aria-label={t("knowledge.documents.problems")}>
      <ul>
        {all.slice(0, mostProblems).map((problem, at) => (
          <li key={`${String(at)}-${problem.code}`}>
            <Icon name="warning" size={16} />
            <span>
              {problemText(problem, t)}{" "}
              {problem === error && passageCount > 0 ? t("knowledge.documents.keepsOld") : ""}
            </span>
          </li>
        ))}
        {all.length > mostProblems ? (
          <li>{t("knowledge.documents.more", { count: all.length - mostProblems })}</li>
        ) : null}
      </ul>
    </section>
  );
}

/** Name, switch and schedule: each is saved as soon as it is changed. */
function Settings({ document }: { document: ShopDocument }) {
  const { t } = useTranslation();
  const act = useAct();
  const { id, version, kind, isOn, schedule } = document;
  const [title, setTitle] = useState(document.title);
  const save = (change: { title?: string; isOn?: boolean; schedule?: DocumentSchedule }) =>
    act.run(async () => {
      const body = { title: document.title, isOn, schedule, version, ...change };
      await call(routes.updateDocument, { params: { id }, body });
      await refreshDocuments();
    }, t("knowledge.documents.saved"));
  const rename = () => {
    const next = title.trim();
    // by Enter it is on its way already when the field is left
    if (!act.isBusy && next !== "" && next !== document.title) void save({ title: next });
  };
  return (
    <>
      <Field label={t("knowledge.documents.name")} hint={t("knowledge.documents.nameHint")}>
        {(control) => (
          <Input
            {...control}
            maxLength={120}
            value={title}
            onChange={(event) => setTitle(event.target.value)}
            onBlur={rename}
            onPressEnter={rename}
          />
        )}
      </Field>
      <div className="row-line document-actions">
        <Switch
          aria-label={t("knowledge.documents.isOn")}
          checked={isOn}
          loading={act.isBusy}
          onChange={(next) => void save({ isOn: next })}
        />
        <span>{t("knowledge.documents.isOn")}</span>
      </div>
      {kind === "file" ? null : (
        <Field label={t("knowledge.documents.schedule")}>
          {(control) => (
            <Select
              {...control}
              value={schedule}
              onChange={(next) => void save({ schedule: next })}
              options={documentSchedules.map((value) => ({
                value,
                label: t(`knowledge.documents.schedules.${value}`),
              }))}
            />
          )}
        </Field>
      )}
    </>
  );
}

function Actions({ document, canWrite }: { document: ShopDocument; canWrite: boolean }) {
  const { t } = useTranslation();
  const act = useAct();
  const picker = useRef<HTMLInputElement>(null);
  const { now, problems, send } = useUploads();
  const { id, url, fileName } = document;
  const params = { id };
  const isRead = isBeingRead(document);
  const ask = (route: typeof routes.readDocumentAgain | typeof routes.cancelReading, done: string) =>
    act.run(async () => {
      await call(route, { params });
      await refreshDocuments();
    }, done);
  return (
    <div className="row-line document-actions">
      {canWrite && isRead ? (
        <Button
          loading={act.isBusy}
          onClick={() => void ask(routes.cancelReading, t("knowledge.documents.cancelled"))}
        >
          {t("knowledge.documents.cancel")}
        </Button>
      ) : null}
      {canWrite && !isRead ? (
        <Button
          loading={act.isBusy}
          icon={<Icon name="reopen" size={16} />}
          onClick={() => void ask(routes.readDocumentAgain, t("knowledge.documents.readingAgain"))}
        >
          {t("knowledge.documents.readAgain")}
        </Button>
      ) : null}
      {canWrite && url === null ? (
        <>
          <input
            ref={picker}
            type="file"
            hidden
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              event.target.value = "";
              if (file) void send([file], id);
            }}
          />
          <Button loading={now !== null} onClick={() => picker.current?.click()}>
            {t("knowledge.documents.replace")}
          </Button>
        </>
      ) : null}
      {url === null ? (
        <Button
          icon={<Icon name="download" size={16} />}
          onClick={() =>
            void act.run(() => download(routes.downloadOriginal, fileName ?? document.title, { params }))
          }
        >
          {t("knowledge.documents.original")}
        </Button>
      ) : (
        <Button href={url} target="_blank" rel="noopener noreferrer nofollow">
          {t("knowledge.documents.openPage")}
        </Button>
      )}
      {problems.map((problem) => (
        <p key={problem} className="problem" role="alert">
          {problem}
        </p>
      ))}
    </div>
  );
}
