// Flows: which there are, one of them, on and off.
import { z } from "zod";
import { flowDetail, flowSummary } from "../flow.ts";
import { defineRoutes } from "../route.ts";

const byId = z.object({ id: z.string().max(40) });
export const flowRoutes = defineRoutes({
  listFlows: {
    method: "GET",
    path: "/api/flows",
    access: "knowledge-read",
    summary: "All flows, on and off.",
    reply: z.array(flowSummary),
  },
  getFlow: {
    method: "GET",
    path: "/api/flows/:id",
    access: "knowledge-read",
    summary: "One flow as YAML, and what is wrong with it.",
    params: byId,
    reply: flowDetail,
  },
  switchFlow: {
    method: "PUT",
    path: "/api/flows/:id",
    access: "knowledge-write",
    summary: "Switches a flow on or off (flow/has-problems if it cannot run).",
    params: byId,
    body: z.object({ isOn: z.boolean() }),
    reply: flowSummary,
  },
});
