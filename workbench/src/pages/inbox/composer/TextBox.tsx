/**
 * The text box: grows with its text up to a third of the screen, sends by the chosen key, never in the middle of an input
 * method's composition, and runs the quick-reply list with arrows, Enter, Tab and Escape while that is open.
 */
import { type ClipboardEvent, type KeyboardEvent, type RefObject, useLayoutEffect } from "react";
import { usePreferences } from "../../../live/preferences.ts";
import { isSend } from "./send-keys.ts";

export type TextBoxProps = {
  box: RefObject<HTMLTextAreaElement | null>;
  value: string;
  label: string;
  placeholder: string;
  isDisabled: boolean;
  /** Id of the open list and of its chosen row; null when no list is open. */
  list: { id: string; chosen: number; count: number } | null;
  hasOffer: boolean;
  onChange: (value: string, caret: number) => void;
  onCaret: (caret: number) => void;
  onSend: () => void;
  onListMove: (chosen: number) => void;
  onListPick: () => void;
  onListClose: () => void;
  onOfferPick: () => void;
  onOfferClose: () => void;
  onFiles: (files: File[]) => void;
  onFocus: (isFocused: boolean) => void;
};

export function TextBox(props: TextBoxProps) {
  const { box, value, list } = props;
  const { sendKey } = usePreferences();
  useLayoutEffect(() => {
    const area = box.current;
    if (!area) return;
    area.style.blockSize = "auto";
    area.style.blockSize = `${String(area.scrollHeight + (value === "" ? 0 : 2))}px`;
  }, [box, value]);
  const onKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isComposing = event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229;
    if (isComposing) return;
    if (list && runList(event, props)) return;
    if (props.hasOffer && runOffer(event, props)) return;
    if (isSend({ ...pick(event), isComposing, keyCode: event.nativeEvent.keyCode }, sendKey)) {
      event.preventDefault();
      props.onSend();
    } else if (event.key === "Escape") box.current?.blur();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    // Office programs put a picture of the text beside the text: then the text is meant.
    if (files.length === 0 || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    props.onFiles(files);
  };
  return (
    <textarea
      ref={box}
      className="composer-text"
      rows={2}
      value={value}
      aria-label={props.label}
      placeholder={props.placeholder}
      disabled={props.isDisabled}
      {...(list
        ? {
            role: "combobox",
            "aria-expanded": true,
            "aria-controls": list.id,
            "aria-activedescendant": `${list.id}-${String(list.chosen)}`,
          }
        : {})}
      onChange={(event) => props.onChange(event.target.value, event.target.selectionStart)}
      onSelect={(event) => props.onCaret(event.currentTarget.selectionStart)}
      onKeyDown={onKey}
      onPaste={onPaste}
      onFocus={() => props.onFocus(true)}
      onBlur={() => props.onFocus(false)}
    />
  );
}

function pick({ key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, shiftKey, ctrlKey, metaKey, altKey };
}

/** Keys while the list is open; true when the press was used up. */
function runList(event: KeyboardEvent, { list, onListMove, onListPick, onListClose }: TextBoxProps): boolean {
  if (!list) return false;
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step !== 0 && list.count > 0) onListMove((list.chosen + step + list.count) % list.count);
  else if ((event.key === "Enter" || event.key === "Tab") && list.count > 0) onListPick();
  else if (event.key === "Escape") onListClose();
  else return false;
  event.preventDefault();
  return true;
}

/** Keys while replies are offered; Escape puts the offer away, so that Tab moves on again. */
function runOffer(event: KeyboardEvent, { onOfferPick, onOfferClose }: TextBoxProps): boolean {
  if (event.key === "Tab" && !event.shiftKey) onOfferPick();
  else if (event.key === "Escape") onOfferClose();
  else return false;
  event.preventDefault();
  return true;
}
