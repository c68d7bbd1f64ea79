// Trying a tool: fill its inputs, see what would be sent (secrets masked), and for a tool that only reads what comes back.
import { useMutation } from "@tanstack/react-query";
import type { ShopTool, ToolTest } from "@yingda/contract";
import { Alert, Button, Drawer, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { errorText } from "../../components/error-text.ts";
import { Field } from "../../components/Field.tsx";
import { errorSentence } from "./error-sentence.ts";
import { refreshTools } from "./refresh-tools.ts";

export function TestTool({ tool, onClose }: { tool: ShopTool; onClose: () => void }) {
  const { t } = useTranslation();
  const [input, setInput] = useState<Record<string, string>>({});
  const trial = useMutation({
    mutationFn: (isLive: boolean) => {
      const given = Object.fromEntries(Object.entries(input).filter(([, value]) => value !== ""));
      return call(routes.testTool, { params: { id: tool.id }, body: { input: given, isLive } });
    },
    onSuccess: () => refreshTools(),
  });
  const inputs = inputsOf(tool);
  return (
    <Drawer open title={t("tools.tryTitle", { name: tool.title })} size={640} onClose={onClose}>
      <div className="stack">
        {tool.about ? <p className="soft">{tool.about}</p> : null}
        {inputs.map(({ name, about, isRequired }) => (
          <Field key={name} label={isRequired ? `${name} *` : name} hint={about}>
            {(control) => (
              <Input
                {...control}
                value={input[name] ?? ""}
                onChange={(event) => setInput({ ...input, [name]: event.target.value })}
              />
            )}
          </Field>
        ))}
        <div className="row-line">
          <Button loading={trial.isPending} onClick={() => trial.mutate(false)}>
            {t("tools.dryRun")}
          </Button>
          {tool.effect === "read" ? (
            <Button type="primary" loading={trial.isPending} onClick={() => trial.mutate(true)}>
              {t("tools.liveTest")}
            </Button>
          ) : (
            <span className="soft">{t("tools.changeIsNotTested")}</span>
          )}
        </div>
        {trial.error ? <Alert type="error" showIcon title={errorText(trial.error, t)} /> : null}
        {trial.data ? <Outcome test={trial.data} /> : null}
      </div>
    </Drawer>
  );
}

function Outcome({ test: { request, reply } }: { test: ToolTest }) {
  const { t } = useTranslation();
  return (
    <div className="stack" aria-live="polite">
      {reply === null ? null : reply.error === null ? (
        <Alert type="success" showIcon title={t("tools.worked", { ms: Math.round(reply.tookMs) })} />
      ) : (
        <Alert
          type="error"
          showIcon
          title={errorSentence(reply.error.code, t, reply.error.detail)}
          description={reply.status === null ? undefined : `HTTP ${reply.status}`}
        />
      )}
      {reply && Object.keys(reply.fields).length > 0 ? (
        <Shown title={t("tools.fieldsGiven")} text={JSON.stringify(reply.fields, null, 2)} />
      ) : null}
      <Shown
        title={t("tools.sent")}
        text={[
          `${request.method} ${request.url}`,
          ...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
          ...(request.body === null ? [] : ["", request.body]),
        ].join("\n")}
      />
      {reply?.excerpt ? <Shown title={t("tools.cameBack")} text={reply.excerpt} /> : null}
    </div>
  );
}

export function Shown({ title, text }: { title: string; text: string }) {
  return (
    <section aria-label={title}>
      <h3 className="tool-part">{title}</h3>
      <pre className="tool-text">{text}</pre>
    </section>
  );
}

interface AskedInput {
  name: string;
  about: string;
  isRequired: boolean;
}

function inputsOf({ parameters, call: how }: ShopTool): AskedInput[] {
  const own = parameters.flatMap(({ input, about, isRequired, value }): AskedInput[] =>
    input === null ? [] : [{ name: input, about, isRequired: isRequired && value === undefined }],
  );
  const body = how.kind === "http" ? (how.body ?? "") : "";
  const holes = [...body.matchAll(/\{\{\s*([A-Za-z][\w-]*)\s*\}\}/gu)].map(([, name = ""]) => name);
  const known = new Set(own.map(({ name }) => name));
  const more = [...new Set(holes)].filter((name) => !known.has(name));
  return [...own, ...more.map((name) => ({ name, about: "", isRequired: false }))];
}
