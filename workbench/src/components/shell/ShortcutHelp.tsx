// The list of keyboard shortcuts that work right now, grouped; opened by "?".
import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { setPreferences, usePreferences } from "../../live/preferences.ts";
import { type Command, type CommandGroup, useAllCommands } from "../commands.ts";
import { Keys } from "../Keys.tsx";

const groups: readonly CommandGroup[] = ["anywhere", "list", "thread", "composer"];
const groupWords = {
  anywhere: "shell.groupAnywhere",
  list: "shell.groupList",
  thread: "shell.groupThread",
  composer: "shell.groupComposer",
} as const;

export default function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { hasSingleKeys } = usePreferences();
  const commands = useAllCommands().filter((command) => command.keys);
  return (
    <Modal open title={t("shell.shortcutsTitle")} footer={null} onCancel={onClose} width={620}>
      {hasSingleKeys ? null : (
        <p className="soft">
          {t("shell.shortcutsOff")}{" "}
          <button
            type="button"
            className="plain text-button"
            onClick={() => setPreferences({ hasSingleKeys: true })}
          >
            {t("common.on")}
          </button>
        </p>
      )}
      <div className="key-groups">
        {groups.map((group) => (
          <KeyGroup
            key={group}
            title={t(groupWords[group])}
            commands={commands.filter((command) => command.group === group)}
          />
        ))}
      </div>
    </Modal>
  );
}

function KeyGroup({ title, commands }: { title: string; commands: readonly Command[] }) {
  if (commands.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <dl className="key-list">
        {commands.map((command) => (
          <div key={command.id}>
            <dt>{command.title}</dt>
            <dd>
              <Keys keys={command.keys ?? ""} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
