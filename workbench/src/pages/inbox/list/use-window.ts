/**
 * Draws only the rows of a long list that can be seen. All rows have one height, so a row's place is its index times the
 * height: nothing is measured, and five thousand rows cost what a screenful costs.
 */
import { type RefObject, useCallback, useEffect, useState } from "react";

/** Rows drawn beyond each edge, so that quick scrolling shows no holes. */
const beyond = 8;

export type Window = { from: number; to: number };

/** Which rows to draw; pure. `to` is exclusive. */
export function windowOf(scrollTop: number, shownHeight: number, rowHeight: number, count: number): Window {
  const first = Math.floor(scrollTop / rowHeight) - beyond;
  const last = Math.ceil((scrollTop + shownHeight) / rowHeight) + beyond;
  return { from: Math.max(0, Math.min(first, count)), to: Math.max(0, Math.min(last, count)) };
}

export type WindowedRows = Window & { onScroll: () => void; reveal: (index: number) => void };

export function useWindow(
  scroll: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): WindowedRows {
  const [seen, setSeen] = useState({ top: 0, height: 900 });
  const look = useCallback(() => {
    const box = scroll.current;
    if (!box) return;
    // Rounded to rows: scrolling within a row renders nothing.
    const top = Math.floor(box.scrollTop / rowHeight) * rowHeight;
    setSeen((before) =>
      before.top === top && before.height === box.clientHeight ? before : { top, height: box.clientHeight },
    );
  }, [scroll, rowHeight]);
  useEffect(() => {
    const box = scroll.current;
    if (!box) return;
    look();
    const observer = new ResizeObserver(look);
    observer.observe(box);
    return () => observer.disconnect();
  }, [scroll, look]);
  const reveal = useCallback(
    (index: number) => {
      const box = scroll.current;
      if (!box) return;
      const top = index * rowHeight;
      if (top < box.scrollTop) box.scrollTop = top;
      else if (top + rowHeight > box.scrollTop + box.clientHeight)
        box.scrollTop = top + rowHeight - box.clientHeight;
    },
    [scroll, rowHeight],
  );
  return { ...windowOf(seen.top, seen.height, rowHeight, count), onScroll: look, reveal };
}
