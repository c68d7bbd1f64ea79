// Names as the inbox shows them: unnamed visitors get a short sign of their own, colleagues come from the members list.

import { useQuery } from "@tanstack/react-query";
import type { Conversation } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { queryKeys } from "../../live/queries.ts";
import { useMe } from "../../live/session.ts";

type Named = Pick<Conversation["contact"], "id" | "name" | "isNamed">;

/** The last four characters of an id, enough to tell two visitors of a day apart. */
export function shortSign(id: string): string {
  return id.replaceAll("-", "").slice(-4).toUpperCase();
}

/** Returns a function that names a contact. */
export function useContactName(): (contact: Named) => string {
  const { t } = useTranslation();
  return (contact) =>
    contact.isNamed && contact.name !== ""
      ? contact.name
      : t("inbox.visitor", { sign: shortSign(contact.id) });
}

/** The members list, for whoever may read it; cached long, since names rarely change and a stale event renews it. */
export function useMembers() {
  const me = useMe();
  return useQuery({
    queryKey: queryKeys.members,
    queryFn: ({ signal }) => call(routes.listMembers, { signal }),
    enabled: me.permissions.includes("members-read"),
    staleTime: 5 * 60_000,
  });
}

/** Returns a function that names a colleague; null for oneself and for ids that are not known. */
export function useMemberName(): (id: string) => string | null {
  const me = useMe().user.id;
  const members = useMembers().data;
  return (id) => (id === me ? null : (members?.find((member) => member.id === id)?.name ?? null));
}
