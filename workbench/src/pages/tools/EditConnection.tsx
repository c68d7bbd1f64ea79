// A connected system as it may be changed: name, address, headers, sign-in. Tools, flows and calls stay.
import type { ConnectionDraft, ToolConnection } from "@yingda/contract";
import { Alert, Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { useAct } from "../../components/use-act.ts";
import { useLeave } from "../knowledge/editor/LeaveDialog.tsx";
import { TextLine, TextLines } from "./inputs.tsx";
import { refreshTools } from "./refresh-tools.ts";
import { SignInFields } from "./SignInFields.tsx";
import { authOf, needsSecretsAnew, secretsOf, signInOf } from "./sign-in.ts";

export function EditConnection({ connection, onClose }: { connection: ToolConnection; onClose: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [name, setName] = useState(connection.name);
  const [baseUrl, setBaseUrl] = useState(connection.baseUrl);
  const [headers, setHeaders] = useState(() =>
    Object.entries(connection.headers)
      .map(([header, value]) => `${header}: ${value}`)
      .join("\n"),
  );
  const [form, setForm] = useState(() => signInOf(connection.auth));
  const auth = authOf(form, connection);
  const written = JSON.stringify({ name, baseUrl, headers, form });
  const [opened] = useState(written);
  const leave = useLeave(written !== opened, onClose);
  const isAnew = needsSecretsAnew(connection, baseUrl, auth);
  const missing = secretsOf(form.signIn, connection.secretNames).filter(
    (each) => (form.secrets[each] ?? "") === "" && (isAnew || !connection.secretNames.includes(each)),
  );
  const dropped = connection.secretNames.filter(
    (each) => !secretsOf(form.signIn, connection.secretNames).includes(each),
  );
  const isWhole = auth !== null && missing.length === 0 && name.trim() !== "" && isWebAddress(baseUrl);
  const save = () =>
    act.run(async () => {
      if (auth === null) return;
      const { id, kind, application, version } = connection;
      const draft: ConnectionDraft = {
        name: name.trim(),
        kind,
        application,
        baseUrl: baseUrl.trim(),
        headers: headersIn(headers),
        auth,
        secrets: {
          ...Object.fromEntries(dropped.map((each) => [each, ""])),
          ...Object.fromEntries(Object.entries(form.secrets).filter(([, value]) => value !== "")),
        },
      };
      await call(routes.updateConnection, { params: { id }, body: { ...draft, version } });
      await refreshTools();
      onClose();
    }, t("tools.saved"));
  return (
    <Drawer
      open
      title={t("tools.editConnection", { name: connection.name })}
      size={640}
      mask={{ closable: false }}
      onClose={leave.close}
    >
      {leave.dialog}
      <div className="stack">
        <TextLine label={t("tools.form.system")} value={name} onChange={setName} />
        <TextLine
          label={t("tools.form.baseUrl")}
          hint={connection.kind === "http" ? t("tools.form.baseUrlHint") : undefined}
          value={baseUrl}
          onChange={setBaseUrl}
        />
        {isAnew ? <Alert type="warning" showIcon title={t("tools.addressChanged")} /> : null}
        <TextLines
          label={t("tools.form.headers")}
          hint={t("tools.form.headersHint")}
          value={headers}
          onChange={setHeaders}
        />
        <SignInFields form={form} kept={connection.secretNames} isAnew={isAnew} onChange={setForm} />
        <Button type="primary" disabled={!isWhole} loading={act.isBusy} onClick={() => void save()}>
          {t("common.save")}
        </Button>
      </div>
    </Drawer>
  );
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//iu.test(text.trim()) && URL.canParse(text.trim());
}

/** "name: value", one a line. */
function headersIn(text: string): Record<string, string> {
  const pairs = text.split("\n").flatMap((line): [string, string][] => {
    const [, header = "", value = ""] = /^([^:]+):(.*)$/u.exec(line) ?? [];
    return header.trim() === "" ? [] : [[header.trim(), value.trim()]];
  });
  return Object.fromEntries(pairs);
}
