/**
 * The middle pane: header, handover, thread, text box of one conversation. Mounted anew for each conversation, so that
 * nothing of one shows in another. Registers the conversation's shortcuts.
 */
import type { Conversation } from "@yingda/contract";
import { type RefObject, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Command, useCommands } from "../../../components/commands.ts";
import { lazyAntd } from "../../../components/lazy-antd.tsx";
import { usePageTitle } from "../../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import type { Sending } from "../../../live/sending-queue.ts";
import { type Actions, useActions } from "../actions/use-actions.ts";
import { Composer } from "../composer/Composer.tsx";
import { setDraft } from "../composer/draft-text.ts";
import type { DraftMode } from "../composer/drafts.ts";
import { useContactName } from "../names.ts";
import { HandoffCard } from "./HandoffCard.tsx";
import { Thread } from "./Thread.tsx";
import { ThreadHeader } from "./ThreadHeader.tsx";
import { useConversation, useMarkRead, useThread } from "./use-thread.ts";

const TransferDialog = lazyAntd(() => import("../actions/TransferDialog.tsx"));
const SnoozeDialog = lazyAntd(() => import("../actions/SnoozeDialog.tsx"));

export type ThreadPaneProps = {
  conversationId: string;
  isPanelShown: boolean;
  onBack: () => void;
  onPanel: () => void;
};

export function ThreadPane(props: ThreadPaneProps) {
  const { conversation, error, retry } = useConversation(props.conversationId);
  return (
    <section className="pane pane-thread">
      {conversation ? <OpenThread {...props} conversation={conversation} /> : null}
      {conversation || !error ? null : <ErrorState error={error} onRetry={retry} />}
      {conversation || error ? null : (
        <div className="thread-waiting">
          <BlockSkeleton rows={5} />
        </div>
      )}
    </section>
  );
}

type Dialog = "transfer" | "snooze" | null;

/** Brings back the text of something that was not sent. */
function takeBack(sending: Sending): void {
  const { what, conversationId } = sending;
  if (what.kind === "note") setDraft(conversationId, "note", what.text);
  else if (what.content.kind === "text") setDraft(conversationId, "reply", what.content.text);
}

function OpenThread({
  conversation,
  isPanelShown,
  onBack,
  onPanel,
}: ThreadPaneProps & { conversation: Conversation }) {
  const { id } = conversation;
  const thread = useThread(id);
  const actions = useActions();
  const [mode, setMode] = useState<DraftMode>("reply");
  const [dialog, setDialog] = useState<Dialog>(null);
  const [isUnreadHeld, setUnreadHeld] = useState(false);
  const [openedAtSeq] = useState(() => conversation.readSeq);
  const box = useRef<HTMLTextAreaElement>(null);
  const lastSeq = thread.messages.at(-1)?.seq ?? 0;
  useMarkRead(conversation, lastSeq, isUnreadHeld);
  usePageTitle(useContactName()(conversation.contact));
  useThreadCommands(conversation, actions, { setMode, setDialog, onPanel, box });
  const markUnread = () => {
    setUnreadHeld(true);
    void actions.markUnread(conversation);
  };
  return (
    <>
      <ThreadHeader
        conversation={conversation}
        actions={actions}
        isPanelShown={isPanelShown}
        onBack={onBack}
        onPanel={onPanel}
        onTransfer={() => setDialog("transfer")}
        onSnoozeCustom={() => setDialog("snooze")}
        onUnread={markUnread}
      />
      <HandoffCard conversation={conversation} />
      <Thread
        conversation={conversation}
        thread={thread}
        newAfterSeq={openedAtSeq > 0 ? openedAtSeq : null}
        onTakeBack={takeBack}
      />
      <Composer conversation={conversation} seenSeq={lastSeq} mode={mode} onMode={setMode} box={box} />

      {dialog === "transfer" ? (
        <TransferDialog conversation={conversation} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === "snooze" ? (
        <SnoozeDialog
          onPick={(at) => void actions.snooze(id, at.toISOString(), at.toLocaleString())}
          onClose={() => setDialog(null)}
        />
      ) : null}
    </>
  );
}

type CommandTools = {
  setMode: (mode: DraftMode) => void;
  setDialog: (dialog: Dialog) => void;
  onPanel: () => void;
  box: RefObject<HTMLTextAreaElement | null>;
};

/** R, N, A, E, Z, I and what the palette shows for this conversation. */
function useThreadCommands(conversation: Conversation, actions: Actions, tools: CommandTools): void {
  const { t } = useTranslation();
  const { setMode, setDialog, onPanel, box } = tools;
  const commands = useMemo((): Command[] => {
    const { id, abilities } = conversation;
    const can = (ability: Conversation["abilities"][number]) => abilities.includes(ability);
    const write = (mode: DraftMode) => () => {
      setMode(mode);
      requestAnimationFrame(() => box.current?.focus());
    };
    const list: (Command | false)[] = [
      can("reply") && {
        id: "reply",
        group: "thread",
        icon: "send",
        title: t("keys.reply"),
        keys: "r",
        run: write("reply"),
      },
      can("note") && {
        id: "note",
        group: "thread",
        icon: "note",
        title: t("keys.note"),
        keys: "n",
        run: write("note"),
      },
      can("claim")
        ? {
            id: "assign",
            group: "thread",
            icon: "person",
            title: t("inbox.claim"),
            keys: "a",
            run: () => void actions.claim(conversation),
          }
        : can("transfer") && {
            id: "assign",
            group: "thread",
            icon: "transfer",
            title: t("inbox.transfer"),
            keys: "a",
            run: () => setDialog("transfer"),
          },
      can("claim") &&
        can("transfer") && {
          id: "transfer",
          group: "thread",
          icon: "transfer",
          title: t("inbox.transfer"),
          run: () => setDialog("transfer"),
        },
      can("return-to-bot") && {
        id: "return",
        group: "thread",
        icon: "bot",
        title: t("inbox.returnToBot"),
        run: () => void actions.returnToBot(id),
      },
      can("resolve") && {
        id: "resolve",
        group: "thread",
        icon: "check",
        title: t("keys.resolve"),
        keys: "e",
        run: () => void actions.resolve(id, "solved"),
      },
      can("reopen") && {
        id: "reopen",
        group: "thread",
        icon: "reopen",
        title: t("inbox.reopen"),
        run: () => void actions.reopen(id),
      },
      can("snooze") && {
        id: "snooze",
        group: "thread",
        icon: "snooze",
        title: t("keys.snooze"),
        keys: "z",
        run: () => setDialog("snooze"),
      },
      { id: "panel", group: "thread", icon: "panel", title: t("keys.panel"), keys: "i", run: onPanel },
      { id: "send", group: "composer", title: t("keys.send"), keys: "mod+Enter" },
      { id: "new-line", group: "composer", title: t("keys.newLine"), keys: "shift+Enter" },
      { id: "quick-reply", group: "composer", title: t("keys.quickReply"), keys: "/" },
    ];
    return list.filter((command) => command !== false);
  }, [conversation, actions, t, setMode, setDialog, onPanel, box]);
  useCommands(commands);
}
