// The border between two panes: dragged by pointer, moved by arrow keys, remembered on this device.
import { type KeyboardEvent, type PointerEvent, useRef } from "react";
import { useTranslation } from "react-i18next";
import { setPreferences, usePreferences } from "../../live/preferences.ts";

export type ResizerProps = { pane: "listWidth" | "panelWidth"; least: number; most: number };

export function Resizer({ pane, least, most }: ResizerProps) {
  const { t } = useTranslation();
  const width = usePreferences()[pane];
  const from = useRef<{ x: number; width: number } | null>(null);
  /** The customer panel grows to the start of the line, the list to its end; mirrored in right-to-left pages. */
  const sign = (pane === "panelWidth" ? -1 : 1) * (document.documentElement.dir === "rtl" ? -1 : 1);
  const set = (next: number) => setPreferences({ [pane]: Math.round(Math.min(most, Math.max(least, next))) });
  const drag = (event: PointerEvent) => {
    if (from.current) set(from.current.width + sign * (event.clientX - from.current.x));
  };
  const onKey = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 16 : event.key === "ArrowLeft" ? -16 : 0;
    if (step !== 0) set(width + sign * step);
  };
  return (
    <hr
      className="resizer"
      aria-orientation="vertical"
      aria-label={t(`inbox.resize.${pane}`)}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        from.current = { x: event.clientX, width };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        from.current = null;
      }}
    />
  );
}
