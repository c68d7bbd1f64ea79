import type { LanguageWithSingular } from "../texts.ts";

export const shell: LanguageWithSingular["shell"] = {
  recoveryBanner:
    "The recovery key is not saved yet. If the server breaks, backups cannot be opened without it.",
  recoveryAction: "Save it now",
  later: "Not today",
  palette: "Quick actions",
  paletteHint: "Type an action, a page or a conversation",
  paletteEmpty: "No action matches",
  palettePages: "Pages",
  paletteActions: "Actions",
  paletteConversations: "Conversations",
  paletteSearch: "Search for “{{words}}”",
  shortcutsTitle: "Keyboard shortcuts",
  shortcutsOff: "Single-key shortcuts are off; turn them on under My account → Preferences.",
  help: "Keyboard shortcuts",
  themeNext: "Appearance: {{theme}}",
  languageNext: "切换到中文",
  soundToggle: "Sounds: {{state}}",
  groupAnywhere: "Anywhere",
  groupList: "Conversation list",
  groupThread: "Conversation",
  groupComposer: "Text box",
};
