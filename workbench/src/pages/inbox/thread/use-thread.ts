/**
 * One open thread: loads its newest page, older ones on demand, again after lost events; and marks it read while it is
 * really seen (visible thread, focused window).
 */

import { useQuery } from "@tanstack/react-query";
import type { Conversation, Message } from "@yingda/contract";
import { useEffect, useState } from "react";
import { call, routes } from "../../../api.ts";
import { onResync } from "../../../live/line-listeners.ts";
import { queryKeys } from "../../../live/queries.ts";
import { hasGap, markReadHere, putConversations } from "../../../live/reduce.ts";
import { changeLive, getLive, useLive } from "../../../live/store.ts";
import { loadNewest, loadOlder } from "./load-thread.ts";

const noMessages: readonly Message[] = [];

export type LoadedThread = {
  messages: readonly Message[];
  isLoading: boolean;
  error: unknown;
  retry: () => void;
  hasOlder: boolean;
  isLoadingOlder: boolean;
  loadOlder: () => Promise<void>;
};

export function useThread(conversationId: string): LoadedThread {
  const thread = useLive((view) => view.threads.get(conversationId));
  const hasOlder = useLive((view) => view.hasOlder.has(conversationId));
  const [isLoadingOlder, setLoadingOlder] = useState(false);
  const first = useQuery({
    queryKey: ["thread", conversationId],
    queryFn: async () => {
      await loadNewest(conversationId);
      return true;
    },
    // Events keep a loaded thread true; opening it again asks once more in the background all the same.
    staleTime: 30_000,
    refetchOnWindowFocus: false,
  });
  useEffect(
    () => onResync(() => void loadNewest(conversationId, true).catch(() => undefined)),
    [conversationId],
  );
  const isBroken = hasGap(thread ?? noMessages);
  useEffect(() => {
    if (isBroken) void loadNewest(conversationId, true).catch(() => undefined);
  }, [isBroken, conversationId]);
  const older = async () => {
    if (isLoadingOlder) return;
    setLoadingOlder(true);
    try {
      await loadOlder(conversationId);
    } finally {
      setLoadingOlder(false);
    }
  };
  return {
    messages: thread ?? noMessages,
    isLoading: thread === undefined && first.isPending,
    error: thread === undefined && first.isError ? first.error : null,
    retry: () => void first.refetch(),
    hasOlder,
    isLoadingOlder,
    loadOlder: older,
  };
}

/** The conversation of an address: live if known, else fetched. */
export function useConversation(conversationId: string) {
  const live = useLive((view) => view.conversations.get(conversationId));
  const fetched = useQuery({
    queryKey: queryKeys.conversation(conversationId),
    queryFn: async ({ signal }) => {
      const sinceTick = getLive().tick;
      const conversation = await call(routes.getConversation, { params: { id: conversationId }, signal });
      changeLive((view) => putConversations(view, [conversation], sinceTick));
      return true;
    },
    staleTime: 30_000,
  });
  return { conversation: live, error: live ? null : fetched.error, retry: () => void fetched.refetch() };
}

function isSeen(): boolean {
  return document.visibilityState === "visible" && document.hasFocus();
}

/** True while the window has the focus and is visible. */
function useIsSeen(): boolean {
  const [seen, setSeen] = useState(isSeen);
  useEffect(() => {
    const look = () => setSeen(isSeen());
    window.addEventListener("focus", look);
    window.addEventListener("blur", look);
    document.addEventListener("visibilitychange", look);
    return () => {
      window.removeEventListener("focus", look);
      window.removeEventListener("blur", look);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return seen;
}

/** Marks everything loaded as read while it is seen. `isHeld`: the person just marked it unread by hand. */
export function useMarkRead(
  conversation: Conversation | undefined,
  lastLoadedSeq: number,
  isHeld: boolean,
): void {
  const seen = useIsSeen();
  const id = conversation?.id;
  const readSeq = conversation?.readSeq ?? 0;
  useEffect(() => {
    if (!id || !seen || isHeld || lastLoadedSeq <= readSeq) return;
    changeLive((view) => markReadHere(view, id, lastLoadedSeq));
    void call(routes.markRead, { params: { id }, body: { seq: lastLoadedSeq } }).catch(() => undefined);
  }, [id, seen, isHeld, lastLoadedSeq, readSeq]);
}
