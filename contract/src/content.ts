// What a message can hold: one message = one bubble = one content. Parsed at the edge, sealed as JSON in the record.
import { z } from "zod";
import { mediaId } from "./ids.ts";

export const maxTextLength = 4_000;

/** Links are http, https, mailto or tel only; anything else is shown as text. */
export const safeUrl = z
  .string()
  .max(2_000)
  .refine((value) => /^(https?:\/\/|mailto:|tel:)/i.test(value), {
    error: "http, https, mailto or tel only",
  });

const mediaFields = {
  mediaId,
  name: z.string().max(255),
  type: z.string().max(127),
  sizeBytes: z.int().nonnegative(),
};

const shown = { title: z.string(), checkedOn: z.string().nullable() };

/** Proof of an answer: which FAQ, cell of a table, rule of a policy, passage of a document … it was taken from. */
export const citation = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("faq"), slug: z.string(), ...shown }),
  /** Table, row and column as they are called; the row is "" in a sheet of a single thing. */
  z.object({ kind: z.literal("table"), table: z.string(), row: z.string(), column: z.string(), ...shown }),
  /** A product's own words: of a fault code, or of its warranty, manual or video ("" then). */
  z.object({ kind: z.literal("product"), product: z.string(), code: z.string(), ...shown }),
  /** A passage of a document, whose title is shown: the page where the document has pages, the headings above it joined. */
  z.object({
    kind: z.literal("passage"),
    document: z.string(),
    page: z.int().nullable(),
    heading: z.string(),
    ...shown,
  }),
  /** By their keys; `rule` is null where the policy's default holds. */
  z.object({ kind: z.literal("policy"), policy: z.string(), rule: z.string().nullable(), ...shown }),
  /** A colleague's reply to a question of the bot, whose name is in the title. */
  z.object({ kind: z.literal("colleague"), question: z.string(), ...shown }),
]);
export type Citation = z.infer<typeof citation>;

export const choice = z.object({
  id: z.string().max(100),
  label: z.string().min(1).max(200),
  /** "say": the label is sent as the contact's own words; "human": a wish for a person; "leave-message": opens the form. */
  action: z.enum(["say", "human", "leave-message", "solved", "not-solved"]),
  /** Of a form that it opens: what is known already. */
  fields: z.record(z.string().max(50), z.string().max(500)).optional(),
});
export type Choice = z.infer<typeof choice>;

export const textContent = z.object({
  kind: z.literal("text"),
  text: z.string().min(1).max(maxTextLength),
  citations: z.array(citation).max(5).optional(),
});

export const content = z.discriminatedUnion("kind", [
  textContent,
  z.object({
    kind: z.literal("image"),
    ...mediaFields,
    width: z.int().optional(),
    height: z.int().optional(),
  }),
  z.object({ kind: z.literal("audio"), ...mediaFields, durationMs: z.int().optional() }),
  z.object({ kind: z.literal("video"), ...mediaFields, durationMs: z.int().optional() }),
  z.object({ kind: z.literal("file"), ...mediaFields }),
  z.object({ kind: z.literal("sticker"), ...mediaFields }),
  z.object({
    kind: z.literal("location"),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    label: z.string().max(500),
  }),
  z.object({
    kind: z.literal("choices"),
    text: z.string().max(maxTextLength),
    choices: z.array(choice).min(1).max(10),
    citations: z.array(citation).max(5).optional(),
  }),
  z.object({
    kind: z.literal("card"),
    title: z.string().max(200),
    text: z.string().max(1_000).optional(),
    imageMediaId: mediaId.optional(),
    url: safeUrl.optional(),
    choices: z.array(choice).max(5).optional(),
  }),
  z.object({
    kind: z.literal("form"),
    purpose: z.enum(["leave-message"]),
    fields: z.record(z.string().max(50), z.string().max(maxTextLength)),
  }),
  z.object({ kind: z.literal("unsupported"), described: z.string().max(500) }),
]);
export type Content = z.infer<typeof content>;
export type ContentKind = Content["kind"];
export const contentKinds = [
  "text",
  "image",
  "audio",
  "video",
  "file",
  "sticker",
  "location",
  "choices",
  "card",
  "form",
  "unsupported",
] as const satisfies readonly ContentKind[];

/** The plain words of a content: for previews, search, the brain and e-mail. */
export function textOf(value: Content): string {
  switch (value.kind) {
    case "text":
    case "choices":
      return value.text;
    case "card":
      return [value.title, value.text].filter(Boolean).join("\n");
    case "form":
      return Object.values(value.fields).join("\n");
    case "location":
      return value.label;
    case "unsupported":
      return value.described;
    case "image":
    case "audio":
    case "video":
    case "file":
    case "sticker":
      return value.name;
    default:
      return value satisfies never;
  }
}
