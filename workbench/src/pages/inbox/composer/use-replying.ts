// Tells the others: which conversation is open here, that a reply is being written (collision), and typing for the contact.
import { useEffect, useRef } from "react";
import { tellTyping, tellView } from "../../../live/line.ts";

/** Typing is told again this often while it goes on; the other side forgets it a little later. */
const againMs = 3_000;

export function useReplying(conversationId: string, isReplying: boolean, text: string): void {
  const toldAtMs = useRef(0);
  useEffect(() => tellView(conversationId, isReplying), [conversationId, isReplying]);
  useEffect(() => {
    if (!isReplying || text === "" || Date.now() - toldAtMs.current < againMs) return;
    toldAtMs.current = Date.now();
    tellTyping(conversationId, true);
  }, [conversationId, isReplying, text]);
  useEffect(() => {
    if (isReplying) return;
    if (toldAtMs.current > 0) tellTyping(conversationId, false);
    toldAtMs.current = 0;
  }, [conversationId, isReplying]);
}
