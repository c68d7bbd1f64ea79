// An HTTP tool by form: where it is, how one signs in, what is sent and what flows get out of the answer. Its rules (who may
// call it, whose data it reads) are set where a tool is changed.
import type { ConnectionDraft, ToolDraft } from "@yingda/contract";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { useAct } from "../../components/use-act.ts";
import { useLeave } from "../knowledge/editor/LeaveDialog.tsx";
import { Choose, TextLine, TextLines } from "./inputs.tsx";
import { refreshTools } from "./refresh-tools.ts";
import { SignInFields } from "./SignInFields.tsx";
import { authOf, noSignIn, secretsOf } from "./sign-in.ts";
import { addressParts, isNamed, newTool, readPicks } from "./tool-text.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

const empty = {
  system: "",
  name: "",
  title: "",
  address: "https://",
  method: "GET" as (typeof methods)[number],
  effect: "read" as "read" | "change",
  body: "",
  picks: "",
  idempotency: "",
  signIn: noSignIn,
};
type Draft = typeof empty;

export function HttpForm({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [draft, setDraft] = useState(empty);
  const read = readDraft(draft);
  const leave = useLeave(draft !== empty, onClose);
  const set = (change: Partial<Draft>) => setDraft((now) => ({ ...now, ...change }));
  const save = () =>
    act.run(async () => {
      if (read === null) return;
      await call(routes.addConnection, { body: read });
      await refreshTools();
      onDone();
    }, t("tools.connected"));
  const text = (key: "title" | "name" | "system" | "address" | "idempotency", hint?: string) => (
    <TextLine
      label={t(`tools.form.${key}`)}
      hint={hint}
      value={draft[key]}
      onChange={(value) => set({ [key]: value })}
    />
  );
  const area = (key: "body" | "picks", hint: string) => (
    <TextLines
      label={t(`tools.form.${key}`)}
      hint={hint}
      value={draft[key]}
      onChange={(value) => set({ [key]: value })}
    />
  );
  return (
    <Drawer open title={t("tools.addForm")} size={640} mask={{ closable: false }} onClose={leave.close}>
      {leave.dialog}
      <div className="stack">
        {text("title")}
        {text("name", t("tools.form.nameHint"))}
        {text("system")}
        {text("address", t("tools.form.addressHint"))}
        <div className="row-line">
          <Choose
            label={t("tools.form.method")}
            value={draft.method}
            values={methods}
            onChange={(method) => set({ method })}
          />
          <Choose
            label={t("tools.form.effect")}
            value={draft.effect}
            values={["read", "change"]}
            nameOf={(effect) => t(`tools.effect.${effect}`)}
            onChange={(effect) => set({ effect })}
          />
        </div>
        {draft.method === "GET" ? null : area("body", t("tools.form.bodyHint", { hole: "{{orderNumber}}" }))}
        {draft.effect === "change" ? text("idempotency", t("tools.form.idempotencyHint")) : null}
        {area("picks", t("tools.form.picksHint"))}
        <SignInFields form={draft.signIn} onChange={(signIn) => set({ signIn })} />
        <Button type="primary" disabled={read === null} loading={act.isBusy} onClick={() => void save()}>
          {t("common.save")}
        </Button>
      </div>
    </Drawer>
  );
}

/** What the form says, or null while something is missing. {name} in the address is a path or query input. */
function readDraft({ signIn, ...draft }: Draft) {
  const parts = addressParts(draft.address.trim());
  const picks = readPicks(draft.picks, []);
  const auth = authOf(signIn);
  const hasSecrets = secretsOf(signIn.signIn).every((name) => (signIn.secrets[name] ?? "") !== "");
  if (parts === null || draft.system.trim() === "" || picks.badLine !== null) return null;
  if (auth === null || !hasSecrets) return null;
  const hasBody = draft.method !== "GET" && draft.body.trim() !== "";
  const key = draft.effect === "change" ? draft.idempotency.trim() : "";
  if (!isNamed(draft)) return null;
  const tool: ToolDraft = {
    ...newTool,
    name: draft.name.trim(),
    title: draft.title.trim(),
    effect: draft.effect,
    call: {
      kind: "http",
      method: draft.method,
      path: parts.path,
      bodyAs: hasBody ? "json" : "none",
      body: hasBody ? draft.body : null,
    },
    parameters: parts.parameters,
    picks: picks.values,
    idempotency: key === "" ? null : { in: "header", name: key },
  };
  const connection: ConnectionDraft = {
    name: draft.system.trim(),
    kind: "http",
    application: null,
    baseUrl: parts.origin,
    headers: {},
    auth,
    secrets: signIn.secrets,
  };
  return { connection, tools: [tool] };
}
