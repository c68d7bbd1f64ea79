// The recovery key: shown once, then asked back, so that it is really on paper before we believe it.
import { useQueryClient } from "@tanstack/react-query";
import { Button, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { Section } from "../../components/Page.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { useMe } from "../../live/session.ts";
import { PasswordDialog } from "./PasswordDialog.tsx";

export function RecoveryKey() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const [shown, setShown] = useState<string | null>(null);
  const [isWritten, setWritten] = useState(false);
  const [typed, setTyped] = useState("");
  const confirm = async () => {
    const isDone = await act.run(
      () => call(routes.confirmRecoveryKey, { body: { recoveryKey: typed } }),
      t("backup.confirmed"),
    );
    if (!isDone) return;
    setShown(null);
    setTyped("");
    setWritten(false);
    await Promise.all(
      [queryKeys.me, queryKeys.firstSteps, queryKeys.keys].map((queryKey) =>
        queries.invalidateQueries({ queryKey }),
      ),
    );
  };
  return (
    <Section
      title={t("backup.recovery")}
      lead={t("backup.recoveryLead")}
      actions={
        <Tag color={me.recoveryKeyConfirmed ? "success" : "warning"}>
          {me.recoveryKeyConfirmed ? t("backup.recoveryOk") : t("backup.recoveryMissing")}
        </Tag>
      }
    >
      {shown === null ? (
        <Button type={me.recoveryKeyConfirmed ? "default" : "primary"} onClick={() => setAsking(true)}>
          {me.recoveryKeyConfirmed ? t("backup.makeAgain") : t("backup.make")}
        </Button>
      ) : isWritten ? (
        <>
          <Field label={t("backup.confirmLabel")}>
            {(control) => (
              <Input
                {...control}
                autoFocus
                autoComplete="off"
                spellCheck={false}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
                onPressEnter={() => void confirm()}
              />
            )}
          </Field>
          <div className="row-line">
            <Button
              type="primary"
              loading={act.isBusy}
              disabled={typed.trim() === ""}
              onClick={() => void confirm()}
            >
              {t("common.confirm")}
            </Button>
            <Button onClick={() => setWritten(false)}>{t("common.back")}</Button>
          </div>
        </>
      ) : (
        <>
          <p>{t("backup.shownOnce")}</p>
          <p className="secret-box">{shown}</p>
          <Button type="primary" onClick={() => setWritten(true)}>
            {t("backup.written")}
          </Button>
        </>
      )}
      <PasswordDialog
        isOpen={isAsking}
        title={t("backup.make")}
        onClose={() => setAsking(false)}
        act={async (password) =>
          setShown((await call(routes.makeRecoveryKey, { body: { password } })).recoveryKey)
        }
      />
    </Section>
  );
}
