// A turn with a picture that a model has looked at, for tests and the lab: what the model wrote passes the same sieve as in a shop.

import type { PictureSeen, TurnInput } from "@yingda/contract";
import { cleanSeen } from "../pictures/clean-seen.ts";
import { turn } from "./turns.ts";

export const nothingSeen: PictureSeen = {
  kind: "other",
  shows: "",
  text: [],
  models: [],
  faultCodes: [],
  numbers: [],
};

export const image = {
  kind: "image" as const,
  mediaId: "01980000-0000-7000-8000-000000000000" as never,
  name: "a.jpg",
  type: "image/jpeg",
  sizeBytes: 9,
};

/** The input's part about a picture with this on it. */
export function seeing(more: Partial<PictureSeen>): Pick<TurnInput, "pictures"> {
  const { seen, leftOut } = cleanSeen({ ...nothingSeen, ...more });
  const look = { kind: "seen" as const, model: "custom/tiny", tookMs: 9, leftOut };
  return { pictures: [{ messageId: "m0", codes: [], seen, look }] };
}

/** `said`: what the customer writes with it; "" nothing. */
export function pictureTurn(
  seen: Partial<PictureSeen>,
  said: string,
  changes: Partial<TurnInput> = {},
): TurnInput {
  return { ...turn(said === "" ? image : [image, said], changes), ...seeing(seen) };
}
