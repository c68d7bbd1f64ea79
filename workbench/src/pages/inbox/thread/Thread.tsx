/**
 * The messages of one conversation: a log that is read out politely, sticks to its end, loads older pages when scrolled
 * to the top, and offers to jump back down when something new came meanwhile.
 */
import type { Conversation, Message } from "@yingda/contract";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { lazyAntd } from "../../../components/lazy-antd.tsx";
import { ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { Time } from "../../../components/Time.tsx";
import { useSending } from "../../../live/sending.ts";
import type { Sending } from "../../../live/sending-queue.ts";
import { useContactName } from "../names.ts";
import { Bubble } from "./Bubble.tsx";
import { SendingBubble } from "./SendingBubble.tsx";
import { ThreadTail } from "./ThreadTail.tsx";
import { lastReadSeq, type ThreadRow, threadRows } from "./thread-rows.ts";
import { type Readings, useReadings } from "./use-readings.ts";
import { useStickyBottom } from "./use-sticky-bottom.ts";
import type { LoadedThread } from "./use-thread.ts";

const TraceDrawer = lazyAntd(() => import("./TraceDrawer.tsx"));

/** A scrolling log must be reachable by keyboard, though nothing in it may be. */
const keyboardScroll = { tabIndex: 0 };

export type ThreadProps = {
  conversation: Conversation;
  thread: LoadedThread;
  /** The read mark when the thread was opened. */
  newAfterSeq: number | null;
  onTakeBack: (sending: Sending) => void;
};

export function Thread({ conversation, thread, newAfterSeq, onTakeBack }: ThreadProps) {
  const { t } = useTranslation();
  const sending = useSending(conversation.id);
  const [traceOf, setTraceOf] = useState<string | null>(null);
  const { messages } = thread;
  const rows = useMemo(() => threadRows(messages, sending, newAfterSeq), [messages, sending, newAfterSeq]);
  const sticky = useStickyBottom(messages[0]?.id ?? "", conversation.id);
  const readMark = lastReadSeq(messages, conversation.contactReadSeq);
  const readings = useReadings(conversation.id, messages);
  const unseen = useUnseen(messages, sticky.isAtBottom);
  const onScroll = () => {
    sticky.onScroll();
    const box = sticky.scroll.current;
    if (box && box.scrollTop < 200 && thread.hasOlder && !thread.isLoadingOlder)
      void thread.loadOlder().catch(() => undefined);
  };
  return (
    <div className="thread-wrap">
      <div
        className="thread"
        ref={sticky.scroll}
        onScroll={onScroll}
        role="log"
        aria-live="polite"
        aria-relevant="additions"
        aria-label={t("inbox.threadLabel")}
        {...keyboardScroll}
      >
        <div className="thread-inner" ref={sticky.content}>
          {thread.isLoading ? <RowSkeletons count={5} height={64} /> : null}
          {thread.error ? <ErrorState error={thread.error} onRetry={thread.retry} /> : null}
          {thread.hasOlder ? <Older thread={thread} /> : null}
          <Rows
            rows={rows}
            readMark={readMark}
            readings={readings}
            contact={conversation.contact}
            onTrace={setTraceOf}
            onTakeBack={onTakeBack}
          />
          <ThreadTail conversationId={conversation.id} />
        </div>
      </div>
      {sticky.isAtBottom ? null : (
        <Button
          className="jump"
          icon={<Icon name="down" size={16} />}
          onClick={sticky.toBottom}
          {...(unseen > 0 ? { look: "primary" as const } : {})}
        >
          {unseen > 0 ? t("inbox.newMessages", { count: unseen }) : t("inbox.toLatest")}
        </Button>
      )}
      {traceOf ? <TraceDrawer messageId={traceOf} onClose={() => setTraceOf(null)} /> : null}
    </div>
  );
}

/** How many messages came while the reader was further up. */
function useUnseen(messages: readonly Message[], isAtBottom: boolean): number {
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const [seenSeq, setSeenSeq] = useState(lastSeq);
  if (isAtBottom && seenSeq !== lastSeq) setSeenSeq(lastSeq);
  return isAtBottom
    ? 0
    : messages.filter((message) => message.seq > seenSeq && message.kind !== "event").length;
}

function Older({ thread }: { thread: LoadedThread }) {
  const { t } = useTranslation();
  return (
    <div className="thread-older">
      <Button
        look="text"
        size="small"
        isBusy={thread.isLoadingOlder}
        onClick={() => void thread.loadOlder().catch(() => undefined)}
      >
        {t("inbox.older")}
      </Button>
    </div>
  );
}

type RowsProps = {
  rows: readonly ThreadRow[];
  readMark: number | null;
  readings: Readings;
  contact: Conversation["contact"];
  onTrace: (messageId: string) => void;
  onTakeBack: (sending: Sending) => void;
};

function Rows({ rows, readMark, readings, contact, onTrace, onTakeBack }: RowsProps) {
  const { t } = useTranslation();
  const contactName = useContactName()(contact);
  return rows.map((row) => {
    switch (row.kind) {
      case "day":
        return (
          <div key={row.key} className="thread-day">
            <DayWords at={row.at} />
          </div>
        );
      case "new":
        return (
          <div key={row.key} className="thread-new">
            <span>{t("inbox.newLine")}</span>
          </div>
        );
      case "message":
        return (
          <Bubble
            key={row.key}
            message={row.message}
            isFirst={row.isFirst}
            isLast={row.isLast}
            isReadMark={row.message.seq === readMark}
            contactName={contactName}
            reading={readings.get(row.message.id)}
            onTrace={onTrace}
          />
        );
      case "sending":
        return <SendingBubble key={row.key} sending={row.sending} onTakeBack={onTakeBack} />;
      default:
        return row satisfies never;
    }
  });
}

function DayWords({ at }: { at: string }) {
  return <Time at={at} style="day" />;
}
