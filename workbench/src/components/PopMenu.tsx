/**
 * A small menu on a button: arrows, Home and End move, Escape and Tab close and give the focus back. `children` is
 * called with what the button must carry.
 */
import {
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Icon, type IconName } from "./Icon.tsx";
import { Popup } from "./Popup.tsx";
import type { PopupSide } from "./place-popup.ts";

export type MenuItem =
  | {
      kind: "item";
      key: string;
      label: ReactNode;
      hint?: ReactNode;
      icon?: IconName;
      isChecked?: boolean;
      isDanger?: boolean;
      isDisabled?: boolean;
      run: () => void;
    }
  | { kind: "line"; key: string }
  | { kind: "title"; key: string; label: ReactNode };

/** Spread onto the button that opens the menu. */
export type MenuButtonProps = {
  ref: RefObject<HTMLButtonElement | null>;
  "aria-haspopup": "menu";
  "aria-expanded": boolean;
  "aria-controls"?: string;
  onClick: () => void;
};
export type PopMenuProps = {
  items: readonly MenuItem[];
  /** Name of the menu for screen readers. */
  label: string;
  side?: PopupSide;
  children: (button: MenuButtonProps) => ReactNode;
  /** Shown above the items. */
  header?: ReactNode;
};

export function PopMenu({ items, label, side = "below", children, header }: PopMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = useCallback(() => setOpen(false), []);
  const leave = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, []);
  return (
    <>
      {children({
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        ...(isOpen ? { "aria-controls": id } : {}),
        onClick: () => setOpen(!isOpen),
      })}
      {isOpen ? (
        <Popup anchor={button} side={side} onClose={close}>
          <MenuList id={id} items={items} label={label} header={header} onClose={leave} />
        </Popup>
      ) : null}
    </>
  );
}

type MenuListProps = {
  id: string;
  items: readonly MenuItem[];
  label: string;
  header?: ReactNode;
  onClose: () => void;
};

function MenuList({ id, items, label, header, onClose }: MenuListProps) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the popup has been placed; focusing earlier would scroll the page to where it was measured.
    const frame = requestAnimationFrame(() => buttonsOf(list.current)[0]?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, []);
  const move = (event: KeyboardEvent) => {
    if (event.key === "Tab") {
      event.preventDefault();
      onClose();
      return;
    }
    const buttons = buttonsOf(list.current);
    const next = nextIndex(
      event.key,
      buttons.indexOf(document.activeElement as HTMLButtonElement),
      buttons.length,
    );
    if (next === null) return;
    event.preventDefault();
    buttons[next]?.focus();
  };
  return (
    <div className="menu" ref={list}>
      {header ? <div className="menu-header">{header}</div> : null}
      <div role="menu" id={id} aria-label={label} tabIndex={-1} onKeyDown={move}>
        {items.map((item) => (
          <MenuRow key={item.key} item={item} onClose={onClose} />
        ))}
      </div>
    </div>
  );
}

function MenuRow({ item, onClose }: { item: MenuItem; onClose: () => void }) {
  if (item.kind === "line") return <hr className="menu-line" />;
  if (item.kind === "title")
    return (
      <div className="menu-title" role="presentation">
        {item.label}
      </div>
    );
  const isCheckable = item.isChecked !== undefined;
  return (
    <button
      type="button"
      {...(isCheckable ? { role: "menuitemradio", "aria-checked": item.isChecked } : { role: "menuitem" })}
      disabled={item.isDisabled}
      className={item.isDanger ? "plain menu-item menu-item-danger" : "plain menu-item"}
      onClick={() => {
        onClose();
        item.run();
      }}
    >
      {item.icon ? <Icon name={item.icon} size={17} /> : null}
      <span className="menu-words">
        <span>{item.label}</span>
        {item.hint ? <span className="menu-hint">{item.hint}</span> : null}
      </span>
      {item.isChecked ? <Icon name="check" size={16} /> : null}
    </button>
  );
}

function buttonsOf(list: HTMLElement | null): HTMLButtonElement[] {
  return [...(list?.querySelectorAll<HTMLButtonElement>("button:not(:disabled)") ?? [])];
}

/** Where an arrow key, Home or End leads; null for other keys. */
export function nextIndex(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}
