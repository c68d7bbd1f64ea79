/**
 * A small menu on a button: the list opens in antd's Popover (which places it and keeps it on the screen), the keyboard
 * behaves as menus do: arrows, Home, End, letters by Tab order are not needed; Escape gives the focus back.
 */
import { Popover } from "antd";
import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { Icon, type IconName } from "./Icon.tsx";

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

type TriggerProps = {
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
  "aria-controls"?: string;
  id?: string;
};
export type PopMenuProps = {
  items: readonly MenuItem[];
  /** Name of the menu for screen readers. */
  label: string;
  placement?:
    | "top"
    | "bottom"
    | "bottomLeft"
    | "bottomRight"
    | "topLeft"
    | "topRight"
    | "right"
    | "rightBottom"
    | "rightTop";
  children: ReactElement<TriggerProps>;
  /** Shown above the items. */
  header?: ReactNode;
};

export function PopMenu({ items, label, placement = "bottomRight", children, header }: PopMenuProps) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const close = () => {
    setOpen(false);
    document.getElementById(`${id}-button`)?.focus();
  };
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      arrow={false}
      placement={placement}
      destroyOnHidden
      styles={{ container: { padding: 6 } }}
      content={<MenuList id={id} items={items} label={label} header={header} onClose={close} />}
    >
      {cloneElement(children, {
        id: `${id}-button`,
        "aria-haspopup": "menu",
        "aria-expanded": isOpen,
        ...(isOpen ? { "aria-controls": id } : {}),
      })}
    </Popover>
  );
}

function MenuList({
  id,
  items,
  label,
  header,
  onClose,
}: {
  id: string;
  items: readonly MenuItem[];
  label: string;
  header?: ReactNode;
  onClose: () => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the popover has been placed; focusing earlier would scroll the page to where it was measured.
    const frame = requestAnimationFrame(() => buttonsOf(list.current)[0]?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, []);
  const move = (event: KeyboardEvent) => {
    if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
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
  const className = item.isDanger ? "plain menu-item menu-item-danger" : "plain menu-item";
  const checkable = item.isChecked !== undefined;
  return (
    <button
      type="button"
      {...(checkable ? { role: "menuitemradio", "aria-checked": item.isChecked } : { role: "menuitem" })}
      disabled={item.isDisabled}
      className={className}
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
