// One's own menu: account, language, appearance, sounds, help, sign out.
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { locales } from "../../i18n/index.ts";
import { setPreferences, usePreferences } from "../../live/preferences.ts";
import { signOut, useMe } from "../../live/session.ts";
import { Avatar } from "../Avatar.tsx";
import { errorText } from "../error-text.ts";
import { type MenuItem, PopMenu } from "../PopMenu.tsx";
import { showToast } from "../toast.ts";
import { openDialog } from "./dialogs.ts";
import { appearances, chooseLanguage } from "./use-appearance.ts";

const appearanceWords = { system: "me.themeSystem", light: "me.themeLight", dark: "me.themeDark" } as const;
const appearanceIcons = { system: "panel", light: "sun", dark: "moon" } as const;

/** Signs out, or says why not. */
export function useSignOut(): () => Promise<void> {
  const navigate = useNavigate();
  const { t } = useTranslation();
  return async () => {
    try {
      await signOut();
      await navigate({ to: "/sign-in" });
    } catch (error) {
      showToast("error", errorText(error, t));
    }
  };
}

export function useMeItems(): MenuItem[] {
  const { t, i18n } = useTranslation();
  const { appearance, isSoundOn } = usePreferences();
  const leave = useSignOut();
  return [
    { kind: "item", key: "account", icon: "person", label: t("me.title"), run: () => openDialog("me") },
    { kind: "item", key: "help", icon: "help", label: t("shell.help"), run: () => openDialog("help") },
    {
      kind: "item",
      key: "sound",
      icon: isSoundOn ? "bell" : "bellOff",
      label: t("shell.soundToggle", { state: isSoundOn ? t("common.on") : t("common.off") }),
      run: () => setPreferences({ isSoundOn: !isSoundOn }),
    },
    { kind: "line", key: "line-1" },
    { kind: "title", key: "theme", label: t("me.theme") },
    ...appearances.map(
      (name): MenuItem => ({
        kind: "item",
        key: name,
        icon: appearanceIcons[name],
        label: t(appearanceWords[name]),
        isChecked: appearance === name,
        run: () => setPreferences({ appearance: name }),
      }),
    ),
    { kind: "title", key: "language", label: t("common.language") },
    ...locales.map(
      (entry): MenuItem => ({
        kind: "item",
        key: entry.code,
        icon: "globe",
        label: <span lang={entry.code}>{entry.name}</span>,
        isChecked: i18n.language === entry.code,
        run: () => void chooseLanguage(entry.code),
      }),
    ),
    { kind: "line", key: "line-2" },
    { kind: "item", key: "sign-out", icon: "signOut", label: t("me.signOut"), run: () => void leave() },
  ];
}

export function MeMenu() {
  const { t } = useTranslation();
  const me = useMe();
  const header = (
    <div className="me-header">
      <strong>{me.user.name}</strong>
      <span className="soft">
        {me.tenant.name} · {t(`roles.${me.user.role}`)}
      </span>
    </div>
  );
  return (
    <PopMenu items={useMeItems()} label={t("me.title")} side="beside" header={header}>
      {(button) => (
        <button
          {...button}
          type="button"
          className="plain rail-me"
          aria-label={`${t("me.title")}${t("common.colon")}${me.user.name}`}
        >
          <Avatar name={me.user.name} size={34} tone="accent" />
        </button>
      )}
    </PopMenu>
  );
}
