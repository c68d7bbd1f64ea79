// An application of the catalogue as something to connect: what to enter, and the system with its tools that comes of it.
// What a form cannot sign in to is said so: an access token from their site can be pasted, a signed request needs more.

import type { CatalogueEntry, ConnectionDraft, ToolAuth, ToolDraft } from "@yingda/contract";
import { AppError } from "../../../platform/errors.ts";
import { toolName } from "../openapi/read-openapi.ts";
import { nameOf } from "../openapi/schema-fields.ts";
import { type Application, familyNames, type Operation, type SignIn } from "./index.ts";

/** Inputs that logs never show. */
const personal = /phone|mobile|mail|address|id.?card|passport/iu;

type EntryField = CatalogueEntry["fields"][number];
const secret = (key: string, zh: string, en: string): EntryField => ({
  key,
  name: { zh, en },
  example: "",
  isSecret: true,
});

export function presentApplication(application: Application): CatalogueEntry {
  const { id, name, family, region, gives, documentation, mcp, operations, tried } = application;
  return {
    id,
    name,
    family,
    familyName: familyNames[family],
    region,
    gives,
    documentation,
    signIn: howToSignIn(application.signIn),
    fields: [
      ...application.account.map(({ key, name: shown, example }) => ({
        key,
        name: shown,
        example,
        isSecret: false,
      })),
      ...secretFields(application.signIn),
    ],
    mcp,
    operations: operations.map(({ id: operation, purpose, effect }) => ({
      id: operation,
      purpose,
      effect: effect === "read" ? "read" : "change",
    })),
    tried,
  };
}

function howToSignIn({ kind }: SignIn): CatalogueEntry["signIn"] {
  if (kind === "signed-request" || kind === "secret-address") return "signer";
  return kind === "oauth2-authorization-code" ? "token" : "form";
}

function secretFields(signIn: SignIn): EntryField[] {
  switch (signIn.kind) {
    case "api-key-header":
      return [secret("key", signIn.enter?.zh ?? "密钥", signIn.enter?.en ?? "Key")];
    case "basic":
      return [
        { key: "username", name: signIn.username, example: "", isSecret: false },
        { key: "password", name: signIn.password, example: "", isSecret: true },
      ];
    case "oauth2-client-credentials":
      return [
        { key: "clientId", name: { zh: "客户端 ID", en: "Client ID" }, example: "", isSecret: false },
        secret("clientSecret", "客户端密钥", "Client secret"),
      ];
    case "oauth2-authorization-code":
      return [secret("key", "访问令牌", "Access token")];
    case "app-token":
      return signIn.credentials
        .filter(({ value }) => value === undefined)
        .map(({ name }) => secret(name, name, name));
    case "signed-request":
    case "secret-address":
      return [];
  }
}

