/**
 * Keeps the thread where the reader wants it: at the bottom it stays at the bottom (new messages, images that load,
 * a growing text box); scrolled up, nothing moves, also when older messages are put in above.
 */
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

/** Nearer than this to the end counts as being there. */
const nearPx = 48;

export type Sticky = {
  scroll: RefObject<HTMLDivElement | null>;
  content: RefObject<HTMLDivElement | null>;
  isAtBottom: boolean;
  toBottom: () => void;
  onScroll: () => void;
};

/** `firstKey` changes when older messages were put in; `resetKey` when another thread is shown. */
export function useStickyBottom(firstKey: string, resetKey: string): Sticky {
  const scroll = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stick = useRef(true);
  const lastHeight = useRef(0);
  const lastSize = useRef("");
  const [isAtBottom, setAtBottom] = useState(true);

  const toBottom = useCallback(() => {
    const box = scroll.current;
    if (!box) return;
    stick.current = true;
    box.scrollTop = box.scrollHeight;
    setAtBottom(true);
  }, []);

  const onScroll = useCallback(() => {
    const box = scroll.current;
    if (!box) return;
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight < nearPx;
    const size = `${String(box.scrollHeight)}|${String(box.clientHeight)}`;
    // A scroll event that comes with a change of size is the browser's doing, not the reader's.
    const isByReader = size === lastSize.current;
    lastSize.current = size;
    if (stick.current && !isNear && !isByReader) {
      box.scrollTop = box.scrollHeight;
      return;
    }
    stick.current = isNear;
    lastHeight.current = box.scrollHeight;
    setAtBottom(isNear);
  }, []);

  const shown = `${resetKey}|${firstKey}`;
  const before = useRef(shown);
  useLayoutEffect(() => {
    const box = scroll.current;
    if (!box || before.current === shown) return;
    const isSameThread = before.current.split("|")[0] === resetKey;
    before.current = shown;
    if (!isSameThread) stick.current = true;
    if (isSameThread && !stick.current) box.scrollTop += box.scrollHeight - lastHeight.current;
    else box.scrollTop = box.scrollHeight;
    lastHeight.current = box.scrollHeight;
  }, [shown, resetKey]);

  useEffect(() => {
    const box = scroll.current;
    const inner = content.current;
    if (!box || !inner) return;
    const observer = new ResizeObserver(() => {
      if (stick.current) box.scrollTop = box.scrollHeight;
      else lastHeight.current = box.scrollHeight;
      lastSize.current = `${String(box.scrollHeight)}|${String(box.clientHeight)}`;
    });
    observer.observe(inner);
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  return { scroll, content, isAtBottom, toBottom, onScroll };
}
