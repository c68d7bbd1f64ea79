/**
 * One tab of the inbox: fetches its pages into the live state and returns the live rows. Scrolling near the end calls
 * `loadMore`. The fetched pages themselves are only kept for the horizon and the cursor.
 */

import { useInfiniteQuery } from "@tanstack/react-query";
import type { Conversation, ConversationList } from "@yingda/contract";
import { useMemo } from "react";
import { call, routes } from "../../../api.ts";
import { horizonOf, rowsOf } from "../../../live/lists.ts";
import { queryKeys } from "../../../live/queries.ts";
import { putConversations } from "../../../live/reduce.ts";
import { useMe } from "../../../live/session.ts";
import { changeLive, getLive, useLive } from "../../../live/store.ts";

export type LoadedList = {
  rows: readonly Conversation[];
  /** Nothing is known yet: show skeletons. */
  isFirstLoad: boolean;
  error: unknown;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  retry: () => void;
};

/** Fetches one page and puts its conversations where live events will find them. */
async function fetchPage(
  list: ConversationList,
  tag: string | null,
  after: string | null,
  signal: AbortSignal,
) {
  const sinceTick = getLive().tick;
  const page = await call(routes.listConversations, {
    query: { list, ...(tag ? { tag } : {}), ...(after ? { after } : {}), limit: 50 },
    signal,
  });
  changeLive((view) => putConversations(view, page.conversations, sinceTick));
  return page;
}

export function useList(list: ConversationList, tag: string | null): LoadedList {
  const me = useMe().user.id;
  const pages = useInfiniteQuery({
    queryKey: [...queryKeys.conversations, list, tag],
    queryFn: ({ pageParam, signal }) => fetchPage(list, tag, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: 60_000,
  });
  const conversations = useLive((view) => view.conversations);
  const fetched = pages.data?.pages;
  const rows = useMemo(() => {
    const all = fetched?.flatMap((page) => page.conversations) ?? [];
    const hasMore = fetched?.at(-1)?.next != null;
    return rowsOf(conversations, { list, me, tag, horizon: horizonOf(all, hasMore, list) });
  }, [conversations, fetched, list, me, tag]);
  return {
    rows,
    isFirstLoad: pages.isPending && rows.length === 0,
    error: pages.isError && rows.length === 0 ? pages.error : null,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => {
      if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
    },
    retry: () => void pages.refetch(),
  };
}
