// How many conversations of mine hold something unread: the number on the tab, the rail and the phone's first tab.
import { isInList } from "@yingda/contract";
import { useEffect } from "react";
import { setUnreadCount } from "../../live/attention.ts";
import { useMe } from "../../live/session.ts";
import { useLive } from "../../live/store.ts";

export function useWaitingCount(): number {
  const me = useMe().user.id;
  const count = useLive((view) => {
    let sum = 0;
    for (const conversation of view.conversations.values())
      if (isInList(conversation, "mine", me) && conversation.lastMessageSeq > conversation.readSeq) sum += 1;
    return sum;
  });
  useEffect(() => {
    setUnreadCount(count);
    return () => setUnreadCount(0);
  }, [count]);
  return count;
}
