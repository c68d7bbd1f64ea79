// The shape of one business application in the catalogue: what it gives the bot, how one signs in, and the operations worth
// having. Parsed by read-catalogue.ts; shown by the tools page, which turns an application into a tool.

import { z } from "zod";
import { applicationProblems } from "./application-problems.ts";

export const families = [
  "accounting",
  "automation",
  "booking",
  "commerce",
  "customer-relations",
  "logistics",
  "marketing",
  "messaging",
  "payment",
  "projects",
  "storage",
] as const;
export type Family = (typeof families)[number];

/** What an owner reads above each family; the search looks here too. */
export const familyNames: Record<Family, Bilingual> = {
  accounting: { zh: "财务与 ERP", en: "Accounting and ERP" },
  automation: { zh: "数据库与自动化", en: "Databases and automation" },
  booking: { zh: "预约与日程", en: "Booking and calendars" },
  commerce: { zh: "电商与收银", en: "Shops and points of sale" },
  "customer-relations": { zh: "客户管理", en: "Customer relations" },
  logistics: { zh: "物流快递", en: "Parcels and logistics" },
  marketing: { zh: "营销、短信与表单", en: "Marketing, text messages and forms" },
  messaging: { zh: "办公与通讯", en: "Office and messaging" },
  payment: { zh: "支付", en: "Payment" },
  projects: { zh: "工单与项目", en: "Tickets and projects" },
  storage: { zh: "文件与存储", en: "Files and storage" },
};

/** Where an application is at home: mainland China, or elsewhere. */
export const regions = ["cn", "global"] as const;
export type Region = (typeof regions)[number];

/** What a customer must have proven about themselves before the operation runs; "none" touches nothing personal of theirs. */
export const identitiesNeeded = ["none", "email", "phone", "email-or-phone", "site-login"] as const;
export type IdentityNeeded = (typeof identitiesNeeded)[number];

const id = z
  .string()
  .max(60)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/u);
const word = z.string().trim().min(1).max(80);
const sentence = z.string().trim().min(1).max(240);
const shortBilingual = z.strictObject({ zh: word, en: word });
const bilingual = z.strictObject({ zh: sentence, en: sentence });
export type Bilingual = z.infer<typeof bilingual>;

/** https only, and parts in {braces} are filled from `account`. */
const address = z
  .string()
  .max(300)
  .refine((text) => text.startsWith("https://") && URL.canParse(text.replaceAll(/\{[^{}]*\}/gu, "x")), {
    error: "must be an https address; parts that differ per account stand in {braces}",
  });

/** Stands before the secret as it is written here, blank included: "Bearer ". */
const prefix = z.string().min(1).max(60);
const sentAs = z.strictObject({
  in: z.enum(["header", "query", "cookie", "body"]),
  name: word,
  prefix: prefix.optional(),
});

/** How the owner's account is opened. A token goes out as `Authorization: Bearer …` unless `sentAs` says otherwise. */
const signIn = z.discriminatedUnion("kind", [
  /** `enter`: what to type where one key alone is not it. */
  z.strictObject({
    kind: z.literal("api-key-header"),
    header: word,
    prefix: prefix.optional(),
    enter: shortBilingual.optional(),
  }),
  /** What to type as name and as password. */
  z.strictObject({ kind: z.literal("basic"), username: shortBilingual, password: shortBilingual }),
  z.strictObject({
    kind: z.literal("oauth2-client-credentials"),
    tokenUrl: address,
    scopes: z.array(sentence),
    sentAs: sentAs.optional(),
  }),
  z.strictObject({
    kind: z.literal("oauth2-authorization-code"),
    authorizeUrl: address,
    tokenUrl: address,
    scopes: z.array(sentence),
    sentAs: sentAs.optional(),
  }),
  /** Every request carries a signature of its own; `how` says which. Needs a signer, a form alone is not enough. */
  z.strictObject({ kind: z.literal("signed-request"), how: bilingual }),
  /** The application's own token call: credentials go in the query of a GET or the JSON of a POST; one with a `value` is fixed. */
  z.strictObject({
    kind: z.literal("app-token"),
    tokenUrl: address,
    tokenMethod: z.enum(["GET", "POST"]),
    credentials: z.array(z.strictObject({ name: word, value: word.optional() })).min(1),
    /** Where the token stands in the reply, dots between levels. */
    tokenAt: word,
    sentAs,
  }),
  /** No sign-in: whoever knows the address may call it, so it is kept like a password. */
  z.strictObject({ kind: z.literal("secret-address") }),
]);
export type SignIn = z.infer<typeof signIn>;

const accountField = z.strictObject({
  key: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,39}$/u),
  name: shortBilingual,
  example: word,
});

/**
 * One value of a call. In a JSON body dots in the name mean levels and numbers mean places in a list ("lines.0.amount"); a
 * form's names are taken as they stand. "*" is the whole body. `value` is sent as it is and nobody is asked for it.
 */
const parameter = z.strictObject({
  name: z.string().min(1).max(120),
  in: z.enum(["path", "query", "header", "body"]),
  required: z.boolean(),
  about: bilingual.optional(),
  value: z.union([z.string().min(1).max(1000), z.number(), z.boolean()]).optional(),
});
export type OperationParameter = z.infer<typeof parameter>;

const operationShape = {
  id,
  purpose: bilingual,
  path: z.string().max(200).startsWith("/"),
  bodyAs: z.enum(["json", "form"]).optional(),
  parameters: z.array(parameter).max(40),
  identity: z.enum(identitiesNeeded),
};
const operation = z.discriminatedUnion("effect", [
  /** Some applications read by POST: the effect decides, not the method. */
  z.strictObject({ ...operationShape, effect: z.literal("read"), method: z.enum(["GET", "POST"]) }),
  /** Never runs before the contact has said yes to what will be done. */
  z.strictObject({
    ...operationShape,
    effect: z.literal("write"),
    method: z.enum(["POST", "PUT", "PATCH", "DELETE"]),
    confirm: z.literal(true),
  }),
]);
export type Operation = z.infer<typeof operation>;

export const applicationEntry = z
  .strictObject({
    id,
    name: shortBilingual,
    aliases: z.array(word).max(20),
    region: z.enum(regions),
    gives: bilingual,
    signIn,
    baseUrl: address,
    /** Answers for every {part} in the addresses, headers and fixed values. */
    account: z.array(accountField).max(8),
    /** Sent with every call. */
    headers: z.record(word, word),
    documentation: z.url({ protocol: /^https$/u }),
    /** Only an address that the vendor publishes itself. */
    mcp: address.nullable(),
    operations: z.array(operation).min(1).max(20),
    /** Nothing in here has been called from this repository: paths come from public documentation. */
    tried: z.literal("not live"),
  })
  .superRefine((entry, context) => {
    for (const { path, message } of applicationProblems(entry))
      context.addIssue({ code: "custom", path, message });
  });
export type ApplicationEntry = z.infer<typeof applicationEntry>;

export interface Application extends ApplicationEntry {
  family: Family;
}
