// What the tabs of the knowledge page share: their list, how any of them opens an FAQ, and a place for its buttons.
import type { Faq, FaqDraft, FaqId, GapId } from "@yingda/contract";
import { createContext, type ReactNode, useContext } from "react";
import { createPortal } from "react-dom";

/** In the order they are shown; the first one's address is /knowledge, another's /knowledge/<name>. */
export const tabNames = [
  "faqs",
  "gaps",
  "tables",
  "documents",
  "policies",
  "products",
  "help",
  "incidents",
  "words",
] as const;
export type TabName = (typeof tabNames)[number];

/** What a new FAQ begins with, and where that came from. */
export type FaqStart = { fill: Partial<FaqDraft>; gapId: GapId; lead?: string | undefined };

export type TabProps = {
  canWrite: boolean;
  /** Opens the editor with a new FAQ. */
  onAddFaq: (question?: string) => void;
  onEditFaq: (faq: Faq) => void;
  /** Opens the editor with a new FAQ that is filled already. */
  onMakeFaq: (start: FaqStart) => void;
  onOpenDraft: (id: FaqId) => void;
  /** Opens the editor with this FAQ as it stands now, or says that it is gone. */
  onFindFaq: (wanted: { id: string } | { slug: string }, focusOn?: string | null) => void;
};

export const ActionsPlace = createContext<HTMLElement | null>(null);

/** A tab's buttons, shown in the page's head. */
export function TabActions({ children }: { children: ReactNode }) {
  const place = useContext(ActionsPlace);
  return place === null ? null : createPortal(children, place);
}
