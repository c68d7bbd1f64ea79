// Reads an OpenAPI description (3.0 or 3.1, YAML or JSON) into tools that can be chosen from: one per operation, its sign-in
// mapped. Pure; what cannot be read is named with the reason, and nothing is kept.

import { type DescribedTools, type ToolAuth, type ToolDraft, toolBounds, toolDraft } from "@yingda/contract";
import { parse as parseYaml } from "yaml";
import { AppError } from "../../../platform/errors.ts";
import { follow } from "./resolve.ts";
import { nameOf, parametersOf, picksOf } from "./schema-fields.ts";

type Json = Record<string, unknown>;

const methods = ["get", "post", "put", "patch", "delete"] as const;
/** Anchors that unfold into more than this are an attack, not a description. */
const mostAliases = 100;

/** @throws AppError tool/description-unreadable, tool/description-too-large */
export function readOpenApi(text: string, cameFrom: string | null): DescribedTools {
  if (Buffer.byteLength(text) > toolBounds.descriptionBytes)
    throw new AppError("tool/description-too-large", { details: { maxBytes: toolBounds.descriptionBytes } });
  const document = parsed(text);
  const version = String(document.openapi ?? document.swagger ?? "");
  if (!/^3\.[01](?:\.|$)/u.test(version))
    unreadable(version === "" ? "no-version" : `version ${version.slice(0, 20)}`);
  const operations = operationsOf(document);
  if (operations.length === 0) unreadable("no-operations");
  const base = baseOf(document, cameFrom);
  const prefix = prefixOf(document);
  const names = new Set<string>();
  const tools: ToolDraft[] = [];
  const skipped: DescribedTools["skipped"] = [];
  for (const operation of operations.slice(0, toolBounds.operations)) {
    const made = toolOf(document, operation, prefix, names);
    if ("why" in made) skipped.push(made);
    else tools.push(made);
  }
  for (const { method, path } of operations.slice(toolBounds.operations))
    skipped.push({ name: `${method.toUpperCase()} ${path}`.slice(0, 200), why: "too-many" });
  const auth = authOf(document, base);
  return { title: textOf(infoOf(document).title, 120) || prefix, baseUrl: base, ...auth, tools, skipped };
}

