// Tools from a description: an OpenAPI file or address, or an MCP server. First it is read, then one chooses.
import { type ConnectionDraft, type DescribedTools, toolBounds } from "@yingda/contract";
import { Alert, Button, Checkbox, Drawer, Input, Tag } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { Icon } from "../../components/Icon.tsx";
import { textOfFile } from "../../components/text-of-file.ts";
import { useAct } from "../../components/use-act.ts";
import { refreshTools } from "./refresh-tools.ts";

type Props = { kind: "openapi" | "mcp"; onClose: () => void; onDone: () => void };

export function DescribeSystem({ kind, onClose, onDone }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const [source, setSource] = useState("");
  const [key, setKey] = useState("");
  const [read, setRead] = useState<DescribedTools | null>(null);
  // "openapi: 3.0.0" is a scheme to whoever parses addresses
  const isAddress = /^https?:\/\/\S+$/iu.test(source.trim()) && URL.canParse(source.trim());
  const describe = () =>
    act.run(async () => {
      if (kind === "mcp") setRead(await call(routes.describeMcp, { body: mcpDraft(source.trim(), key) }));
      else {
        const body = isAddress ? { url: source.trim() } : { text: source };
        setRead(await call(routes.describeOpenApi, { body }));
      }
    });
  return (
    <Drawer
      open
      title={t(kind === "mcp" ? "tools.addMcp" : "tools.addOpenApi")}
      size={640}
      mask={{ closable: false }}
      onClose={onClose}
    >
      {read === null ? (
        <div className="stack">
          <Field label={t(`tools.describe.${kind}`)} hint={t(`tools.describe.${kind}Hint`)}>
            {(control) =>
              kind === "mcp" ? (
                <Input {...control} value={source} onChange={(event) => setSource(event.target.value)} />
              ) : (
                <Input.TextArea
                  {...control}
                  className="tool-lines"
                  rows={4}
                  spellCheck={false}
                  value={source}
                  onChange={(event) => setSource(event.target.value)}
                />
              )
            }
          </Field>
          {kind === "mcp" ? (
            <Field label={t("tools.describe.key")} hint={t("tools.describe.keyHint")}>
              {(control) => (
                <Input.Password
                  {...control}
                  autoComplete="off"
                  value={key}
                  onChange={(event) => setKey(event.target.value)}
                />
              )}
            </Field>
          ) : null}
          {kind === "openapi" ? <PickFile onText={(text) => setSource(text)} /> : null}
          <Button
            type="primary"
            loading={act.isBusy}
            disabled={kind === "mcp" ? !isAddress : source.trim() === ""}
            onClick={() => void describe()}
          >
            {t("tools.describe.read")}
          </Button>
        </div>
      ) : (
        <ChooseTools
          read={read}
          connection={kind === "mcp" ? mcpDraft(source.trim(), key) : null}
          onDone={onDone}
        />
      )}
    </Drawer>
  );
}

/** A description as a file: its text stands in the field, to be looked at before it is read. */
function PickFile({ onText }: { onText: (text: string) => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".yaml,.yml,.json,application/yaml,application/json,text/yaml"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file === undefined) return;
          void act.run(async () => {
            if (file.size > toolBounds.descriptionBytes)
              throw new ApiError("tool/description-too-large", 413);
            onText(await textOfFile(file));
          });
        }}
      />
      <Button
        icon={<Icon name="upload" size={16} />}
        loading={act.isBusy}
        onClick={() => picker.current?.click()}
      >
        {t("tools.describe.file")}
      </Button>
    </>
  );
}

function mcpDraft(address: string, key: string): ConnectionDraft {
  const name = URL.canParse(address) ? new URL(address).hostname : "MCP";
  const sentAs = { in: "header", name: "Authorization", prefix: "Bearer " } as const;
  return {
    name,
    kind: "mcp",
    application: null,
    baseUrl: address,
    headers: {},
    auth: key === "" ? { kind: "none" } : { kind: "key", sentAs },
    secrets: key === "" ? {} : { key },
  };
}

type ChooseProps = { read: DescribedTools; connection: ConnectionDraft | null; onDone: () => void };

function ChooseTools({ read, connection, onDone }: ChooseProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [names, setNames] = useState<readonly string[]>([]);
  const [baseUrl, setBaseUrl] = useState(read.baseUrl);
  const [who, setWho] = useState("");
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const { auth } = read;
  const needsName = auth.kind === "basic" || auth.kind === "oauth2";
  const connect = () =>
    act.run(async () => {
      const own: ConnectionDraft = connection ?? {
        name: read.title.slice(0, 120),
        kind: "http",
        application: null,
        baseUrl,
        headers: {},
        auth:
          auth.kind === "basic"
            ? { ...auth, username: who }
            : auth.kind === "oauth2"
              ? { ...auth, clientId: who }
              : auth,
        secrets,
      };
      const tools = read.tools.filter(({ name }) => names.includes(name));
      await call(routes.addConnection, { body: { connection: own, tools } });
      await refreshTools();
      onDone();
    }, t("tools.connected"));
  const isReady =
    names.length > 0 &&
    URL.canParse(baseUrl) &&
    (!needsName || who.trim() !== "") &&
    read.secretsNeeded.every((name) => (secrets[name] ?? "") !== "");
  return (
    <div className="stack">
      <h3 className="tool-part">{read.title}</h3>
      {connection === null ? (
        <Field label={t("tools.form.address")}>
          {(control) => (
            <Input {...control} value={baseUrl} onChange={(event) => setBaseUrl(event.target.value)} />
          )}
        </Field>
      ) : null}
      {needsName && connection === null ? (
        <Field label={t("tools.form.signName")}>
          {(control) => <Input {...control} value={who} onChange={(event) => setWho(event.target.value)} />}
        </Field>
      ) : null}
      {read.secretsNeeded.map((name) => (
        <Field key={name} label={t("tools.form.secret")} hint={name}>
          {(control) => (
            <Input.Password
              {...control}
              autoComplete="off"
              value={secrets[name] ?? ""}
              onChange={(event) => setSecrets({ ...secrets, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <p className="soft">{t("tools.describe.choose", { count: read.tools.length })}</p>
      <Checkbox.Group
        className="tool-choices"
        value={[...names]}
        onChange={(next) => setNames(next as string[])}
      >
        {read.tools.map(({ name, title, effect }) => (
          <Checkbox key={name} value={name}>
            {title} <code>{name}</code>{" "}
            <Tag color={effect === "change" ? "processing" : "default"}>{t(`tools.effect.${effect}`)}</Tag>
          </Checkbox>
        ))}
      </Checkbox.Group>
      {read.skipped.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t("tools.describe.skipped", { count: read.skipped.length })}
          description={read.skipped
            .slice(0, 8)
            .map(({ name, why }) => `${name} (${why})`)
            .join("; ")}
        />
      ) : null}
      <Button type="primary" disabled={!isReady} loading={act.isBusy} onClick={() => void connect()}>
        {t("tools.connect")}
      </Button>
    </div>
  );
}
