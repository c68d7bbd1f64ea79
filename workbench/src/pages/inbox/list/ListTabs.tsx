// The six tabs of the inbox with their counts: two rows of three on the desk, one row to swipe on the phone.
import { type ConversationList, conversationLists, type ListCounts } from "@yingda/contract";
import { type KeyboardEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { nextIndex } from "../../../components/PopMenu.tsx";
import { useMe } from "../../../live/session.ts";
import { useLive } from "../../../live/store.ts";

/** The count the server keeps for a tab; null where it keeps none. */
export function countOf(list: ConversationList, counts: ListCounts | null, me: string): number | null {
  if (!counts) return null;
  if (list === "mine") return counts.byAgent[me] ?? 0;
  if (list === "queue" || list === "attention" || list === "bot") return counts[list];
  return null;
}

export function ListTabs({
  list,
  onList,
}: {
  list: ConversationList;
  onList: (list: ConversationList) => void;
}) {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const counts = useLive((view) => view.counts);
  const row = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const key = event.key.replace("ArrowRight", "ArrowDown").replace("ArrowLeft", "ArrowUp");
    const next = nextIndex(key, conversationLists.indexOf(list), conversationLists.length);
    const name = next === null ? undefined : conversationLists[next];
    if (!name) return;
    event.preventDefault();
    onList(name);
    row.current?.querySelectorAll<HTMLElement>("[role=tab]")[next ?? 0]?.focus();
  };
  return (
    <div className="list-tabs" role="tablist" aria-label={t("inbox.tabsLabel")} ref={row} onKeyDown={move}>
      {conversationLists.map((name) => {
        const count = countOf(name, counts, me);
        return (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === list}
            aria-controls="conversation-list"
            tabIndex={name === list ? 0 : -1}
            className={name === list ? "plain list-tab list-tab-on" : "plain list-tab"}
            onClick={() => onList(name)}
          >
            <span>{t(`inbox.tabs.${name}`)}</span>
            {count === null ? null : (
              <span
                className={count > 0 && name === "attention" ? "list-count list-count-alert" : "list-count"}
              >
                {count > 999 ? "999+" : count}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
