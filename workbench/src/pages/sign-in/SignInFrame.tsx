// The quiet page around the sign-in form: word mark, form, language and appearance in the corner.
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button.tsx";
import { Icon } from "../../components/Icon.tsx";
import {
  chooseLanguage,
  nextAppearance,
  nextLanguage,
  turnAppearance,
} from "../../components/shell/use-appearance.ts";
import { WordMark } from "../../components/WordMark.tsx";
import { locales } from "../../i18n/index.ts";
import { usePreferences } from "../../live/preferences.ts";

const appearanceWords = { system: "me.themeSystem", light: "me.themeLight", dark: "me.themeDark" } as const;

export function SignInFrame({ notice, children }: { notice: string | null; children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const { appearance } = usePreferences();
  const next = nextLanguage(i18n.language);
  const nextName = locales.find((entry) => entry.code === next)?.name ?? next;
  return (
    <div className="sign-in">
      <div className="sign-in-corner">
        <Button
          look="text"
          icon={<Icon name="globe" />}
          lang={next}
          onClick={() => void chooseLanguage(next)}
        >
          {nextName}
        </Button>
        <Button
          look="text"
          icon={<Icon name={appearance === "dark" ? "moon" : appearance === "light" ? "sun" : "panel"} />}
          aria-label={t("shell.themeNext", { theme: t(appearanceWords[nextAppearance(appearance)]) })}
          onClick={turnAppearance}
        />
      </div>
      <main className="sign-in-card">
        <WordMark size={40} />
        <p className="soft sign-in-tagline">{t("signIn.tagline")}</p>
        {notice ? (
          <p className="sign-in-notice" role="status">
            {notice}
          </p>
        ) : null}
        {children}
      </main>
    </div>
  );
}
