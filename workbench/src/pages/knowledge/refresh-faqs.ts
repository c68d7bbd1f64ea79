import { queryClient, queryKeys } from "../../live/queries.ts";

/** Whatever shows FAQs, their blanks or packs asks anew. */
export const refreshFaqs = () =>
  Promise.all(
    [queryKeys.faqs, queryKeys.blanks, queryKeys.packs].map((queryKey) =>
      queryClient.invalidateQueries({ queryKey }),
    ),
  );
