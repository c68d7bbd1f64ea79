// What the shape of an application cannot say: every {part} is declared, nothing is declared twice or for nothing, and a read
// has no write in it. Called by the schema in application.ts, so that no wrong entry is ever read.

import type { ApplicationEntry, Operation } from "./application.ts";

export interface EntryProblem {
  path: (string | number)[];
  message: string;
}

/** Parts in {braces} of an address or a path, in reading order. */
export function partsOf(text: string): string[] {
  return [...text.matchAll(/\{([^{}]+)\}/gu)].map((found) => found[1] as string);
}

/** Empty when nothing is wrong. */
export function applicationProblems(entry: ApplicationEntry): EntryProblem[] {
  return [
    ...accountProblems(entry),
    ...doubled(entry.operations.map(({ id }) => id)).map((id) => ({
      path: ["operations"],
      message: `operation ${id} stands twice; give each its own id`,
    })),
    ...entry.operations.flatMap((operation, index) =>
      operationProblems(operation).map((message) => ({ path: ["operations", index, operation.id], message })),
    ),
  ];
}

function accountProblems(entry: ApplicationEntry): EntryProblem[] {
  const { signIn } = entry;
  const addresses = [entry.baseUrl, entry.mcp ?? "", ...Object.values(entry.headers)];
  if ("tokenUrl" in signIn) addresses.push(signIn.tokenUrl);
  if ("authorizeUrl" in signIn) addresses.push(signIn.authorizeUrl);
  if ("scopes" in signIn) addresses.push(...signIn.scopes);
  const fixed = entry.operations
    .flatMap(({ parameters }) => parameters.map(({ value }) => value))
    .filter((value) => typeof value === "string")
    .flatMap((value) =>
      [...value.matchAll(/\{([A-Za-z][A-Za-z0-9]*)\}/gu)].map((found) => found[1] as string),
    );
  const used = new Set([...addresses.flatMap(partsOf), ...fixed]);
  const declared = entry.account.map(({ key }) => key);
  return [
    ...[...used]
      .filter((key) => !declared.includes(key))
      .map((key) => ({ path: ["account"], message: `{${key}} is used but not declared` })),
    ...declared
      .filter((key) => !used.has(key))
      .map((key) => ({ path: ["account"], message: `${key} is declared but no address uses {${key}}` })),
    ...doubled(declared).map((key) => ({ path: ["account"], message: `${key} stands twice` })),
  ];
}

function operationProblems({ path, parameters, bodyAs, method }: Operation): string[] {
  const parts = partsOf(path);
  const inPath = parameters.filter((parameter) => parameter.in === "path");
  const body = parameters.filter((parameter) => parameter.in === "body");
  const named = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
  const problems = [
    ...parts
      .filter((part) => !inPath.some(({ name }) => name === part))
      .map((part) => `{${part}} in the path has no parameter`),
    ...inPath
      .filter(({ name }) => !parts.includes(name))
      .map(({ name }) => `path parameter ${name} is not in the path`),
    ...inPath
      .filter(({ required }) => !required)
      .map(({ name }) => `path parameter ${name} must be required`),
    ...doubled([...named, ...parts.map((part) => `part ${part}`)]).map((name) => `${name} stands twice`),
  ];
  if (method === "GET" && body.length > 0) problems.push("a GET has no body; use query parameters");
  if (body.length > 0 !== (bodyAs !== undefined))
    problems.push("bodyAs is given exactly when there are body parameters");
  if (body.length > 1 && body.some(({ name }) => name === "*"))
    problems.push("* is the whole body and stands alone");
  return problems;
}

function doubled(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
