// What prompts/judge.md is answered with, by answer-in-shape.ts.

import { z } from "zod";

export const judgementShape = z.object({
  isSupported: z.boolean().describe("every fact, number, date, price and promise has a source"),
  unsupported: z.array(z.string()).describe("pieces of the reply without a source"),
  isOnTopic: z.boolean().describe("the reply answers the question"),
  reason: z.string().describe("one sentence"),
});
export type Judgement = z.output<typeof judgementShape>;
