// What models cost, the month's budget, and how conversations ended.
import { z } from "zod";
import { defineRoutes } from "../route.ts";
import { resolutionReport, usageBudget, usageReport } from "../usage.ts";

const month = z.string().regex(/^\d{4}-\d{2}$/u);

export const usageRoutes = defineRoutes({
  getUsage: {
    method: "GET",
    path: "/api/usage",
    access: "settings-write",
    apiKey: true,
    summary: "A month's calls to models: sums, forecast, budget, cost per conversation and per solved one.",
    query: z.object({ month: month.optional() }),
    reply: usageReport,
  },
  exportUsage: {
    method: "GET",
    path: "/api/usage/export",
    access: "settings-write",
    summary: "The month's statement by day as csv.",
    query: z.object({ month: month.optional() }),
    file: "text/csv",
  },
  setBudget: {
    method: "PUT",
    path: "/api/usage/budget",
    access: "settings-write",
    apiKey: true,
    summary: "The month's limit, whether it stops, and the shop's own prices.",
    body: usageBudget,
    reply: usageBudget,
  },
  getResolution: {
    method: "GET",
    path: "/api/resolution",
    access: "conversations-read",
    apiKey: true,
    summary:
      "How the conversations of the last days ended: confirmed, assumed, reopened, handed over, abandoned.",
    query: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    reply: resolutionReport,
  },
});
