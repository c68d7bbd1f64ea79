// An HTTP tool by form: where it is, how one signs in, what is sent and what flows get out of the answer.
import { type ToolAuth, toolDraft } from "@yingda/contract";
import { Button, Drawer, Input, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { useAct } from "../../components/use-act.ts";
import { refreshTools } from "./refresh-tools.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const signIns = ["none", "bearer", "header", "basic", "oauth2"] as const;

type ToolParameterDraft = {
  name: string;
  in: "query";
  isRequired: boolean;
  input: string | null;
  value?: string;
};

interface Draft {
  system: string;
  name: string;
  title: string;
  address: string;
  method: (typeof methods)[number];
  effect: "read" | "change";
  body: string;
  picks: string;
  signIn: (typeof signIns)[number];
  signName: string;
  tokenUrl: string;
  secret: string;
  idempotency: string;
}

const empty: Draft = {
  system: "",
  name: "",
  title: "",
  address: "https://",
  method: "GET",
  effect: "read",
  body: "",
  picks: "",
  signIn: "none",
  signName: "",
  tokenUrl: "",
  secret: "",
  idempotency: "",
};

export function HttpForm({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [draft, setDraft] = useState(empty);
  const read = readDraft(draft);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = () =>
    act.run(async () => {
      if (read === null) return;
      await call(routes.addConnection, { body: read });
      await refreshTools();
      onDone();
    }, t("tools.connected"));
  const text = (key: keyof Draft, hint?: string) => (
    <Field label={t(`tools.form.${key}`)} hint={hint}>
      {(control) => (
        <Input {...control} value={draft[key]} onChange={(event) => set({ [key]: event.target.value })} />
      )}
    </Field>
  );
  const area = (key: "body" | "picks", hint: string) => (
    <Field label={t(`tools.form.${key}`)} hint={hint}>
      {(control) => (
        <Input.TextArea
          {...control}
          autoSize={{ minRows: 3, maxRows: 12 }}
          value={draft[key]}
          onChange={(event) => set({ [key]: event.target.value })}
        />
      )}
    </Field>
  );
  return (
    <Drawer open title={t("tools.addForm")} size={640} mask={{ closable: false }} onClose={onClose}>
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
        <Choose
          label={t("tools.form.signIn")}
          value={draft.signIn}
          values={signIns}
          nameOf={(signIn) => t(`tools.signIn.${signIn}`)}
          onChange={(signIn) => set({ signIn })}
        />
        {draft.signIn === "header" || draft.signIn === "basic" || draft.signIn === "oauth2"
          ? text("signName")
          : null}
        {draft.signIn === "oauth2" ? text("tokenUrl") : null}
        {draft.signIn === "none" ? null : (
          <Field label={t("tools.form.secret")} hint={t("tools.form.secretHint")}>
            {(control) => (
              <Input.Password
                {...control}
                autoComplete="off"
                value={draft.secret}
                onChange={(event) => set({ secret: event.target.value })}
              />
            )}
          </Field>
        )}
        <Button type="primary" disabled={read === null} loading={act.isBusy} onClick={() => void save()}>
          {t("common.save")}
        </Button>
      </div>
    </Drawer>
  );
}

type ChooseProps<Value extends string> = {
  label: string;
  value: Value;
  values: readonly Value[];
  nameOf?: (value: Value) => string;
  onChange: (value: Value) => void;
};

function Choose<Value extends string>({
  label,
  value,
  values,
  nameOf = String,
  onChange,
}: ChooseProps<Value>) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          value={value}
          options={values.map((each) => ({ value: each, label: nameOf(each) }))}
          onChange={(next: Value) => onChange(next)}
        />
      )}
    </Field>
  );
}

/** What the form says, or null while something is missing. {name} in the address is a path or query input. */
function readDraft(draft: Draft) {
  const probe = draft.address.replaceAll(/\{[^{}]*\}/gu, "x");
  if (!URL.canParse(probe) || draft.title.trim() === "" || draft.system.trim() === "") return null;
  const { origin } = new URL(probe);
  const rest = draft.address.slice(
    draft.address.indexOf("/", 8) === -1 ? draft.address.length : draft.address.indexOf("/", 8),
  );
  const [path = "/", query = ""] = rest.split("?");
  const inPath = [...path.matchAll(/\{([^{}]+)\}/gu)].map(([, name = ""]) => ({
    name,
    in: "path" as const,
    isRequired: true,
    input: name,
  }));
  const inQuery = query.split("&").flatMap((pair): ToolParameterDraft[] => {
    const [name = "", value = ""] = pair.split("=");
    if (name === "") return [];
    const input = /^\{([^{}]+)\}$/u.exec(value)?.[1];
    return input === undefined
      ? [{ name, in: "query", isRequired: false, input: null, value }]
      : [{ name, in: "query", isRequired: false, input }];
  });
  const picks = draft.picks.split("\n").flatMap((line) => {
    const [name = "", at = ""] = line.split("=").map((part) => part.trim());
    return name === "" ? [] : [{ name, at }];
  });
  const tool = toolDraft.safeParse({
    name: draft.name.trim(),
    title: draft.title.trim(),
    effect: draft.effect,
    call: {
      kind: "http",
      method: draft.method,
      path: path === "" ? "/" : path,
      bodyAs: draft.method === "GET" || draft.body.trim() === "" ? "none" : "json",
      body: draft.method === "GET" || draft.body.trim() === "" ? null : draft.body,
    },
    parameters: [...inPath, ...inQuery],
    picks,
    idempotency: draft.idempotency.trim() === "" ? null : { in: "header", name: draft.idempotency.trim() },
  });
  const signIn = authOf(draft);
  if (!tool.success || signIn === null) return null;
  const connection = { name: draft.system.trim(), kind: "http" as const, baseUrl: origin, ...signIn };
  return { connection, tools: [tool.data] };
}

function authOf({
  signIn,
  signName,
  tokenUrl,
  secret,
}: Draft): { auth: ToolAuth; secrets: Record<string, string> } | null {
  const bearer = { in: "header", name: "Authorization", prefix: "Bearer " } as const;
  const name = signName.trim();
  if (signIn === "none") return { auth: { kind: "none" }, secrets: {} };
  if (secret === "") return null;
  if (signIn === "bearer") return { auth: { kind: "key", sentAs: bearer }, secrets: { key: secret } };
  if (name === "") return null;
  if (signIn === "header")
    return { auth: { kind: "key", sentAs: { in: "header", name, prefix: "" } }, secrets: { key: secret } };
  if (signIn === "basic") return { auth: { kind: "basic", username: name }, secrets: { password: secret } };
  if (!URL.canParse(tokenUrl)) return null;
  const auth = {
    kind: "oauth2",
    tokenUrl,
    clientId: name,
    scopes: [],
    clientIn: "basic",
    sentAs: bearer,
  } as const;
  return { auth: { ...auth, scopes: [] }, secrets: { clientSecret: secret } };
}
