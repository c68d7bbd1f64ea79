// The scheme: which of light and dark is shown, as CSS variables on the root element. Stands around everything.
import { type ReactNode, useLayoutEffect } from "react";
import { usePreferences } from "../live/preferences.ts";
import { cssVariables, type Scheme } from "../palette.ts";
import { Toasts } from "./Toasts.tsx";
import { useMedia } from "./use-media.ts";

export function useScheme(): Scheme {
  const { appearance } = usePreferences();
  const isSystemDark = useMedia("(prefers-color-scheme: dark)");
  return appearance === "system" ? (isSystemDark ? "dark" : "light") : appearance;
}

export function Providers({ children }: { children: ReactNode }) {
  const scheme = useScheme();
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.dataset.scheme = scheme;
    root.style.colorScheme = scheme;
    for (const [name, value] of Object.entries(cssVariables(scheme))) root.style.setProperty(name, value);
  }, [scheme]);
  return (
    <>
      {children}
      <Toasts />
    </>
  );
}
