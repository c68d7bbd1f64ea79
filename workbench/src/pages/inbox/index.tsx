/**
 * The inbox: list, thread, customer. Three panes on a wide desk, the customer in a drawer below 1200 px, one pane at a
 * time on the phone. Where one is stands in the address (use-address.ts).
 */
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Command, useCommands } from "../../components/commands.ts";
import { usePageTitle } from "../../components/Page.tsx";
import { EmptyState } from "../../components/states.tsx";
import { useIsNarrow, useIsPhone } from "../../components/use-media.ts";
import { nowMs } from "../../live/clock.ts";
import { tellView } from "../../live/line.ts";
import { usePreferences } from "../../live/preferences.ts";
import { useLive } from "../../live/store.ts";
import { sweepDrafts } from "./composer/drafts.ts";
import { CustomerPanel } from "./customer/CustomerPanel.tsx";
import { ListPane, searchBoxId } from "./list/ListPane.tsx";
import { type LoadedList, useList } from "./list/use-list.ts";
import { Resizer } from "./Resizer.tsx";
import { ThreadPane } from "./thread/ThreadPane.tsx";
import { type InboxAddress, useAddress } from "./use-address.ts";
import "./inbox.css";
import "./list.css";
import "./thread.css";
import "./bubbles.css";
import "./composer.css";
import "./customer.css";
import { SideDrawer } from "../../components/lazy-antd.tsx";

/** J and K walk the list, "s" goes to the search box. */
function useListCommands(loaded: LoadedList, address: InboxAddress, open: (id: string) => void): void {
  const { t } = useTranslation();
  const { rows } = loaded;
  const { conversationId } = address;
  const commands = useMemo((): Command[] => {
    const step = (by: number) => () => {
      const at = rows.findIndex((row) => row.id === conversationId);
      const next = rows[at < 0 ? 0 : at + by];
      if (next) open(next.id);
    };
    const search = () => document.getElementById(searchBoxId)?.focus();
    return [
      { id: "next", group: "list", icon: "down", title: t("keys.next"), keys: "j", run: step(1) },
      { id: "previous", group: "list", icon: "down", title: t("keys.previous"), keys: "k", run: step(-1) },
      {
        id: "next-alt",
        group: "list",
        title: t("keys.next"),
        keys: "alt+ArrowDown",
        isHidden: true,
        run: step(1),
      },
      {
        id: "previous-alt",
        group: "list",
        title: t("keys.previous"),
        keys: "alt+ArrowUp",
        isHidden: true,
        run: step(-1),
      },
      { id: "search", group: "list", icon: "search", title: t("keys.search"), keys: "s", run: search },
    ];
  }, [rows, conversationId, open, t]);
  useCommands(commands);
}

export default function InboxPage() {
  const { t } = useTranslation();
  const address = useAddress();
  const { list, tag, conversationId, go } = address;
  const loaded = useList(list, tag);
  const isPhone = useIsPhone();
  usePageTitle(t("nav.inbox"));
  useListCommands(
    loaded,
    address,
    useCallback((id) => go({ conversationId: id }, { isReplace: true }), [go]),
  );
  useEffect(() => sweepDrafts(nowMs()), []);
  useEffect(() => {
    if (conversationId === null) tellView(null, false);
    return () => tellView(null, false);
  }, [conversationId]);
  const { listWidth } = usePreferences();
  const isListShown = !isPhone || conversationId === null;
  return (
    <div
      className="inbox"
      style={isPhone ? {} : { gridTemplateColumns: `${String(listWidth)}px auto minmax(0, 1fr)` }}
    >
      {isListShown ? <ListPane loaded={loaded} /> : null}
      {isPhone ? null : <Resizer pane="listWidth" least={280} most={460} />}
      {conversationId ? (
        <Conversation
          key={conversationId}
          conversationId={conversationId}
          onBack={() => go({ conversationId: null })}
        />
      ) : isPhone ? null : (
        <section className="pane pane-none">
          <EmptyState icon="inbox" title={t("inbox.chooseOne")} text={t("inbox.chooseOneHint")} />
        </section>
      )}
    </div>
  );
}

/** The thread with the customer beside it, or in a drawer where there is no room. */
function Conversation({ conversationId, onBack }: { conversationId: string; onBack: () => void }) {
  const { t } = useTranslation();
  const isNarrow = useIsNarrow();
  const { panelWidth } = usePreferences();
  const [isPanelWanted, setPanelWanted] = useState(!isNarrow);
  const conversation = useLive((view) => view.conversations.get(conversationId)) ?? null;
  const [hasOpened, setOpened] = useState(false);
  const toggle = useCallback(() => {
    setOpened(true);
    setPanelWanted((wanted) => !wanted);
  }, []);
  const panel = conversation ? (
    <CustomerPanel contactId={conversation.contact.id} conversation={conversation} />
  ) : null;
  const isBeside = isPanelWanted && !isNarrow;
  return (
    <div
      className="conversation"
      style={isBeside ? { gridTemplateColumns: `minmax(0, 1fr) auto ${String(panelWidth)}px` } : {}}
    >
      <ThreadPane
        conversationId={conversationId}
        isPanelShown={isPanelWanted}
        onBack={onBack}
        onPanel={toggle}
      />
      {isBeside ? (
        <>
          <Resizer pane="panelWidth" least={260} most={420} />
          <aside className="pane pane-customer" aria-label={t("keys.panel")}>
            {panel}
          </aside>
        </>
      ) : null}
      {isNarrow && hasOpened ? (
        <SideDrawer isOpen={isPanelWanted} onClose={toggle} width={340} title={t("keys.panel")}>
          {panel}
        </SideDrawer>
      ) : null}
    </div>
  );
}
