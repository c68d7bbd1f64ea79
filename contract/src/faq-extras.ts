// What an FAQ can hold besides its question and its text: contents said after the answer, other answers for some channels,
// times, languages or customers, the spoken wording, related questions, who looks after it and till when it holds.
import { z } from "zod";
import { channel } from "./channel.ts";
import { safeUrl } from "./content.ts";
import { mediaId, userId } from "./ids.ts";

const file = {
  mediaId,
  name: z.string().max(255),
  type: z.string().max(127),
  sizeBytes: z.int().nonnegative(),
};
const label = z.string().trim().min(1).max(200);

/** Said after the text of an answer, one bubble each. Texts may hold blanks, as answers do. */
export const faqContent = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("text"), text: z.string().trim().min(1).max(4_000) }),
  z.object({ kind: z.literal("image"), ...file, width: z.int().optional(), height: z.int().optional() }),
  z.object({ kind: z.literal("video"), ...file }),
  z.object({ kind: z.literal("file"), ...file }),
  z.object({ kind: z.literal("link"), title: label, url: safeUrl }),
  z.object({
    kind: z.literal("card"),
    title: label,
    text: z.string().trim().max(1_000).default(""),
    imageMediaId: mediaId.nullable().default(null),
    url: safeUrl.nullable().default(null),
  }),
  /** Each label is sent as the contact's own words when it is pressed. */
  z.object({
    kind: z.literal("choices"),
    text: z.string().trim().min(1).max(1_000),
    labels: z.array(label).min(1).max(8),
  }),
]);
export type FaqContent = z.infer<typeof faqContent>;
export type FaqContentKind = FaqContent["kind"];
export const faqContentKinds = [
  "text",
  "image",
  "video",
  "file",
  "link",
  "card",
  "choices",
] as const satisfies readonly FaqContentKind[];

const contents = z.array(faqContent).max(8);
const answerText = z.string().trim().max(4_000);
const onDay = z.iso.date();

/** When a variant holds, in the shop's time zone; everything left open does not matter. */
export const faqWindow = z
  .object({
    fromOn: onDay.nullable().default(null),
    /** The last day on which it holds. */
    untilOn: onDay.nullable().default(null),
    /** 1 Monday to 7 Sunday; none means every day. */
    weekdays: z.array(z.int().min(1).max(7)).max(7).default([]),
    /** Minutes since midnight; from later than until goes over midnight. */
    fromMinute: z.int().min(0).max(1_439).nullable().default(null),
    untilMinute: z.int().min(1).max(1_440).nullable().default(null),
  })
  .refine(({ fromMinute, untilMinute }) => (fromMinute === null) === (untilMinute === null), {
    error: "both times or none",
  })
  .refine(({ fromOn, untilOn }) => fromOn === null || untilOn === null || fromOn <= untilOn, {
    error: "ends before it begins",
  });
export type FaqWindow = z.infer<typeof faqWindow>;

export const variantLanguages = ["zh-CN", "zh-Hant", "en"] as const;

/** Another answer to the same question, for those to whom all its conditions apply. */
export const faqVariant = z
  .object({
    channels: z.array(channel).max(30).default([]),
    languages: z.array(z.enum(variantLanguages)).max(3).default([]),
    /** Customer groups: one of these tags at the contact is enough. */
    contactTags: z.array(z.string().trim().min(1).max(50)).max(20).default([]),
    window: faqWindow.nullable().default(null),
    answer: answerText.min(1),
    answerEn: answerText.default(""),
    contents: contents.default([]),
    spoken: answerText.default(""),
    spokenEn: answerText.default(""),
  })
  .refine(
    ({ channels, languages, contactTags, window }) =>
      channels.length + languages.length + contactTags.length > 0 || window !== null,
    { error: "a variant needs a condition" },
  );
export type FaqVariant = z.infer<typeof faqVariant>;

export const mostRelated = 3;
const faqSlug = z.string().min(1).max(100);

export const faqExtras = z.object({
  contents,
  variants: z.array(faqVariant).max(20),
  /** What is said on the phone instead of the answer; empty: the answer itself. */
  spoken: answerText,
  spokenEn: answerText,
  /** Slugs of other FAQs. */
  related: z.array(faqSlug).max(mostRelated),
  /** Whether the related ones are offered as choices after the answer. */
  offersRelated: z.boolean(),
  /** The member who keeps it right. */
  ownerId: userId.nullable(),
  /** The first day on which it is no longer said. */
  expiresOn: onDay.nullable(),
});
export type FaqExtras = z.infer<typeof faqExtras>;

/** What is left out stays as it is. */
export const faqExtrasChange = faqExtras.partial();
export type FaqExtrasChange = z.infer<typeof faqExtrasChange>;

export const noExtras: FaqExtras = {
  contents: [],
  variants: [],
  spoken: "",
  spokenEn: "",
  related: [],
  offersRelated: false,
  ownerId: null,
  expiresOn: null,
};
