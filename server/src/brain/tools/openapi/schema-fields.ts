// The plain fields of a JSON schema, two levels deep: what a form can ask for and what a flow can use. Deeper and stranger
// shapes are left to the owner, who can add them by hand.

import type { ToolParameter, ToolPick } from "@yingda/contract";
import { follow } from "./resolve.ts";

type Json = Record<string, unknown>;

export interface Field {
  /** "customer.phone". */
  path: string;
  type: "text" | "number" | "yes-no" | "time" | "list";
  isRequired: boolean;
  about: string;
}

const deepest = 3;
const mostFields = 40;
/** Schemas of one operation that are looked at: a few that name each other unfold without an end. */
const mostSchemas = 2_000;

interface Found {
  fields: Field[];
  looked: number;
}

export function fieldsOf(document: Json, schema: unknown): Field[] {
  const found: Found = { fields: [], looked: 0 };
  collect(document, schema, "", 0, true, found);
  return found.fields.slice(0, mostFields);
}

function collect(
  document: Json,
  given: unknown,
  path: string,
  depth: number,
  isRequired: boolean,
  found: Found,
): void {
  const { fields } = found;
  found.looked += 1;
  if (fields.length >= mostFields || found.looked > mostSchemas) return;
  const schema = merged(document, given);
  if (schema === null) return;
  const properties = follow(document, schema.properties);
  if (properties !== null && depth < deepest) {
    const required = Array.isArray(schema.required) ? (schema.required as unknown[]) : [];
    for (const [name, property] of Object.entries(properties)) {
      if (/[.[\]]/u.test(name)) continue; // cannot be told from a level
      const inner = path === "" ? name : `${path}.${name}`;
      collect(document, property, inner, depth + 1, isRequired && required.includes(name), found);
    }
    return;
  }
  if (path === "") return;
  const type = typeOf(schema);
  if (type !== null) fields.push({ path, type, isRequired, about: textOf(schema.description) });
}

/** allOf is one object; of oneOf and anyOf the first is taken. */
function merged(document: Json, given: unknown): Json | null {
  const schema = follow(document, given);
  if (schema === null) return null;
  const parts = Array.isArray(schema.allOf)
    ? (schema.allOf as unknown[]).map((part) => follow(document, part))
    : [];
  const [either] = [schema.oneOf, schema.anyOf].find((one) => Array.isArray(one)) ?? ([] as unknown[]);
  const all = [schema, ...parts, follow(document, either)].filter((part) => part !== null);
  if (all.length === 1) return schema;
  return {
    ...Object.assign({}, ...all),
    properties: Object.assign({}, ...all.map(({ properties }) => properties ?? {})),
    required: all.flatMap(({ required }) => (Array.isArray(required) ? (required as unknown[]) : [])),
    ...(all.some(({ properties }) => properties !== undefined) ? {} : { properties: undefined }),
  };
}

function typeOf({ type, format }: Json): Field["type"] | null {
  const [name] = (Array.isArray(type) ? (type as unknown[]) : [type]).filter((each) => each !== "null");
  if (name === "integer" || name === "number") return "number";
  if (name === "boolean") return "yes-no";
  if (name === "array") return "list";
  if (name === "string") return format === "date" || format === "date-time" ? "time" : "text";
  return null;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value.replace(/\s+/gu, " ").slice(0, 300) : "";
}

/** "customer.phone-number" as an input or field: "customerPhoneNumber". */
export function nameOf(path: string, taken: ReadonlySet<string>): string {
  const words = path.split(/[^A-Za-z0-9]+/u).filter((word) => word !== "");
  const joined = words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
  const base = (/^[A-Za-z]/u.test(joined) ? joined : `field${joined}`).slice(0, 50);
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}${count}`;
  return name;
}

/** A schema's fields as parameters of a body (or an MCP call). */
export function parametersOf(document: Json, schema: unknown, taken: Set<string>): ToolParameter[] {
  return fieldsOf(document, schema)
    .filter(({ type }) => type !== "list")
    .map(({ path, type, isRequired, about }) => {
      const input = nameOf(path, taken);
      taken.add(input);
      const kept = type === "number" || type === "yes-no" ? type : "text";
      return { name: path, in: "body", isRequired, input, type: kept, about };
    });
}

/** A schema's fields as what flows get; of a list the first one's. */
export function picksOf(document: Json, schema: unknown): ToolPick[] {
  const top = follow(document, schema);
  const isList = top?.type === "array";
  const taken = new Set<string>();
  return fieldsOf(document, isList ? top.items : schema).map(({ path, type }) => {
    const name = nameOf(path, taken);
    taken.add(name);
    return { name, at: isList ? `[0].${path}` : path, type, codes: {} };
  });
}
