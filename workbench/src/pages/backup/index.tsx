// Backups, the recovery key (made, written down, asked back) and the change of data keys.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Progress, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, downloadLarge, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { Time } from "../../components/Time.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { useCan } from "../../live/session.ts";
import { bytesText } from "../inbox/thread/bytes-text.ts";
import { PasswordDialog } from "./PasswordDialog.tsx";
import { RecoveryKey } from "./RecoveryKey.tsx";

export default function BackupPage() {
  const { t } = useTranslation();
  const canKeys = useCan("keys-write");
  return (
    <Page title={t("backup.title")} lead={t("backup.lead")} width="narrow">
      <Backups />
      {canKeys ? <RecoveryKey /> : null}
      {canKeys ? <Rotation /> : null}
    </Page>
  );
}

function Backups() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const backups = useQuery({
    queryKey: queryKeys.backups,
    queryFn: () => call(routes.listBackups),
    refetchInterval: ({ state }) => (state.data?.running?.state === "running" ? 1_000 : false),
  });
  const start = () =>
    act.run(async () => {
      await call(routes.startBackup);
      await queries.invalidateQueries({ queryKey: queryKeys.backups });
    });
  const running = backups.data?.running?.state === "running" ? backups.data.running : null;
  const failed = backups.data?.running?.state === "failed" ? backups.data.running : null;
  return (
    <Section
      title={t("backup.title")}
      actions={
        <Button type="primary" loading={act.isBusy} disabled={running !== null} onClick={() => void start()}>
          {t("backup.start")}
        </Button>
      }
    >
      {running ? (
        <div role="status">
          <p className="soft">{t("backup.running")}</p>
          <Progress percent={Math.round(running.doneShare * 100)} aria-label={t("backup.running")} />
        </div>
      ) : null}
      {failed ? (
        <Alert
          type="error"
          showIcon
          title={t("backup.failed")}
          description={t("backup.failedText", { code: failed.code ?? "" })}
        />
      ) : null}
      {backups.isPending ? (
        <RowSkeletons count={3} height={56} />
      ) : backups.error ? (
        <ErrorState error={backups.error} onRetry={backups.refetch} />
      ) : (
        <>
          {backups.data.files.length === 0 && !running ? (
            <EmptyState isSmall icon="backup" title={t("backup.empty")} text={t("backup.emptyText")} />
          ) : null}
          <ul className="plain-list">
            {backups.data.files.map((file) => (
              <li key={file.name} className="spread">
                <div>
                  <strong>{file.name}</strong>{" "}
                  {file.isComplete ? null : <Tag color="warning">{t("backup.incomplete")}</Tag>}
                  <div className="soft">
                    {bytesText(file.sizeBytes)} · <Time at={file.at} />
                  </div>
                </div>
                <Button
                  icon={<Icon name="download" size={16} />}
                  disabled={!file.isComplete}
                  onClick={() =>
                    downloadLarge(routes.downloadBackup, file.name, { params: { name: file.name } })
                  }
                >
                  {t("common.download")}
                </Button>
              </li>
            ))}
          </ul>
          <p className="soft">
            {t("backup.folder")}: <code>{backups.data.folder}</code>
            {backups.data.nextAt ? (
              <>
                {" · "}
                {t("backup.next")} <Time at={backups.data.nextAt} style="full" />
              </>
            ) : null}
          </p>
          <p className="soft">{t("backup.restoreHint")}</p>
        </>
      )}
    </Section>
  );
}

function Rotation() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [isAsking, setAsking] = useState(false);
  const keys = useQuery({
    queryKey: queryKeys.keys,
    queryFn: () => call(routes.keyState),
    refetchInterval: ({ state }) => (state.data?.rotation?.state === "running" ? 1_000 : false),
  });
  const running = keys.data?.rotation?.state === "running" ? keys.data.rotation : null;
  return (
    <Section title={t("backup.rotate")} lead={t("backup.rotateLead")}>
      {keys.data?.newestKeyAt ? (
        <p className="soft">
          {t("backup.keyAge")} <Time at={keys.data.newestKeyAt} />
        </p>
      ) : null}
      {running ? (
        <div role="status">
          <p className="soft">{t("backup.rotating")}</p>
          <Progress percent={Math.round(running.doneShare * 100)} aria-label={t("backup.rotating")} />
        </div>
      ) : (
        <Button onClick={() => setAsking(true)}>{t("backup.rotateStart")}</Button>
      )}
      <PasswordDialog
        isOpen={isAsking}
        title={t("backup.rotate")}
        onClose={() => setAsking(false)}
        act={async (password) => {
          await call(routes.rotateKeys, { body: { password } });
          await queries.invalidateQueries({ queryKey: queryKeys.keys });
        }}
      />
    </Section>
  );
}
