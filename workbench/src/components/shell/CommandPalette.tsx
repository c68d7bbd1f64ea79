/**
 * Ctrl/⌘+K: every action and page with its shortcut, and open conversations by name or number. Built on antd's Modal;
 * the input keeps the focus and points at the chosen row (combobox pattern).
 */
import { useNavigate } from "@tanstack/react-router";
import { Modal } from "antd";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { getLive } from "../../live/store.ts";
import { type Command, useAllCommands } from "../commands.ts";
import { Icon } from "../Icon.tsx";
import { Keys } from "../Keys.tsx";
import { nextIndex } from "../PopMenu.tsx";
import { matchCommands, matchConversations } from "./palette-match.ts";

type Row = Command & { hint?: string };

/** Everything that fits the words: actions first, conversations, then the search. */
function useRows(words: string, onClose: () => void): Row[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const commands = useAllCommands();
  return useMemo(() => {
    const go =
      (to: string, search: Record<string, string> = {}) =>
      () => {
        onClose();
        void navigate({ to, search });
      };
    const rows: Row[] = matchCommands(commands, words).map((command) => ({
      ...command,
      run: () => {
        onClose();
        command.run?.();
      },
    }));
    if (words.trim() === "") return rows;
    const conversations = matchConversations([...getLive().conversations.values()], words).map(
      (conversation): Row => ({
        id: conversation.id,
        group: "list",
        icon: "inbox",
        title: conversation.contact.name,
        hint: `#${String(conversation.number)}`,
        run: go(`/inbox/${conversation.id}`),
      }),
    );
    const search: Row = {
      id: "search-words",
      group: "list",
      icon: "search",
      title: t("shell.paletteSearch", { words: words.trim() }),
      run: go("/inbox", { q: words.trim() }),
    };
    return [...rows, ...conversations, search];
  }, [commands, words, t, navigate, onClose]);
}

export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const rows = useRows(words, onClose);
  const chosen = Math.min(at, rows.length - 1);
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      rows[chosen]?.run?.();
      return;
    }
    const next =
      event.key === "Home" || event.key === "End" ? null : nextIndex(event.key, chosen, rows.length);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
  };
  return (
    <Modal
      open
      footer={null}
      closable={false}
      onCancel={onClose}
      width={560}
      style={{ top: 80 }}
      title={<span className="visually-hidden">{t("shell.palette")}</span>}
      className="palette"
    >
      <div className="palette-box">
        <Icon name="search" />
        <input
          ref={(input) => input?.focus()}
          role="combobox"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={rows[chosen] ? `${id}-${String(chosen)}` : undefined}
          aria-label={t("shell.paletteHint")}
          placeholder={t("shell.paletteHint")}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKey}
        />
      </div>
      <PaletteRows id={id} rows={rows} chosen={chosen} onHover={setAt} />
    </Modal>
  );
}

function PaletteRows({
  id,
  rows,
  chosen,
  onHover,
}: {
  id: string;
  rows: readonly Row[];
  chosen: number;
  onHover: (at: number) => void;
}) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[id="${id}-${String(chosen)}"]`)?.scrollIntoView({ block: "nearest" });
  }, [chosen, id]);
  if (rows.length === 0) return <p className="soft palette-none">{t("shell.paletteEmpty")}</p>;
  return (
    <div className="palette-rows" role="listbox" id={id} ref={list} aria-label={t("shell.palette")}>
      {rows.map((row, index) => (
        <button
          key={row.id}
          type="button"
          tabIndex={-1}
          role="option"
          id={`${id}-${String(index)}`}
          aria-selected={index === chosen}
          className={index === chosen ? "plain palette-row palette-row-on" : "plain palette-row"}
          onMouseMove={() => onHover(index)}
          onClick={() => row.run?.()}
        >
          <Icon name={row.icon ?? "forward"} size={17} />
          <span className="ellipsis">{row.title}</span>
          {row.hint ? <span className="soft number">{row.hint}</span> : null}
          {row.keys ? <Keys keys={row.keys} /> : null}
        </button>
      ))}
    </div>
  );
}
