// Where one is in the inbox, kept in the address so that links, reload and the back button work:
// /inbox/<conversation>?list=queue&tag=VIP&q=words

import { useLocation, useNavigate, useParams } from "@tanstack/react-router";
import { type ConversationList, conversationLists } from "@yingda/contract";
import { useCallback } from "react";

export type InboxAddress = {
  list: ConversationList;
  conversationId: string | null;
  tag: string | null;
  /** Words of the search; null when the list is shown. */
  words: string | null;
};

type Search = { list?: string; tag?: string; q?: string | number };

/** Reads the parts; anything unknown falls back to the first tab. Search values may have been parsed as numbers. */
export function parseAddress(splat: string | undefined, search: Search): InboxAddress {
  const list = conversationLists.find((name) => name === search.list) ?? "mine";
  const id = splat?.split("/")[0] ?? "";
  return {
    list,
    conversationId: id === "" ? null : id,
    tag: search.tag ? String(search.tag) : null,
    words: search.q === undefined || search.q === "" ? null : String(search.q),
  };
}

export type Go = (change: Partial<InboxAddress>, how?: { isReplace?: boolean }) => void;

export function useAddress(): InboxAddress & { go: Go } {
  const splat = (useParams({ strict: false }) as { _splat?: string })._splat;
  const search = useLocation().search as Search;
  const navigate = useNavigate();
  const address = parseAddress(splat, search);
  const { list, conversationId, tag, words } = address;
  const go = useCallback<Go>(
    (change, how = {}) => {
      const next = { list, conversationId, tag, words, ...change };
      void navigate({
        to: next.conversationId ? `/inbox/${next.conversationId}` : "/inbox",
        search: {
          list: next.list,
          ...(next.tag ? { tag: next.tag } : {}),
          ...(next.words === null ? {} : { q: next.words }),
        },
        replace: how.isReplace ?? false,
      });
    },
    [navigate, list, conversationId, tag, words],
  );
  return { ...address, go };
}
