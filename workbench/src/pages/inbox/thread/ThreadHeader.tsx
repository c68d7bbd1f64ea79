// The head of a conversation: who, where from, who else looks at it, and what can be done; the main act stands last.
import type { Conversation } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { type MenuItem, PopMenu } from "../../../components/PopMenu.tsx";
import { timeText } from "../../../components/Time.tsx";
import { useIsPhone } from "../../../components/use-media.ts";
import { nowMs } from "../../../live/clock.ts";
import type { Viewer } from "../../../live/reduce.ts";
import { useMe } from "../../../live/session.ts";
import { useLive } from "../../../live/store.ts";
import type { Actions } from "../actions/use-actions.ts";
import { useSnoozeItems } from "../actions/use-snooze-items.ts";
import { Waiting } from "../list/ConversationRow.tsx";
import { useContactName, useMemberName } from "../names.ts";
import { dispositionItems } from "./disposition-items.ts";

export type HeaderProps = {
  conversation: Conversation;
  actions: Actions;
  isPanelShown: boolean;
  onBack: () => void;
  onPanel: () => void;
  onTransfer: () => void;
  onSnoozeCustom: () => void;
  onUnread: () => void;
};

export function ThreadHeader(props: HeaderProps) {
  const { t } = useTranslation();
  const { conversation, isPanelShown, onBack, onPanel } = props;
  const isPhone = useIsPhone();
  const name = useContactName()(conversation.contact);
  return (
    <header className="thread-head">
      {isPhone ? (
        <Button
          look="text"
          icon={<Icon name="back" size={22} />}
          aria-label={t("common.back")}
          onClick={onBack}
        />
      ) : null}
      <div className="thread-who">
        <h2 className="ellipsis">
          {name} <span className="soft number thread-number">#{conversation.number}</span>
        </h2>
        <p className="thread-sub">
          <StateWords conversation={conversation} />
          <Waiting conversation={conversation} />
        </p>
      </div>
      <Viewers conversationId={conversation.id} />
      <MainActions {...props} />
      <Button
        look={isPanelShown ? "plain" : "text"}
        icon={<Icon name="panel" />}
        aria-label={t("keys.panel")}
        aria-pressed={isPanelShown}
        onClick={onPanel}
      />
    </header>
  );
}

/** Channel and who serves, in one line of words. */
function StateWords({ conversation }: { conversation: Conversation }) {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const memberName = useMemberName();
  const { handler, status } = conversation;
  const offeredTo = useLive((view) => view.offers.get(conversation.id)?.agentId ?? null);
  const served = (): string => {
    if (status === "resolved") {
      const how = conversation.disposition ? ` · ${t(`inbox.dispositions.${conversation.disposition}`)}` : "";
      return `${t("inbox.state.resolved")}${how}`;
    }
    if (status === "snoozed") {
      const until = conversation.snoozedUntilAt;
      return until
        ? t("inbox.snoozedToast", { when: timeText(until, nowMs(), "full", t) })
        : t("inbox.state.snoozed");
    }
    const asked = offeredTo === null || offeredTo === me ? null : memberName(offeredTo);
    if (asked !== null) return t("inbox.state.offered", { name: asked });
    if (handler.kind === "agent")
      return handler.agentId === me
        ? t("inbox.state.mine")
        : t("inbox.state.agent", { name: memberName(handler.agentId) ?? t("inbox.someone") });
    return t(`inbox.state.${handler.kind}`);
  };
  return (
    <span className="ellipsis">
      {conversation.inboxName} · {served()}
    </span>
  );
}

function isSameViewers(a: readonly Viewer[], b: readonly Viewer[]): boolean {
  return (
    a.length === b.length &&
    a.every((viewer, index) => viewer.id === b[index]?.id && viewer.isReplying === b[index]?.isReplying)
  );
}

/** Colleagues who have it open; whoever writes is named. */
function Viewers({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const me = useMe().user.id;
  const others = useLive(
    (view) => (view.viewers.get(conversationId) ?? []).filter((viewer) => viewer.id !== me),
    isSameViewers,
  );
  if (others.length === 0) return null;
  const replying = others.find((viewer) => viewer.isReplying);
  const names = others.map((viewer) => viewer.name).join(t("common.listComma"));
  return (
    <span className={replying ? "viewers viewers-replying" : "viewers"} role="status">
      <Icon name={replying ? "pencil" : "eye"} size={15} />
      <span className="ellipsis">
        {replying
          ? t("inbox.colleagueReplying", { name: replying.name })
          : t("inbox.colleagueViewing", { names })}
      </span>
    </span>
  );
}

function MainActions({ conversation, actions, onTransfer, onSnoozeCustom, onUnread }: HeaderProps) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const can = (ability: Conversation["abilities"][number]) => conversation.abilities.includes(ability);
  const snooze = useSnoozeItems(conversation.id, actions, onSnoozeCustom);
  const isOpen = conversation.status === "open";
  const more: MenuItem[] = [
    ...(isPhone && can("transfer")
      ? [
          {
            kind: "item",
            key: "transfer",
            icon: "transfer",
            label: t("inbox.transfer"),
            run: onTransfer,
          } as const,
        ]
      : []),
    ...(can("return-to-bot")
      ? [
          {
            kind: "item",
            key: "return",
            icon: "bot",
            label: t("inbox.returnToBot"),
            run: () => void actions.returnToBot(conversation.id),
          } as const,
        ]
      : []),
    { kind: "item", key: "unread", icon: "bell", label: t("inbox.markUnread"), run: onUnread },
    ...(can("snooze")
      ? ([{ kind: "title", key: "snooze", label: t("inbox.snooze") }, ...snooze] satisfies MenuItem[])
      : []),
    ...(can("resolve")
      ? ([
          { kind: "title", key: "resolve", label: t("inbox.resolveAs") },
          ...dispositionItems(t, (disposition) => void actions.resolve(conversation.id, disposition)),
        ] satisfies MenuItem[])
      : []),
  ];
  const label = (words: string, icon: "person" | "transfer" | "check" | "reopen") => ({
    icon: <Icon name={icon} size={17} />,
    ...(isPhone ? { "aria-label": words } : { children: words }),
  });
  return (
    <div className="thread-actions">
      {can("transfer") && !isPhone ? (
        <Button {...label(t("inbox.transfer"), "transfer")} onClick={onTransfer} />
      ) : null}
      <PopMenu items={more} label={t("common.moreActions")}>
        {(button) => (
          <Button {...button} look="text" icon={<Icon name="more" />} aria-label={t("common.moreActions")} />
        )}
      </PopMenu>
      {can("claim") && isOpen ? (
        <Button
          look="primary"
          {...label(t("inbox.claim"), "person")}
          onClick={() => void actions.claim(conversation)}
        />
      ) : null}
      {can("resolve") && !can("claim") ? (
        <Button
          look="primary"
          {...label(t("inbox.resolve"), "check")}
          onClick={() => void actions.resolve(conversation.id, "solved")}
        />
      ) : null}
      {can("reopen") ? (
        <Button
          {...label(t(conversation.status === "snoozed" ? "inbox.wake" : "inbox.reopen"), "reopen")}
          onClick={() => void actions.reopen(conversation.id)}
        />
      ) : null}
    </div>
  );
}
