/**
 * Where replies and notes are written. Note mode changes colour, label and button, so that nobody sends a note to a
 * customer by mistake. Without the right to reply it says why and offers the way out.
 */
import { type Conversation, maxTextLength } from "@yingda/contract";
import { type DragEvent, type RefObject, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button.tsx";
import { keyCaps } from "../../../components/commands.ts";
import { Icon } from "../../../components/Icon.tsx";
import { useIsPhone } from "../../../components/use-media.ts";
import { usePreferences } from "../../../live/preferences.ts";
import { Attachments } from "./Attachments.tsx";
import type { DraftMode } from "./drafts.ts";
import { EmojiMenu } from "./EmojiMenu.tsx";
import { ModelHelp } from "./ModelHelp.tsx";
import { PilotDrafts } from "./PilotDrafts.tsx";
import { ReplyOffers, ReplyPicker } from "./ReplyPicker.tsx";
import { Stopped } from "./Stopped.tsx";
import { TextBox } from "./TextBox.tsx";
import { addFiles } from "./uploads.ts";
import { type ComposerState, useComposer } from "./use-composer.ts";

export type ComposerProps = {
  conversation: Conversation;
  seenSeq: number;
  mode: DraftMode;
  onMode: (mode: DraftMode) => void;
  box: RefObject<HTMLTextAreaElement | null>;
};

export function Composer({ conversation, seenSeq, mode, onMode, box }: ComposerProps) {
  const { t } = useTranslation();
  const composer = useComposer(conversation, seenSeq, mode, box);
  const [isOver, setOver] = useState(false);
  const listId = useId();
  const canReply = conversation.abilities.includes("reply");
  const canWrite = mode === "note" ? conversation.abilities.includes("note") : canReply;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (canWrite && mode === "reply") addFiles(conversation.id, [...event.dataTransfer.files]);
  };
  const className = ["composer", mode === "note" ? "composer-note" : "", isOver ? "composer-over" : ""]
    .filter(Boolean)
    .join(" ");
  return (
    <section
      className={className}
      aria-label={t(mode === "note" ? "inbox.noteBox" : "inbox.replyBox")}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <Stopped conversation={conversation} />
      <div className="composer-head">
        <ModeSwitch mode={mode} onMode={onMode} />
        <HandlerHint conversation={conversation} mode={mode} />
      </div>
      {mode === "reply" && canReply ? (
        <PilotDrafts conversation={conversation} seenSeq={seenSeq} onUse={composer.insert} />
      ) : null}
      {mode === "reply" ? (
        <ModelHelp
          key={conversation.id}
          conversation={conversation}
          canReply={canReply}
          onUse={composer.insert}
        />
      ) : null}
      {composer.isListOpen ? (
        <ReplyPicker id={listId} replies={composer.listed} chosen={composer.chosen} onPick={composer.pick} />
      ) : null}
      <ReplyOffers replies={composer.offered} onPick={composer.pick} />
      <Attachments conversationId={conversation.id} attachments={composer.attachments} />
      <TextBox
        box={box}
        value={composer.text}
        label={t(mode === "note" ? "inbox.noteBox" : "inbox.replyBox")}
        placeholder={t(
          canWrite
            ? mode === "note"
              ? "inbox.notePlaceholder"
              : "inbox.replyPlaceholder"
            : "inbox.cannotReply",
        )}
        isDisabled={!canWrite}
        list={
          composer.isListOpen ? { id: listId, chosen: composer.chosen, count: composer.listed.length } : null
        }
        hasOffer={composer.offered.length > 0}
        onChange={composer.change}
        onCaret={composer.setCaret}
        onSend={composer.send}
        onListMove={composer.setChosen}
        onListPick={() => composer.pick(composer.listed[composer.chosen])}
        onListClose={composer.closeList}
        onOfferPick={() => composer.pick(composer.offered[0])}
        onOfferClose={composer.closeList}
        onFiles={(files) => addFiles(conversation.id, files)}
        onFocus={composer.setFocused}
      />
      <Tools conversation={conversation} composer={composer} mode={mode} canWrite={canWrite} />
    </section>
  );
}

function ModeSwitch({ mode, onMode }: { mode: DraftMode; onMode: (mode: DraftMode) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="bare mode-switch" aria-label={t("inbox.modeLabel")}>
      <button
        type="button"
        className={mode === "reply" ? "plain mode mode-on" : "plain mode"}
        aria-pressed={mode === "reply"}
        onClick={() => onMode("reply")}
      >
        {t("inbox.modeReply")}
      </button>
      <button
        type="button"
        className={mode === "note" ? "plain mode mode-note-on" : "plain mode"}
        aria-pressed={mode === "note"}
        onClick={() => onMode("note")}
      >
        <Icon name="lock" size={13} /> {t("inbox.modeNote")}
      </button>
    </fieldset>
  );
}

/** What sending will do to who serves; and that a note stays inside. */
function HandlerHint({ conversation, mode }: { conversation: Conversation; mode: DraftMode }) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  if (mode === "note") return <span className="composer-hint">{t("inbox.noteHint")}</span>;
  const { kind } = conversation.handler;
  if (conversation.status !== "open" || isPhone || kind === "agent" || kind === "nobody") return null;
  return (
    <span className="composer-hint">{t(kind === "bot" ? "inbox.takesOverBot" : "inbox.takesFromQueue")}</span>
  );
}

type ToolsProps = { conversation: Conversation; composer: ComposerState; mode: DraftMode; canWrite: boolean };

function Tools({ conversation, composer, mode, canWrite }: ToolsProps) {
  const { t } = useTranslation();
  const { sendKey } = usePreferences();
  const isPhone = useIsPhone();
  const file = useRef<HTMLInputElement>(null);
  const isNear = composer.length > maxTextLength - 200;
  const keys = sendKey === "enter" ? "Enter" : "mod+Enter";
  return (
    <div className="composer-tools">
      {mode === "reply" ? (
        <>
          <Button
            look="text"
            icon={<Icon name="attach" />}
            aria-label={t("inbox.attach")}
            disabled={!canWrite}
            onClick={() => file.current?.click()}
          />
          <Button
            look="text"
            icon={<Icon name="bolt" />}
            aria-label={t("keys.quickReply")}
            aria-expanded={composer.isListOpen}
            disabled={!canWrite}
            onClick={composer.toggleList}
          />
        </>
      ) : null}
      <EmojiMenu onPick={composer.insert} />
      <input
        ref={file}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          addFiles(conversation.id, [...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      <span className="composer-space" />
      {isNear ? (
        <span className={composer.length > maxTextLength ? "problem number" : "soft number"} role="status">
          {composer.length}/{maxTextLength}
        </span>
      ) : null}
      {isPhone ? null : (
        <span className="composer-keys soft">{t("inbox.sendHint", { keys: keyCaps(keys).join("+") })}</span>
      )}
      <Button
        look="primary"
        className={mode === "note" ? "send-note" : ""}
        icon={<Icon name={mode === "note" ? "note" : "send"} size={16} />}
        disabled={!canWrite || !composer.canSend}
        onClick={composer.send}
      >
        {t(mode === "note" ? "inbox.saveNote" : "inbox.send")}
      </Button>
    </div>
  );
}
