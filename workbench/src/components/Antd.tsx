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

/** antd's own words for the language shown; none until they are loaded (antd then speaks English). */
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
      {...(words ? { locale: words } : {})}
      {...(nonce ? { csp: { nonce } } : {})}
    >
      <App component={false} message={{ maxCount: 3, top: 12 }}>
        {children}
      </App>
    </ConfigProvider>
  );
}
