// Flows as the workbench sees them: which there are, which are on, the YAML and what is wrong with it.
import { z } from "zod";

const bothLanguages = z.object({ zh: z.string(), en: z.string() });

export const flowSummary = z.object({
  /** "order-status". */
  id: z.string(),
  name: bothLanguages,
  isOn: z.boolean(),
  /** The tenant's own text; else the one that ships. */
  isOwn: z.boolean(),
  /** Raised by every change; 0 while nothing was ever changed. */
  version: z.int(),
  /** Which system its lookups ask; null: none, and a person looks it up. */
  tools: z.enum(["demo"]).nullable(),
  problemCount: z.int(),
});
export type FlowSummary = z.infer<typeof flowSummary>;

export const flowDetail = flowSummary.extend({
  yaml: z.string(),
  /** In the order of the steps; `step` is null for what concerns the whole flow. */
  problems: z.array(z.object({ step: z.string().nullable(), text: bothLanguages })),
});
export type FlowDetail = z.infer<typeof flowDetail>;
