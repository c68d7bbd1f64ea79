/**
 * Something small that opens at a button: menus, emoji. Lies over the page at body level, is kept on the screen, and
 * closes on Escape, on a click elsewhere and when the window changes size. The focus goes back to the button.
 */
import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { type PopupSide, placePopup } from "./place-popup.ts";

export type PopupProps = {
  anchor: RefObject<HTMLElement | null>;
  side: PopupSide;
  onClose: () => void;
  children: ReactNode;
};

export function Popup({ anchor, side, onClose, children }: PopupProps) {
  const box = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null);
  useLayoutEffect(() => {
    const from = anchor.current?.getBoundingClientRect();
    const own = box.current?.getBoundingClientRect();
    if (from && own) setPlace(placePopup(from, own, side, { width: innerWidth, height: innerHeight }));
  }, [anchor, side]);
  useEffect(() => {
    const away = (event: PointerEvent) => {
      const target = event.target as Node;
      if (!box.current?.contains(target) && !anchor.current?.contains(target)) onClose();
    };
    const key = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      onClose();
      anchor.current?.focus();
    };
    document.addEventListener("pointerdown", away, true);
    document.addEventListener("keydown", key, true);
    window.addEventListener("resize", onClose);
    return () => {
      document.removeEventListener("pointerdown", away, true);
      document.removeEventListener("keydown", key, true);
      window.removeEventListener("resize", onClose);
    };
  }, [anchor, onClose]);
  return createPortal(
    <div
      ref={box}
      className="popup"
      style={place ? { left: place.left, top: place.top } : { visibility: "hidden" }}
    >
      {children}
    </div>,
    document.body,
  );
}
