/**
 * Who is signed in. The signed-in part of the app is only shown once /api/me has answered, so pages there may use
 * `useMe` without a null check; `useCan` is how a page hides what a role may not do (the server checks again).
 */

import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Me, Permission } from "@yingda/contract";
import { call, routes } from "../api.ts";
import { queryClient, queryKeys } from "./queries.ts";

export const meQuery = queryOptions({
  queryKey: queryKeys.me,
  queryFn: ({ signal }) => call(routes.me, { signal }),
  staleTime: 60_000,
  retry: false,
});

/** The person signed in and the shop. Only inside the signed-in routes. */
export function useMe(): Me {
  const { data: me } = useQuery(meQuery);
  if (!me) throw new Error("useMe outside the signed-in routes.");
  return me;
}

/** Whether the person signed in may do something. */
export function useCan(permission: Permission): boolean {
  return useMe().permissions.includes(permission);
}

/** Puts what a sign-in, set-up, invitation or settings call returned. */
export function setMe(me: Me): void {
  queryClient.setQueryData(queryKeys.me, me);
}

export function getMe(): Me | undefined {
  return queryClient.getQueryData<Me>(queryKeys.me);
}

/** Ends this session on the server and forgets everything it had loaded. */
export async function signOut(): Promise<void> {
  await call(routes.signOut);
  queryClient.clear();
}