function parsed(text: string): Json {
  let value: unknown;
  try {
    value = /^\s*\{/u.test(text) ? JSON.parse(text) : parseYaml(text, { maxAliasCount: mostAliases });
  } catch (error) {
    throw new AppError("tool/description-unreadable", {
      details: { why: error instanceof Error ? error.message.split("\n")[0]?.slice(0, 200) : "" },
      cause: error,
    });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) unreadable("no-object");
  return value as Json;
}

function unreadable(why: string): never {
  throw new AppError("tool/description-unreadable", { details: { why } });
}

interface Operation {
  path: string;
  method: (typeof methods)[number];
  operation: Json;
  shared: unknown[];
}

function operationsOf(document: Json): Operation[] {
  const paths = typeof document.paths === "object" && document.paths !== null ? document.paths : {};
  return Object.entries(paths).flatMap(([path, given]) => {
    const item = follow(document, given);
    if (item === null) return [];
    return methods.flatMap((method): Operation[] => {
      const operation = follow(document, item[method]);
      const shared = Array.isArray(item.parameters) ? (item.parameters as unknown[]) : [];
      return operation === null ? [] : [{ path, method, operation, shared }];
    });
  });
}

function toolOf(
  document: Json,
  { path, method, operation, shared }: Operation,
  prefix: string,
  names: Set<string>,
): ToolDraft | { name: string; why: string } {
  const shown = `${method.toUpperCase()} ${path}`.slice(0, 200);
  const inputs = new Set<string>();
  const own = Array.isArray(operation.parameters) ? (operation.parameters as unknown[]) : [];
  const listed = new Map<string, Json>();
  for (const given of [...shared, ...own]) {
    const parameter = follow(document, given);
    if (parameter === null) return { name: shown, why: "reference" };
    listed.set(`${String(parameter.in)} ${String(parameter.name)}`, parameter);
  }
  const parameters = [...listed.values()].flatMap((parameter) => plainParameter(document, parameter, inputs));
  const body = bodyOf(document, operation);
  if (body === "unsupported") return { name: shown, why: "body" };
  if (body !== null) parameters.push(...parametersOf(document, body.schema, inputs));
  const answer = answerOf(document, operation);
  const draft = {
    name: toolName(prefix, textOf(operation.operationId, 60) || `${method} ${path}`, names),
    title: textOf(operation.summary, 120) || textOf(operation.operationId, 120) || shown.slice(0, 120),
    about: textOf(operation.description, 500),
    effect: method === "get" ? "read" : "change",
    call: { kind: "http", method: method.toUpperCase(), path, bodyAs: body?.as ?? "none" },
    parameters,
    picks: answer === null ? [] : picksOf(document, answer),
  };
  const checked = toolDraft.safeParse(draft);
  return checked.success
    ? checked.data
    : { name: shown, why: checked.error.issues[0]?.path.join(".") ?? "shape" };
}

function plainParameter(document: Json, parameter: Json, inputs: Set<string>): ToolDraft["parameters"] {
  const { name, in: where } = parameter;
  if (typeof name !== "string" || (where !== "path" && where !== "query" && where !== "header")) return [];
  if (/^(?:accept|content-type|authorization)$/iu.test(name)) return []; // OpenAPI: to be ignored
  const schema = follow(document, parameter.schema) ?? {};
  const input = nameOf(name, inputs);
  inputs.add(input);
  const type = schema.type === "integer" || schema.type === "number" ? "number" : "text";
  const value = schema.default;
  const isPlain = typeof value === "string" || typeof value === "number" || typeof value === "boolean";
  return [
    {
      name,
      in: where,
      isRequired: where === "path" || parameter.required === true,
      input,
      type: schema.type === "boolean" ? "yes-no" : type,
      about: textOf(parameter.description ?? schema.description, 300),
      ...(isPlain ? { value } : {}),
    },
  ];
}

function bodyOf(
  document: Json,
  operation: Json,
): { as: "json" | "form"; schema: unknown } | "unsupported" | null {
  if (operation.requestBody === undefined) return null;
  const content = (follow(document, operation.requestBody)?.content ?? {}) as Json;
  const json = Object.keys(content).find((type) => /\bjson\b|\+json/u.test(type));
  if (json !== undefined) return { as: "json", schema: schemaOf(document, content[json]) };
  const form = content["application/x-www-form-urlencoded"];
  if (form !== undefined) return { as: "form", schema: schemaOf(document, form) };
  return Object.keys(content).length === 0 ? null : "unsupported";
}

function answerOf(document: Json, operation: Json): unknown {
  const responses = (operation.responses ?? {}) as Json;
  const code = Object.keys(responses).find((each) => /^2/u.test(each)) ?? "default";
  const content = (follow(document, responses[code])?.content ?? {}) as Json;
  const json = Object.keys(content).find((type) => /\bjson\b|\+json/u.test(type));
  return json === undefined ? null : schemaOf(document, content[json]);
}

/** In YAML a kind of content without a word behind it is null. */
function schemaOf(document: Json, media: unknown): unknown {
  return follow(document, media)?.schema;
}

function baseOf(document: Json, cameFrom: string | null): string {
  const [server] = (Array.isArray(document.servers) ? document.servers : []) as Json[];
  const variables = (server?.variables ?? {}) as Record<string, Json>;
  const filled = String(server?.url ?? "/").replaceAll(/\{([^{}]+)\}/gu, (whole, name: string) =>
    String(variables[name]?.default ?? whole),
  );
  if (URL.canParse(filled) && /^https?:/u.test(filled)) return filled.replace(/\/+$/u, "");
  if (cameFrom !== null && URL.canParse(filled, cameFrom))
    return new URL(filled, cameFrom).href.replace(/\/+$/u, "");
  return "";
}

/** The first sign-in that can be entered; of several the owner can change it by hand. */
function authOf(document: Json, base: string): { auth: ToolAuth; secretsNeeded: string[] } {
  const schemes = ((document.components as Json | undefined)?.securitySchemes ?? {}) as Json;
  for (const given of Object.values(schemes)) {
    const scheme = follow(document, given);
    const auth = scheme === null ? null : authOfScheme(scheme, base);
    if (auth !== null) return auth;
  }
  return { auth: { kind: "none" }, secretsNeeded: [] };
}

function authOfScheme(scheme: Json, base: string): { auth: ToolAuth; secretsNeeded: string[] } | null {
  const bearer = { in: "header", name: "Authorization", prefix: "Bearer " } as const;
  if (scheme.type === "apiKey" && (scheme.in === "header" || scheme.in === "query")) {
    const sentAs = { in: scheme.in, name: textOf(scheme.name, 120), prefix: "" } as const;
    return { auth: { kind: "key", sentAs }, secretsNeeded: ["key"] };
  }
  if (scheme.type === "http" && scheme.scheme === "bearer")
    return { auth: { kind: "key", sentAs: bearer }, secretsNeeded: ["key"] };
  if (scheme.type === "http" && scheme.scheme === "basic")
    return { auth: { kind: "basic", username: "" }, secretsNeeded: ["password"] };
  const grant = (scheme.flows as Json | undefined)?.clientCredentials as Json | undefined;
  if (scheme.type === "oauth2" && typeof grant?.tokenUrl === "string") {
    const tokenUrl = URL.canParse(grant.tokenUrl, base || undefined)
      ? new URL(grant.tokenUrl, base || undefined).href
      : "";
    if (tokenUrl === "") return null;
    const scopes = Object.keys((grant.scopes ?? {}) as Json).slice(0, 40);
    return {
      auth: { kind: "oauth2", tokenUrl, clientId: "client-id", scopes, clientIn: "basic", sentAs: bearer },
      secretsNeeded: ["clientSecret"],
    };
  }
  return null;
}

function prefixOf(document: Json): string {
  const words =
    textOf(infoOf(document).title, 60)
      .toLowerCase()
      .match(/[a-z0-9]+/gu) ?? [];
  const prefix = words.slice(0, 2).join("-");
  return /^[a-z]/u.test(prefix) ? prefix.slice(0, 24) : "api";
}

/** "getOrderById" of "Pet Store" as "pet-store.get-order-by-id"; the same name again gets a number. */
export function toolName(prefix: string, operation: string, taken: Set<string>): string {
  const split = operation.replaceAll(/([a-z0-9])([A-Z])/gu, "$1 $2").toLowerCase();
  const words = split.match(/[a-z0-9]+/gu) ?? ["call"];
  const base = `${prefix}.${words.slice(0, 5).join("-").slice(0, 45)}`;
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}-${count}`;
  taken.add(name);
  return name;
}

function infoOf(document: Json): Json {
  return (document.info ?? {}) as Json;
}

function textOf(value: unknown, longest: number): string {
  return typeof value === "string" ? value.replace(/\s+/gu, " ").trim().slice(0, longest) : "";
}
