/**
 * What every page stands in: antd with our tokens and language, message and modal holders, and the CSS variables of the
 * chosen scheme on the root element. Re-renders when language, appearance, phone width or calmness change.
 */
import { App, ConfigProvider } from "antd";
import type { Locale as AntdLocale } from "antd/es/locale";
import { type ReactNode, useEffect, useLayoutEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLocale, nearestLocale } from "../i18n/index.ts";
import { usePreferences } from "../live/preferences.ts";
import { cssVariables, type Scheme, themeFor } from "../theme.ts";
import { useIsPhone, useMedia } from "./use-media.ts";

export function useScheme(): Scheme {
  const { appearance } = usePreferences();
  const isSystemDark = useMedia("(prefers-color-scheme: dark)");
  return appearance === "system" ? (isSystemDark ? "dark" : "light") : appearance;
}

/** antd's own words for the language shown; null until they are loaded (antd then speaks English). */
function useAntdWords(): AntdLocale | undefined {
  const code = useTranslation().i18n.language;
  const [words, setWords] = useState<AntdLocale>();
  useEffect(() => {
    let isCurrent = true;
    void nearestLocale([code])
      .antd()
      .then((loaded) => {
        if (isCurrent) setWords(loaded);
      });
    return () => {
      isCurrent = false;
    };
  }, [code]);
  return words;
}

/** The nonce of the page's own script, which the server's content security policy also allows for style elements. */
const nonce = document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;

export function Providers({ children }: { children: ReactNode }) {
  const scheme = useScheme();
  const isPhone = useIsPhone();
  const isCalm = useMedia("(prefers-reduced-motion: reduce)");
  const words = useAntdWords();
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.scheme = scheme;
    root.style.colorScheme = scheme;
    for (const pair of cssVariables(scheme).split(";")) {
      const [name = "", value = ""] = pair.split(/:(.*)/);
      root.style.setProperty(name, value);
    }
  }, [scheme]);
  return (
    <ConfigProvider
      theme={themeFor(scheme, isPhone, isCalm)}
      direction={currentLocale().direction}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      {...(words ? { locale: words } : {})}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <App component={false} message={{ maxCount: 3, top: 12 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
