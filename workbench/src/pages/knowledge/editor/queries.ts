// Drafts, the shop's way of publishing and figures as the page asks for them; the keys begin like those of the list, so that
// whatever refreshes the list refreshes them, too.
import type { FaqDraftBrief, FaqFigures, FaqPolicy } from "@yingda/contract";
import { call, routes } from "../../../api.ts";
import { queryKeys } from "../../../live/queries.ts";

export const draftsQuery = {
  queryKey: [...queryKeys.faqs, { drafts: "all" }] as const,
  queryFn: () => call(routes.listFaqDrafts) as Promise<FaqDraftBrief[]>,
};

export const policyQuery = {
  queryKey: [...queryKeys.faqs, { policy: "publish" }] as const,
  queryFn: () => call(routes.getFaqPolicy) as Promise<FaqPolicy>,
};

export const figureDays = 30;

export const figuresQuery = {
  queryKey: [...queryKeys.faqs, { figures: figureDays }] as const,
  queryFn: () =>
    call(routes.getFaqFigures, { query: { days: figureDays } }) as Promise<Record<string, FaqFigures>>,
};
