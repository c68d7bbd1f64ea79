// What a vision model says of a customer's picture, as people and the API see it: data, never instructions.
import { z } from "zod";
import { instant, messageId } from "./ids.ts";

/** `person`: somebody can be recognised. `identity-document`: bank cards and licences, too; of both nothing more is kept. */
export const pictureKinds = [
  "product",
  "display",
  "label",
  "screenshot",
  "payment",
  "paper",
  "identity-document",
  "person",
  "other",
] as const;
export type PictureKind = (typeof pictureKinds)[number];

export const pictureSeen = z.object({
  kind: z.enum(pictureKinds),
  /** One sentence; "" where nothing can be said. */
  shows: z.string(),
  /** What is written on it, line by line, as it stands there. */
  text: z.array(z.string()),
  models: z.array(z.string()),
  faultCodes: z.array(z.string()),
  /** Of orders and parcels. */
  numbers: z.array(z.string()),
});
export type PictureSeen = z.infer<typeof pictureSeen>;

/** One line a picture, for people and models. */
export function tellSeen({ shows, text, models, faultCodes, numbers }: PictureSeen): string {
  const written = [...new Set([...text, ...models, ...faultCodes, ...numbers])].join(" / ");
  return [shows, written].filter((part) => part !== "").join(" · ");
}

/** How it came about that a picture was described or not; `later`: the contact may still be writing. */
export type PictureLook =
  /** `leftOut`: lines that spoke to machines. */
  | { kind: "seen"; model: string; tookMs: number; leftOut: number }
  | { kind: "later" }
  /** An error code, or why the picture could not be sent. */
  | { kind: "failed"; code: string; tookMs: number };

/** Under a picture in the workbench. */
export const pictureReading = z.object({ messageId, seen: pictureSeen, model: z.string(), at: instant });
export type PictureReading = z.infer<typeof pictureReading>;
