/**
 * The rows of one tab, virtualised: five thousand rows cost what a screenful costs. More pages load while one scrolls.
 * Row height is fixed (list.css), so nothing jumps when a message arrives.
 */

import { useVirtualizer } from "@tanstack/react-virtual";
import type { ConversationList as ListName } from "@yingda/contract";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useIsPhone } from "../../../components/use-media.ts";
import { ConversationRow } from "./ConversationRow.tsx";
import type { LoadedList } from "./use-list.ts";

export type ConversationListProps = {
  name: ListName;
  tag: string | null;
  loaded: LoadedList;
  openId: string | null;
};

const rowHeight = { desk: 88, phone: 100 };

export function ConversationList({ name, tag, loaded, openId }: ConversationListProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const scroll = useRef<HTMLDivElement>(null);
  const { rows, hasMore, loadMore } = loaded;
  const height = isPhone ? rowHeight.phone : rowHeight.desk;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  });
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;
  const measuredFor = useRef(height);
  useEffect(() => {
    if (measuredFor.current === height) return;
    measuredFor.current = height;
    virtual.measure();
  }, [virtual, height]);
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 10) loadMore();
  }, [hasMore, lastShown, rows.length, loadMore]);
  const openIndex = rows.findIndex((row) => row.id === openId);
  useEffect(() => {
    if (openIndex >= 0) virtual.scrollToIndex(openIndex, { align: "auto" });
  }, [openIndex, virtual]);
  const search: Record<string, string> = { list: name, ...(tag ? { tag } : {}) };
  return (
    <div
      id="conversation-list"
      role="tabpanel"
      aria-label={t(`inbox.tabs.${name}`)}
      className="list-scroll"
      ref={scroll}
      tabIndex={-1}
    >
      {loaded.isFirstLoad ? <RowSkeletons height={height} /> : null}
      {loaded.error ? <ErrorState error={loaded.error} onRetry={loaded.retry} /> : null}
      {!loaded.isFirstLoad && !loaded.error && rows.length === 0 ? <EmptyList name={name} /> : null}
      <ul className="rows" style={{ blockSize: virtual.getTotalSize() }}>
        {shown.map((item) => {
          const conversation = rows[item.index];
          return conversation ? (
            <li
              key={item.key}
              style={{ transform: `translateY(${String(item.start)}px)`, blockSize: item.size }}
            >
              <ConversationRow
                conversation={conversation}
                isOpen={conversation.id === openId}
                search={search}
              />
            </li>
          ) : null;
        })}
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
