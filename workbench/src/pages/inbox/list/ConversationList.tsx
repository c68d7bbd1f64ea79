/**
 * The rows of one tab, of which only those on the screen are drawn (use-window.ts). More pages load while one scrolls.
 * The row height is fixed here and in list.css, so nothing jumps when a message arrives.
 */
import type { ConversationList as ListName } from "@yingda/contract";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useIsPhone } from "../../../components/use-media.ts";
import { ConversationRow } from "./ConversationRow.tsx";
import type { LoadedList } from "./use-list.ts";
import { useWindow } from "./use-window.ts";

export type ConversationListProps = {
  name: ListName;
  tag: string | null;
  loaded: LoadedList;
  openId: string | null;
};

const rowHeight = { desk: 88, phone: 100 };

export function ConversationList({ name, tag, loaded, openId }: ConversationListProps) {
  const { t } = useTranslation();
  const height = rowHeight[useIsPhone() ? "phone" : "desk"];
  const scroll = useRef<HTMLDivElement>(null);
  const { rows, hasMore, loadMore } = loaded;
  const { from, to, onScroll, reveal } = useWindow(scroll, rows.length, height);
  useEffect(() => {
    if (hasMore && to >= rows.length - 10) loadMore();
  }, [hasMore, to, rows.length, loadMore]);
  const openIndex = rows.findIndex((row) => row.id === openId);
  useEffect(() => {
    if (openIndex >= 0) reveal(openIndex);
  }, [openIndex, reveal]);
  const search: Record<string, string> = { list: name, ...(tag ? { tag } : {}) };
  return (
    <div
      id="conversation-list"
      role="tabpanel"
      aria-label={t(`inbox.tabs.${name}`)}
      className="list-scroll"
      ref={scroll}
      onScroll={onScroll}
      tabIndex={-1}
    >
      {loaded.isFirstLoad ? <RowSkeletons height={height} /> : null}
      {loaded.error ? <ErrorState error={loaded.error} onRetry={loaded.retry} /> : null}
      {!loaded.isFirstLoad && !loaded.error && rows.length === 0 ? <EmptyList name={name} /> : null}
      <ul className="rows" style={{ blockSize: rows.length * height }}>
        {rows.slice(from, to).map((conversation, index) => (
          <li
            key={conversation.id}
            aria-setsize={rows.length}
            aria-posinset={from + index + 1}
            style={{ transform: `translateY(${String((from + index) * height)}px)`, blockSize: height }}
          >
            <ConversationRow
              conversation={conversation}
              isOpen={conversation.id === openId}
              search={search}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

function EmptyList({ name }: { name: ListName }) {
  const { t } = useTranslation();
  return (
    <EmptyState
      icon={name === "resolved" ? "check" : "inbox"}
      title={t(`inbox.empty.${name}`)}
      text={t(`inbox.emptyHint.${name}`)}
    />
  );
}
