// The shop's policies: rules as data, tried before they are switched on.
import { z } from "zod";
import { policyDraft, policyId, policyList, policyTrial, policyTrialReply, shopPolicy } from "../policies.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: policyId });

export const policyRoutes = defineRoutes({
  listPolicies: {
    method: "GET",
    path: "/api/policies",
    access: "knowledge-read",
    apiKey: true,
    summary: "The shop's policies, and those that ship to begin with.",
    reply: policyList,
  },
  createPolicy: {
    method: "POST",
    path: "/api/policies",
    access: "knowledge-write",
    apiKey: true,
    summary: "Adds one, as JSON or YAML; live at once when it is on (policy/wrong names every problem).",
    body: policyDraft,
    reply: shopPolicy,
  },
  updatePolicy: {
    method: "PUT",
    path: "/api/policies/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Changes one (policy/version-moved if someone else did).",
    params: byId,
    body: policyDraft.extend({ version: z.int() }),
    reply: shopPolicy,
  },
  deletePolicy: {
    method: "DELETE",
    path: "/api/policies/:id",
    access: "knowledge-write",
    apiKey: true,
    summary: "Removes one; can be restored for 30 days.",
    params: byId,
  },
  restorePolicy: {
    method: "POST",
    path: "/api/policies/:id/restore",
    access: "knowledge-write",
    summary: "The undo of delete.",
    params: byId,
    reply: shopPolicy,
  },
  tryPolicy: {
    method: "POST",
    path: "/api/policies/try",
    access: "knowledge-read",
    summary: "What a customer with this question would be told by these rules; nothing is kept.",
    body: policyTrial,
    reply: policyTrialReply,
  },
});
