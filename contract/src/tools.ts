// A shop's tools: the systems it has connected and what each may be asked or told to do. Secrets go in and never come out.
import { z } from "zod";
import { idOf, instant } from "./ids.ts";

export const connectionId = idOf<"tool-connection">();
export type ConnectionId = z.infer<typeof connectionId>;
export const toolId = idOf<"tool">();
export type ToolId = z.infer<typeof toolId>;

export const toolBounds = {
  connections: 60,
  tools: 300,
  descriptionBytes: 5_000_000,
  operations: 400,
} as const;

const word = z.string().trim().min(1).max(120);
const url = z.url({ protocol: /^https?$/u }).max(500);
/** Where a secret or a value stands in a request. */
const sentAs = z.object({
  in: z.enum(["header", "query"]),
  name: word,
  /** Stands before it as it is written here: "Bearer ". */
  prefix: z.string().max(60).default(""),
});

/** How a system is signed in to; what is secret stands in `secrets` under the names said here. */
export const toolAuth = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("none") }),
  /** secrets.key */
  z.object({ kind: z.literal("key"), sentAs }),
  /** secrets.password */
  z.object({ kind: z.literal("basic"), username: z.string().max(200) }),
  /** OAuth2 client credentials; secrets.clientSecret. */
  z.object({
    kind: z.literal("oauth2"),
    tokenUrl: url,
    clientId: z.string().min(1).max(300),
    scopes: z.array(z.string().max(300)).max(40).default([]),
    /** Where the client's name and secret go. */
    clientIn: z.enum(["basic", "body"]).default("basic"),
    sentAs: sentAs.default({ in: "header", name: "Authorization", prefix: "Bearer " }),
  }),
  /** The application's own token call: every secret goes by its name into the query of a GET or the JSON of a POST. */
  z.object({
    kind: z.literal("app-token"),
    tokenUrl: url,
    method: z.enum(["GET", "POST"]),
    fixed: z.record(word, z.string().max(300)).default({}),
    /** Where the token stands in the reply, dots between levels. */
    tokenAt: word,
    sentAs,
  }),
]);
export type ToolAuth = z.infer<typeof toolAuth>;
export type SentAs = z.infer<typeof sentAs>;

export const connectionKinds = ["http", "mcp"] as const;
export const connectionDraft = z.object({
  name: word,
  kind: z.enum(connectionKinds),
  /** Of the catalogue; null for one's own. */
  application: z.string().max(60).nullable().default(null),
  /** http: what paths follow; mcp: the address of the server. */
  baseUrl: url,
  /** Sent with every call; not secret. */
  headers: z.record(word, z.string().max(500)).default({}),
  auth: toolAuth.default({ kind: "none" }),
  /** By name; a name left out keeps what was there, unless the address changed. "" removes. */
  secrets: z.record(word, z.string().max(4_000)).default({}),
});
export type ConnectionDraft = z.infer<typeof connectionDraft>;

export const toolConnection = connectionDraft.omit({ secrets: true }).extend({
  id: connectionId,
  /** Names of the secrets that are kept. */
  secretNames: z.array(z.string()),
  toolCount: z.int(),
  version: z.int(),
  updatedAt: instant,
});
export type ToolConnection = z.infer<typeof toolConnection>;

export const toolValueTypes = ["text", "number", "money", "time", "yes-no", "list"] as const;
export const toolParameter = z.object({
  /** In a JSON body dots mean levels ("customer.phone"). In a form or MCP call the name as it is. */
  name: z.string().min(1).max(120),
  in: z.enum(["path", "query", "header", "body"]),
  isRequired: z.boolean(),
  /** The flow's name for it; null where `value` is always sent. */
  input: z
    .string()
    .regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/u)
    .nullable(),
  value: z.union([z.string().max(1_000), z.number(), z.boolean()]).optional(),
  type: z.enum(["text", "number", "yes-no"]).default("text"),
  about: z.string().max(300).default(""),
});
export type ToolParameter = z.infer<typeof toolParameter>;

/** A field of the answer that flows may use. */
export const toolPick = z.object({
  name: z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/u),
  /** Dots between levels, [0] for a place in a list: "data.items[0].status". "" is the whole answer. */
  at: z.string().max(200),
  type: z.enum(toolValueTypes).default("text"),
  /** Their codes in ours: {"WAIT_SEND": "paid"}. */
  codes: z.record(z.string().max(100), z.string().max(100)).default({}),
});
export type ToolPick = z.infer<typeof toolPick>;

