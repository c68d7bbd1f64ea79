// Fetches pages of a thread into the live state: the newest one, or the one before what is loaded.
import { call, routes } from "../../../api.ts";
import { hasGap, putThread, replaceThread } from "../../../live/reduce.ts";
import { changeLive, getLive } from "../../../live/store.ts";

const pageSize = 50;

/** `isFresh`: what was loaded before is dropped, since events were lost in between. */
export async function loadNewest(conversationId: string, isFresh = false): Promise<void> {
  const page = await call(routes.getThread, { params: { id: conversationId }, query: { limit: pageSize } });
  const put = isFresh ? replaceThread : putThread;
  changeLive((view) => {
    const next = put(view, conversationId, page.messages, page.hasMore);
    // A page that does not join what was loaded before leaves a hole: then only the page is kept.
    return hasGap(next.threads.get(conversationId) ?? [])
      ? replaceThread(view, conversationId, page.messages, page.hasMore)
      : next;
  });
}

/** Nothing happens when nothing is loaded yet. */
export async function loadOlder(conversationId: string): Promise<void> {
  const before = getLive().threads.get(conversationId)?.[0]?.seq;
  if (before === undefined) return;
  const page = await call(routes.getThread, {
    params: { id: conversationId },
    query: { before, limit: pageSize },
  });
  changeLive((view) => putThread(view, conversationId, page.messages, page.hasMore));
}
