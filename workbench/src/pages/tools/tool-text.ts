// What a tool sends and takes, as lines that a person can write:
//   query status = {orderStatus} *        an input of the flow; * must be there; a type may follow ("number", "yes-no")
//   header X-Version = 2                  the same with every call
//   total = data.pay money                what flows get: name, place, type
//   status = data.state text WAIT=paid    their codes in ours
// A line that nobody changed is the very value it was written from, with all that lines do not show.
//
// Checked by hand: the workbench carries no parser (vite.config.ts), and the server checks again.
import { type ToolDraft, type ToolParameter, type ToolPick, toolValueTypes } from "@yingda/contract";

const field = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/u;
const flowName = /^[a-z][a-z0-9]*(?:[.-][a-z0-9]+){0,6}$/u;
const parameterTypes = ["text", "number", "yes-no"] as const;

/** `badLine` counts from 1; null: all could be read. */
export type Lines<T> = { values: T[]; badLine: number | null };

export function parameterLine({ name, in: where, isRequired, input, value, type }: ToolParameter): string {
  const given = input === null ? String(value ?? "") : `{${input}}`;
  const more = [type === "text" ? "" : type, isRequired && input !== null ? "*" : ""];
  return [where, name, "=", given, ...more].filter((part) => part !== "").join(" ");
}

export function pickLine({ name, at, type, codes }: ToolPick): string {
  const all = Object.entries(codes).map(([theirs, ours]) => `${theirs}=${ours}`);
  return [`${name} =`, at, type === "text" && all.length === 0 ? "" : type, ...all]
    .filter((part) => part !== "")
    .join(" ");
}

export function readParameters(text: string, before: readonly ToolParameter[]): Lines<ToolParameter> {
  return readLines(text, before, parameterLine, (line) => {
    const [, where, name, rest = ""] = /^(path|query|header|body)\s+(\S+)\s*=\s*(.*)$/u.exec(line) ?? [];
    const known = before.find((each) => each.name === name && each.in === where);
    const given = givenIn(rest, where === "path");
    return name === undefined || !isPlace(where) || given === undefined
      ? undefined
      : { name, in: where, about: known?.about ?? "", ...given };
  });
}

export function readPicks(text: string, before: readonly ToolPick[]): Lines<ToolPick> {
  return readLines(text, before, pickLine, (line) => {
    const [, name, rest = ""] = /^([^\s=]+)\s*=\s*(.*)$/u.exec(line) ?? [];
    const [at = "", type, ...codes] = rest.split(/\s+/u);
    const pairs = codes.map((code) => code.split("="));
    if (pairs.some(({ length }) => length !== 2)) return undefined;
    const known = toolValueTypes.find((each) => each === (type || "text"));
    if (name === undefined || !field.test(name) || known === undefined) return undefined;
    return { name, at, type: known, codes: Object.fromEntries(pairs) as Record<string, string> };
  });
}

function isPlace(where: string | undefined): where is ToolParameter["in"] {
  return where === "path" || where === "query" || where === "header" || where === "body";
}

/** "{orderNumber} number *", or what is sent as it stands. */
function givenIn(
  rest: string,
  isPath: boolean,
): Pick<ToolParameter, "input" | "isRequired" | "type" | "value"> | undefined {
  const [, named, more = ""] = /^\{([^{}]+)\}(.*)$/u.exec(rest) ?? [];
  if (named === undefined) return { input: null, value: rest, isRequired: false, type: "text" };
  const input = named.trim();
  const marks = more.split(/\s+/u).filter((mark) => mark !== "" && mark !== "*");
  const type = parameterTypes.find((each) => each === (marks[0] ?? "text"));
  if (!field.test(input) || marks.length > 1 || type === undefined) return undefined;
  return { input, isRequired: isPath || more.includes("*"), type };
}

function readLines<T>(
  text: string,
  before: readonly T[],
  write: (value: T) => string,
  read: (line: string) => T | undefined,
): Lines<T> {
  const values: T[] = [];
  let badLine: number | null = null;
  for (const [at, each] of text.split("\n").entries()) {
    const line = each.trim();
    if (line === "") continue;
    const value = before.find((known) => write(known) === line) ?? read(line);
    if (value === undefined) badLine ??= at + 1;
    else values.push(value);
  }
  return { values, badLine };
}