export const toolIdentities = ["none", "site-login", "code"] as const;
export const toolMethods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
export const toolDraft = z.object({
  /** How flows call it: an abstract tool ("orders.find"), or a name of one's own ("erp.stock"). */
  name: z
    .string()
    .regex(/^[a-z][a-z0-9]*(?:[.-][a-z0-9]+){0,6}$/u)
    .max(80),
  title: word,
  about: z.string().max(500).default(""),
  /** "change" acts on the world and runs only after the customer's yes. */
  effect: z.enum(["read", "change"]),
  isOn: z.boolean().default(true),
  call: z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("http"),
      method: z.enum(toolMethods),
      /** After the base address; {name} is a path parameter. */
      path: z.string().max(500).startsWith("/"),
      bodyAs: z.enum(["none", "json", "form"]).default("none"),
      /** Instead of body parameters: a text with {{input}}, each filled as JSON or a form needs it. */
      body: z.string().max(10_000).nullable().default(null),
    }),
    z.object({ kind: z.literal("mcp"), tool: word }),
  ]),
  parameters: z.array(toolParameter).max(60).default([]),
  picks: z.array(toolPick).max(60).default([]),
  /** Flows that may call it; null: all. */
  flows: z.array(z.string().max(40)).max(60).nullable().default(null),
  /** Inboxes whose bot may call it; null: all. */
  inboxes: z.array(z.uuid()).max(100).nullable().default(null),
  timeoutMs: z.int().min(500).max(20_000).default(8_000),
  /** Where the key goes that makes a repeated call one effect; null: such a call is never repeated blindly. */
  idempotency: z
    .object({ in: z.enum(["header", "body"]), name: word })
    .nullable()
    .default(null),
  identity: z.enum(toolIdentities).default("none"),
  /** A large model may call it while it answers: only ever a tool that reads. */
  modelMayCall: z.boolean().default(false),
  /** Inputs and answer fields that logs and the call list never show. */
  redact: z.array(z.string().max(120)).max(60).default([]),
});
export type ToolDraft = z.infer<typeof toolDraft>;

export const toolCallStates = ["done", "failed", "unknown"] as const;
export const shopTool = toolDraft.extend({
  id: toolId,
  connectionId: connectionId,
  connectionName: z.string(),
  version: z.int(),
  updatedAt: instant,
  last: z.object({ at: instant, state: z.enum(toolCallStates), error: z.string().nullable() }).nullable(),
});
export type ShopTool = z.infer<typeof shopTool>;

/** What would be sent, secrets masked. */
export const sentRequest = z.object({
  method: z.string(),
  url: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string().nullable(),
});
export type SentRequest = z.infer<typeof sentRequest>;

export const toolTest = z.object({
  request: sentRequest,
  /** Null for a dry run. */
  reply: z
    .object({
      state: z.enum(toolCallStates),
      status: z.int().nullable(),
      tookMs: z.number(),
      /** What a flow would get. */
      fields: z.record(z.string(), z.unknown()),
      /** The beginning of what came back, redacted. */
      excerpt: z.string(),
      /** An error code of ours, and what the other side said. */
      error: z.object({ code: z.string(), detail: z.string() }).nullable(),
    })
    .nullable(),
});
export type ToolTest = z.infer<typeof toolTest>;

export const toolCall = z.object({
  id: z.string(),
  toolId: toolId.nullable(),
  toolName: z.string(),
  at: instant,
  by: z.enum(["flow", "test", "model"]),
  flow: z.string().nullable(),
  conversationId: z.string().nullable(),
  state: z.enum(toolCallStates),
  status: z.int().nullable(),
  error: z.string().nullable(),
  tookMs: z.number(),
  request: sentRequest.nullable(),
  excerpt: z.string(),
});
export type ToolCallEntry = z.infer<typeof toolCall>;

/** A description was read: what may be taken from it. */
export const describedTools = z.object({
  title: z.string(),
  baseUrl: z.string(),
  auth: toolAuth,
  /** Secrets that this sign-in needs. */
  secretsNeeded: z.array(z.string()),
  tools: z.array(toolDraft),
  /** Operations that could not be read, each with the reason. */
  skipped: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type DescribedTools = z.infer<typeof describedTools>;

const both = z.object({ zh: z.string(), en: z.string() });
export const catalogueEntry = z.object({
  id: z.string(),
  name: both,
  family: z.string(),
  familyName: both,
  region: z.enum(["cn", "global"]),
  gives: both,
  documentation: z.string(),
  /** "form": everything can be entered; "token": an access token from their site; "signer": needs a connector that is not there. */
  signIn: z.enum(["form", "token", "signer"]),
  /** What to enter: blanks of the address, then secrets. */
  fields: z.array(z.object({ key: z.string(), name: both, example: z.string(), isSecret: z.boolean() })),
  mcp: z.string().nullable(),
  operations: z.array(z.object({ id: z.string(), purpose: both, effect: z.enum(["read", "change"]) })),
  tried: z.literal("not live"),
});
export type CatalogueEntry = z.infer<typeof catalogueEntry>;
