// The health of FAQs as the page asks for it. The keys begin like those of the list, so that whatever refreshes the list
// refreshes the health, too.
import type { Faq, FaqHealth, FaqMark } from "@yingda/contract";
import { call, routes } from "../../api.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";

export type Marks = Record<string, FaqMark>;

export const marksQuery = {
  queryKey: [...queryKeys.faqs, { health: "all" }] as const,
  queryFn: () => call(routes.listFaqHealth) as Promise<Marks>,
};

export function healthQuery(id: Faq["id"]) {
  return {
    queryKey: [...queryKeys.faqs, { health: id }] as const,
    queryFn: () => call(routes.getFaqHealth, { params: { id } }) as Promise<FaqHealth>,
  };
}

/** An FAQ by its id or slug as it stands now; undefined when it is gone. */
export async function findFaq(wanted: { id: string } | { slug: string }): Promise<Faq | undefined> {
  const { faqs } = await queryClient.fetchQuery({
    queryKey: [...queryKeys.faqs, "", ""],
    queryFn: () => call(routes.listFaqs, { query: {} }),
    staleTime: 0,
  });
  return faqs.find((faq) => ("id" in wanted ? faq.id === wanted.id : faq.slug === wanted.slug));
}
