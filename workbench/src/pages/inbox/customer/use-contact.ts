// One contact: fetched, changed with its version, and refetched when a stale event names it.

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ContactUpdate } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { showToast } from "../../../components/toast.ts";
import { queryKeys } from "../../../live/queries.ts";

export function useContact(contactId: string) {
  return useQuery({
    queryKey: queryKeys.contact(contactId),
    queryFn: ({ signal }) => call(routes.getContact, { params: { id: contactId }, signal }),
  });
}

/** Changes a contact; what the server answers replaces what was shown. Errors are said and thrown on. */
export function useUpdateContact(contactId: string) {
  const client = useQueryClient();
  const { t } = useTranslation();
  return useMutation({
    mutationFn: (change: ContactUpdate) =>
      call(routes.updateContact, { params: { id: contactId }, body: change }),
    onSuccess: (contact) => client.setQueryData(queryKeys.contact(contactId), contact),
    onError: (error) => {
      showToast("error", errorText(error, t));
      void client.invalidateQueries({ queryKey: queryKeys.contact(contactId) });
    },
  });
}