/** @throws AppError tool/not-supported where a signer is needed, tool/input-missing for a blank left empty */
export function connectApplication(
  application: Application,
  given: Record<string, string>,
): { connection: ConnectionDraft; tools: ToolDraft[] } {
  if (howToSignIn(application.signIn) === "signer")
    throw new AppError("tool/not-supported", { details: { application: application.id } });
  const entered = (key: string): string => {
    const value = Object.hasOwn(given, key) ? given[key]?.trim() : undefined;
    if (value === undefined || value === "")
      throw new AppError("tool/input-missing", { details: { input: key } });
    return value;
  };
  const fill = (text: string, encode: (value: string) => string = encodeURIComponent): string =>
    application.account.reduce((filled, { key }) => {
      const blank = `{${key}}`;
      return filled.includes(blank) ? filled.replaceAll(blank, encode(entered(key))) : filled;
    }, text);
  const host = (value: string) => value.replace(/^https?:\/\//u, "").replace(/[^A-Za-z0-9.\-_:~/]/gu, "");
  const { auth, secrets } = authOf(application.signIn, entered, (text) => fill(text, host));
  const baseUrl = fill(application.baseUrl, host).replace(/\/+$/u, "");
  if (!URL.canParse(baseUrl)) throw new AppError("tool/input-missing", { details: { input: "address" } });
  const headers = Object.fromEntries(
    Object.entries(application.headers).map(([name, value]) => [name, fill(value, (text) => text)]),
  );
  const connection: ConnectionDraft = {
    name: application.name.zh,
    kind: "http",
    application: application.id,
    baseUrl,
    headers,
    auth,
    secrets,
  };
  const names = new Set<string>();
  const tools = application.operations.map((operation) => toolOf(application, operation, names, fill));
  return { connection, tools };
}

function authOf(
  signIn: SignIn,
  entered: (key: string) => string,
  fill: (text: string) => string,
): { auth: ToolAuth; secrets: Record<string, string> } {
  const bearer = { in: "header", name: "Authorization", prefix: "Bearer " } as const;
  switch (signIn.kind) {
    case "api-key-header": {
      const sentAs = { in: "header", name: signIn.header, prefix: signIn.prefix ?? "" } as const;
      return { auth: { kind: "key", sentAs }, secrets: { key: entered("key") } };
    }
    case "basic":
      return {
        auth: { kind: "basic", username: entered("username") },
        secrets: { password: entered("password") },
      };
    case "oauth2-client-credentials":
      return {
        auth: {
          kind: "oauth2",
          tokenUrl: fill(signIn.tokenUrl),
          clientId: entered("clientId"),
          scopes: signIn.scopes,
          clientIn: "basic",
          sentAs: plainSentAs(signIn.sentAs) ?? bearer,
        },
        secrets: { clientSecret: entered("clientSecret") },
      };
    case "oauth2-authorization-code":
      return {
        auth: { kind: "key", sentAs: plainSentAs(signIn.sentAs) ?? bearer },
        secrets: { key: entered("key") },
      };
    case "app-token": {
      const fixed = signIn.credentials.flatMap(({ name, value }) =>
        value === undefined ? [] : [[name, value]],
      );
      const open = signIn.credentials.filter(({ value }) => value === undefined);
      const sentAs = plainSentAs(signIn.sentAs);
      if (sentAs === null) throw new AppError("tool/not-supported");
      return {
        auth: {
          kind: "app-token",
          tokenUrl: fill(signIn.tokenUrl),
          method: signIn.tokenMethod,
          fixed: Object.fromEntries(fixed),
          tokenAt: signIn.tokenAt,
          sentAs,
        },
        secrets: Object.fromEntries(open.map(({ name }) => [name, entered(name)])),
      };
    }
    case "signed-request":
    case "secret-address":
      throw new AppError("tool/not-supported");
  }
}

function plainSentAs(sentAs: { in: string; name: string; prefix?: string | undefined } | undefined) {
  if (sentAs === undefined) return null;
  const { in: where, name, prefix = "" } = sentAs;
  if (where !== "header" && where !== "query")
    throw new AppError("tool/not-supported", { details: { where } });
  return { in: where, name, prefix } as const;
}

function toolOf(
  application: Application,
  operation: Operation,
  names: Set<string>,
  fill: (text: string, encode?: (text: string) => string) => string,
): ToolDraft {
  const inputs = new Set<string>();
  const parameters = operation.parameters.map(({ name, in: where, required, about, value }) => {
    const fixed = typeof value === "string" ? fill(value, (text) => text) : value;
    const input = value === undefined ? nameOf(name, inputs) : null;
    if (input !== null) inputs.add(input);
    return {
      name,
      in: where,
      isRequired: required,
      input,
      type: "text" as const,
      about: about?.zh ?? "",
      ...(fixed === undefined ? {} : { value: fixed }),
    };
  });
  const isPersonal = operation.identity !== "none";
  const isLogin = operation.identity === "site-login";
  return {
    name: toolName(application.id.slice(0, 30), operation.id, names),
    title: operation.purpose.zh.slice(0, 120),
    about: operation.purpose.en.slice(0, 500),
    effect: operation.effect === "read" ? "read" : "change",
    isOn: true,
    call: {
      kind: "http",
      method: operation.method,
      path: fill(operation.path),
      bodyAs: parameters.some(({ in: where }) => where === "body") ? (operation.bodyAs ?? "json") : "none",
      body: null,
    },
    parameters,
    picks: [],
    flows: null,
    inboxes: null,
    timeoutMs: 8_000,
    idempotency: null,
    identity: isPersonal ? (isLogin ? "site-login" : "code") : "none",
    modelMayCall: false,
    redact: parameters.flatMap(({ input }) => (input !== null && personal.test(input) ? [input] : [])),
  };
}