/** Parameters that an address with {values} names: in its path, and in what stands behind the question mark. */
export function addressParts(
  address: string,
): { origin: string; path: string; parameters: ToolParameter[] } | null {
  const probe = address.replaceAll(/\{[^{}]*\}/gu, "x");
  if (!URL.canParse(probe)) return null;
  const start = address.indexOf("/", address.indexOf("//") + 2);
  const [path = "", query = ""] = (start < 0 ? "" : address.slice(start)).split("?");
  const inPath = [...path.matchAll(/\{([^{}]+)\}/gu)].map(([, name = ""]) => `path ${name} = {${name}} *`);
  const inQuery = query.split("&").filter((pair) => pair !== "");
  const lines = [...inPath, ...inQuery.map((pair) => `query ${pair.replace("=", " = ")}`)];
  const { values } = readParameters(lines.join("\n"), []);
  return { origin: new URL(probe).origin, path: path === "" ? "/" : path, parameters: values };
}

/** A tool as it stands in a form. */
export type ToolForm = Pick<
  ToolDraft,
  "name" | "title" | "about" | "effect" | "flows" | "inboxes" | "identity" | "redact"
> & {
  method: Extract<ToolDraft["call"], { kind: "http" }>["method"];
  path: string;
  bodyAs: "none" | "json" | "form";
  body: string;
  parameters: string;
  picks: string;
  seconds: number;
  keyIn: "none" | "header" | "body";
  keyName: string;
};

export function formOf(tool: ToolDraft): ToolForm {
  const { name, title, about, effect, flows, inboxes, identity, redact, call, idempotency } = tool;
  const how =
    call.kind === "http" ? call : { method: "POST" as const, path: "/", bodyAs: "json" as const, body: null };
  return {
    ...{ name, title, about, effect, flows, inboxes, identity, redact },
    method: how.method,
    path: how.path,
    bodyAs: how.bodyAs,
    body: how.body ?? "",
    parameters: tool.parameters.map(parameterLine).join("\n"),
    picks: tool.picks.map(pickLine).join("\n"),
    seconds: tool.timeoutMs / 1_000,
    keyIn: idempotency?.in ?? "none",
    keyName: idempotency?.name ?? "",
  };
}

/** What a tool is called and how flows name it can be kept. */
export function isNamed({ name, title }: Pick<ToolDraft, "name" | "title">): boolean {
  return title.trim() !== "" && flowName.test(name.trim());
}

/** What flows get, and the way of calling it, of a tool that the form makes from nothing. */
export const newTool: Omit<ToolDraft, "name" | "title" | "effect" | "call"> = {
  about: "",
  isOn: true,
  parameters: [],
  picks: [],
  flows: null,
  inboxes: null,
  timeoutMs: 8_000,
  idempotency: null,
  identity: "none",
  modelMayCall: false,
  redact: [],
};

/** A changed tool; undefined while something cannot be read. */
export function draftOf(
  form: ToolForm,
  was: ToolDraft,
): { draft: ToolDraft | undefined; badParameter: number | null; badPick: number | null } {
  const sent = readParameters(form.parameters, was.parameters);
  const taken = readPicks(form.picks, was.picks);
  const { method, bodyAs, keyIn, keyName, title, name, about, effect, flows, inboxes, identity, redact } =
    form;
  const path = form.path.trim();
  const body = bodyAs === "none" || form.body.trim() === "" ? null : form.body;
  const key = keyName.trim();
  const isWhole =
    sent.badLine === null &&
    taken.badLine === null &&
    isNamed(form) &&
    path.startsWith("/") &&
    (keyIn === "none" || key !== "");
  const draft: ToolDraft = {
    name: name.trim(),
    title: title.trim(),
    about: about.trim(),
    effect,
    isOn: was.isOn,
    call: was.call.kind === "http" ? { kind: "http", method, path, bodyAs, body } : was.call,
    parameters: sent.values,
    picks: taken.values,
    flows,
    inboxes,
    timeoutMs: Math.round(form.seconds * 1_000),
    idempotency: keyIn === "none" ? null : { in: keyIn, name: key },
    identity,
    modelMayCall: was.modelMayCall && effect === "read",
    redact,
  };
  return { draft: isWhole ? draft : undefined, badParameter: sent.badLine, badPick: taken.badLine };
}
