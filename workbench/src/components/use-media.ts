// Media queries as hooks, and the three widths of the layout: phone < 768, narrow desk < 1200 (customer panel is a drawer).
import { useSyncExternalStore } from "react";

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", listener);
      return () => media.removeEventListener("change", listener);
    },
    () => window.matchMedia(query).matches,
  );
}

export function useIsPhone(): boolean {
  return useMedia("(max-width: 767.98px)");
}

export function useIsNarrow(): boolean {
  return useMedia("(max-width: 1199.98px)");
}
