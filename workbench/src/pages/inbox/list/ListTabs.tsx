// The six tabs of the inbox with their counts: two rows of three on the desk, one row to swipe on the phone.
import { type ConversationList, conversationLists, type ListCounts } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { TabStrip } from "../../../components/TabStrip.tsx";
import { useMe } from "../../../live/session.ts";
import { useLive } from "../../../live/store.ts";

/** The count the server keeps for a tab; null where it keeps none. */
export function countOf(list: ConversationList, counts: ListCounts | null, me: string): number | null {
  if (!counts) return null;
  if (list === "mine") return counts.byAgent[me] ?? 0;
  if (list === "queue" || list === "attention" || list === "bot") return counts[list];
  return null;
}

export type ListTabsProps = { list: ConversationList; onList: (list: ConversationList) => void };

export function ListTabs({ list, onList }: ListTabsProps) {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const counts = useLive((view) => view.counts);
  const tabs = conversationLists.map((name) => ({
    key: name,
    label: t(`inbox.tabs.${name}`),
    count: countOf(name, counts, me),
    isAlert: name === "attention",
  }));
  return (
    <TabStrip
      label={t("inbox.tabsLabel")}
      tabs={tabs}
      chosen={list}
      controls="conversation-list"
      onChoose={onList}
    />
  );
}
