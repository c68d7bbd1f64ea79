// The chat over the page, with the product known. A frame of our own chat page: it is loaded only now.
import type { HelpPage } from "@yingda/contract";
import { useEffect, useRef } from "preact/hooks";
import type { HelpTexts } from "./texts.ts";

interface Props {
  url: string;
  locale: HelpPage["locale"];
  t: HelpTexts;
  onClose(): void;
}

export function ChatPanel({ url, locale, t, onClose }: Props) {
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    close.current?.focus();
    const onKey = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    addEventListener("keydown", onKey);
    return () => {
      removeEventListener("keydown", onKey);
      if (before instanceof HTMLElement) before.focus();
    };
  }, [onClose]);
  const address = `${url}${url.includes("?") ? "&" : "?"}lang=${locale}`;
  return (
    <div class="panel" role="dialog" aria-modal="true" aria-label={t.chat}>
      <button type="button" class="panel-close" ref={close} onClick={onClose}>
        {t.close}
      </button>
      <iframe src={address} title={t.chat} />
    </div>
  );
}
