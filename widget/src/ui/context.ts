// What every part of the chat needs: the words, the face, the chat itself.
import type { WidgetFace } from "@yingda/contract";
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
import type { Chat } from "../chat.ts";
import type { Texts } from "../i18n/zh-CN.ts";
import type { ChatState } from "../store.ts";

export interface Surroundings {
  chat: Chat;
  face: WidgetFace;
  t: Texts;
  locale: "zh-CN" | "en";
  isEmbedded: boolean;
  close(): void;
}

export const SurroundingsContext = createContext<Surroundings | null>(null);

export function useSurroundings(): Surroundings {
  const value = useContext(SurroundingsContext);
  if (!value) throw new Error("used outside the chat");
  return value;
}

export function useChat(): ChatState {
  const { chat } = useSurroundings();
  const [state, setState] = useState(chat.state);
  useEffect(() => {
    setState(chat.state);
    return chat.subscribe(() => setState(chat.state));
  }, [chat]);
  return state;
}

/** A part that is rare and therefore loaded when first wanted; null until it is there. */
export function useLater<Part>(isWanted: boolean, load: () => Promise<Part>): Part | null {
  const [part, setPart] = useState<Part | null>(null);
  const isMissing = isWanted && !part;
  useEffect(() => {
    if (isMissing) void load().then((loaded) => setPart(() => loaded));
  }, [isMissing]);
  return part;
}
