/**
 * The state behind the text box: mode, text, quick replies, sending. `seenSeq` is the last message the writer had on the
 * screen: the server stops a reply when somebody else answered after it.
 */
import { type CannedReply, type Conversation, maxTextLength } from "@yingda/contract";
import { type RefObject, useRef, useState } from "react";
import { sendSoon } from "../../../live/sending.ts";
import { getDraft, setDraft, useDraft } from "./draft-text.ts";
import type { DraftMode } from "./drafts.ts";
import { matchReplies, offerReplies, replaceSpan, slashAt } from "./match-replies.ts";
import { takeUploaded, useAttachments } from "./uploads.ts";
import { useCannedReplies, useInitials } from "./use-canned.ts";
import { useReplying } from "./use-replying.ts";

export type ComposerState = ReturnType<typeof useComposer>;

export function useComposer(
  conversation: Conversation,
  seenSeq: number,
  mode: DraftMode,
  box: RefObject<HTMLTextAreaElement | null>,
) {
  const { id } = conversation;
  const text = useDraft(id, mode);
  const attachments = useAttachments(id);
  const [isFocused, setFocused] = useState(false);
  const quick = useQuickReplies(id, mode, text, box);
  useReplying(id, mode === "reply" && isFocused && text.trim() !== "", text);

  const isUploading = attachments.some((attachment) => attachment.state.kind === "uploading");
  const hasFiles = mode === "reply" && attachments.some((attachment) => attachment.state.kind === "done");
  const length = [...text].length;
  const canSend = !isUploading && length <= maxTextLength && (text.trim() !== "" || hasFiles);

  const send = () => {
    if (!canSend) return;
    const written = getDraft(id, mode).trim();
    if (mode === "note") sendSoon(id, { kind: "note", text: written });
    else {
      for (const content of takeUploaded(id)) sendSoon(id, { kind: "reply", content, seenSeq });
      if (written !== "") sendSoon(id, { kind: "reply", content: { kind: "text", text: written }, seenSeq });
    }
    setDraft(id, mode, "");
    box.current?.focus();
  };
  return { text, attachments, length, canSend, isUploading, send, setFocused, ...quick };
}

/** Typing, the "/" list and the offers. */
function useQuickReplies(
  id: string,
  mode: DraftMode,
  text: string,
  box: RefObject<HTMLTextAreaElement | null>,
) {
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  /** The text at which the list or offer was put away: it stays away until the text changes. */
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [isForced, setForced] = useState(false);
  const canned = useCannedReplies().data ?? [];
  const slash = slashAt(text, caret);
  const isListOpen = mode === "reply" && (isForced || (slash !== null && closedAt !== text));
  const initials = useInitials(isListOpen);
  const listed = isListOpen ? matchReplies(canned, slash?.word ?? "", initials).slice(0, 30) : [];
  const offered = !isListOpen && mode === "reply" && closedAt !== text ? offerReplies(canned, text) : [];
  const at = Math.min(chosen, Math.max(0, listed.length - 1));
  // The caret is set when the new text has been drawn.
  const pendingCaret = useRef<number | null>(null);

  const put = (from: number, to: number, by: string) => {
    const next = replaceSpan(getDraft(id, mode), from, to, by);
    setDraft(id, mode, next.text);
    setClosedAt(next.text);
    setForced(false);
    setCaret(next.caret);
    pendingCaret.current = next.caret;
    requestAnimationFrame(() => {
      box.current?.focus();
      if (pendingCaret.current !== null)
        box.current?.setSelectionRange(pendingCaret.current, pendingCaret.current);
      pendingCaret.current = null;
    });
  };
  const caretNow = () => box.current?.selectionStart ?? text.length;
  return {
    listed,
    offered,
    chosen: at,
    isListOpen,
    setChosen,
    setCaret,
    change: (value: string, newCaret: number) => {
      setDraft(id, mode, value);
      setCaret(newCaret);
      setChosen(0);
      setForced(false);
    },
    insert: (piece: string) => put(caretNow(), box.current?.selectionEnd ?? caretNow(), piece),
    pick: (reply: CannedReply | undefined) => {
      if (!reply) return;
      if (slash) put(slash.from, slash.to, reply.text);
      else if (isForced) put(caretNow(), caretNow(), reply.text);
      else put(0, text.length, reply.text);
    },
    toggleList: () => {
      setForced(!isListOpen);
      box.current?.focus();
    },
    closeList: () => {
      setClosedAt(text);
      setForced(false);
    },
  };
}
