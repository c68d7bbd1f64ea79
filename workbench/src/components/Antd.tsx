/**
 * antd with our tokens, language and message holder. Loaded only with what uses antd: the owner's pages (router.tsx puts
 * them in here) and dialogs. Shell and inbox do without, so that a phone on a slow line has them in seconds.
 */
import { App, ConfigProvider } from "antd";
import type { Locale as AntdLocale } from "antd/es/locale";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { currentLocale, nearestLocale } from "../i18n/index.ts";
import { themeFor } from "../theme.ts";
import { useScheme } from "./Providers.tsx";
import { useIsPhone, useMedia } from "./use-media.ts";

/**
 * Until a language's words are loaded antd speaks English. Not `undefined`: antd puts its children elsewhere once it is given
 * any words, and the page that is open would begin anew, with all that was typed in it.
 */
const noWords: AntdLocale = { locale: "" };

/** antd's own words for the language shown. */
function useAntdWords(): AntdLocale {
  const code = useTranslation().i18n.language;
  const [words, setWords] = useState(noWords);
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

export function Antd({ children }: { children: ReactNode }) {
  const scheme = useScheme();
  const isPhone = useIsPhone();
  const isCalm = useMedia("(prefers-reduced-motion: reduce)");
  const words = useAntdWords();
  return (
    <ConfigProvider
      theme={themeFor(scheme, isPhone, isCalm)}
      direction={currentLocale().direction}
      button={{ autoInsertSpace: false }}
      wave={{ disabled: true }}
      locale={words}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <App component={false} message={{ maxCount: 3, top: 12 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
