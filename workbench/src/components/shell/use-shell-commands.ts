// The commands that exist on every page: palette, help, pages, appearance, language, sounds, presence, sign out.

import { useNavigate } from "@tanstack/react-router";
import { type Presence, presences } from "@yingda/contract";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { setPreferences, usePreferences } from "../../live/preferences.ts";
import { useMe } from "../../live/session.ts";
import { type Command, useCommands } from "../commands.ts";
import { visiblePages } from "../pages.ts";
import { openDialog } from "./dialogs.ts";
import { useSignOut } from "./MeMenu.tsx";
import { chooseLanguage, nextAppearance, nextLanguage, turnAppearance } from "./use-appearance.ts";

const appearanceWords = { system: "me.themeSystem", light: "me.themeLight", dark: "me.themeDark" } as const;

function setPresence(presence: Presence): void {
  void call(routes.setPresence, { body: { presence } }).catch(() => undefined);
}

export function useShellCommands(): void {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const me = useMe();
  const { appearance, isSoundOn } = usePreferences();
  const leave = useSignOut();
  const commands = useMemo((): Command[] => {
    const pages = visiblePages(me).map(
      (page): Command => ({
        id: `page-${page.name}`,
        group: "anywhere",
        icon: page.icon,
        title: t(`nav.${page.name}`),
        words: page.name,
        run: () => void navigate({ to: `/${page.name}` }),
      }),
    );
    const states = presences.map(
      (name): Command => ({
        id: `presence-${name}`,
        group: "anywhere",
        icon: "person",
        title: `${t("presence.label")}${t("common.colon")}${t(`presence.${name}`)}`,
        words: name,
        run: () => setPresence(name),
      }),
    );
    return [
      {
        id: "palette",
        group: "anywhere",
        title: t("keys.palette"),
        keys: "mod+k",
        isHidden: true,
        run: () => openDialog("palette"),
      },
      {
        id: "help",
        group: "anywhere",
        icon: "help",
        title: t("keys.help"),
        keys: "?",
        words: "keyboard shortcuts",
        run: () => openDialog("help"),
      },
      ...pages,
      ...states,
      {
        id: "me",
        group: "anywhere",
        icon: "person",
        title: t("me.title"),
        words: "account profile password totp",
        run: () => openDialog("me"),
      },
      ...(me.permissions.includes("conversations-reply")
        ? ([
            {
              id: "canned-replies",
              group: "anywhere",
              icon: "bolt",
              title: t("inbox.manageQuickReplies"),
              words: "canned quick replies",
              run: () => openDialog("canned-replies"),
            },
          ] satisfies Command[])
        : []),
      {
        id: "appearance",
        group: "anywhere",
        icon: "sun",
        title: t("shell.themeNext", { theme: t(appearanceWords[nextAppearance(appearance)]) }),
        words: "dark light theme",
        run: turnAppearance,
      },
      {
        id: "language",
        group: "anywhere",
        icon: "globe",
        title: t("shell.languageNext"),
        words: "language english 中文",
        run: () => void chooseLanguage(nextLanguage(i18n.language)),
      },
      {
        id: "sound",
        group: "anywhere",
        icon: "bell",
        title: t("shell.soundToggle", { state: isSoundOn ? t("common.off") : t("common.on") }),
        words: "sound mute",
        run: () => setPreferences({ isSoundOn: !isSoundOn }),
      },
      {
        id: "sign-out",
        group: "anywhere",
        icon: "signOut",
        title: t("me.signOut"),
        words: "logout",
        run: () => void leave(),
      },
    ];
  }, [t, i18n.language, navigate, me, appearance, isSoundOn, leave]);
  useCommands(commands);
}
