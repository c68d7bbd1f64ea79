// The shop's policies (return window, warranty, delivery …) as the workbench and the API see them: rules as data, decided
// by computation. The rules themselves: policy-source.ts.
import { z } from "zod";
import { idOf, instant } from "./ids.ts";
import { bilingual, policySource } from "./policy-source.ts";

export const policyId = idOf<"policy">();
export type PolicyId = z.infer<typeof policyId>;

/** What one shop may keep. */
export const policyBounds = { policies: 30, yamlCharacters: 64_000, questionCharacters: 500 } as const;

/** What is wrong, where (`rules[2].when[0].daysSince`), and in an owner's words what to do. */
export const policyProblem = z.object({ code: z.string(), path: z.string(), words: bilingual });
export type ShownPolicyProblem = z.infer<typeof policyProblem>;

/** As a form edits it, or the same as YAML; whatever is wrong with it is refused with the places. */
const given = z.union([policySource, z.string().max(policyBounds.yamlCharacters)]);

export const policyDraft = z.object({ source: given, isOn: z.boolean() });
export type PolicyDraft = z.input<typeof policyDraft>;

export const shopPolicy = z.object({
  id: policyId,
  key: z.string(),
  isOn: z.boolean(),
  source: policySource,
  /** The source as an owner can read and write it. */
  yaml: z.string(),
  version: z.int(),
  updatedAt: instant,
});
export type ShopPolicy = z.infer<typeof shopPolicy>;

/** One to begin with; its values are examples. */
export const shippedPolicy = z.object({ key: z.string(), source: policySource, yaml: z.string() });
export type ShippedPolicy = z.infer<typeof shippedPolicy>;

export const policyList = z.object({ policies: z.array(shopPolicy), shipped: z.array(shippedPolicy) });
export type PolicyList = z.infer<typeof policyList>;

export const policyTrial = z.object({
  source: given,
  text: z.string().trim().min(1).max(policyBounds.questionCharacters),
});

/** What a customer would be told. `read`: which words were taken for which input. */
const heard = {
  read: z.array(z.object({ called: bilingual, quote: z.string() })),
  unclear: z.array(bilingual),
};
export const policyTrialReply = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("decided"),
    ...heard,
    words: bilingual,
    cites: bilingual,
    computation: z.array(z.object({ isMet: z.boolean(), words: bilingual })),
  }),
  z.object({ kind: z.literal("missing"), ...heard, question: bilingual }),
  z.object({ kind: z.literal("problems"), problems: z.array(policyProblem) }),
]);
export type PolicyTrialReply = z.infer<typeof policyTrialReply>;
