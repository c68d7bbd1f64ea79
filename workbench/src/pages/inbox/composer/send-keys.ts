// What a key press in the text box means. Pure. While an input method composes (pinyin, kana), Enter chooses a word and
// never sends; Safari reports that Enter after the composition ended, with key code 229.
export type SendKey = "enter" | "ctrl-enter";
export type BoxPress = {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  keyCode: number;
};

/** True when this press sends. Ctrl/⌘+Enter always does, plain Enter only where it is chosen. */
export function isSend(press: BoxPress, sendKey: SendKey): boolean {
  if (press.key !== "Enter" || press.isComposing || press.keyCode === 229) return false;
  if (press.shiftKey || press.altKey) return false;
  return press.ctrlKey || press.metaKey || sendKey === "enter";
}
