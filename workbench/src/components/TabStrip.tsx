// Tabs as a strip that wraps instead of hiding any: arrows move, one tab stop, counts outside the words.
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { nextIndex } from "./PopMenu.tsx";

export type StripTab<Key extends string> = {
  key: Key;
  label: ReactNode;
  count?: number | null;
  isAlert?: boolean;
};
export type TabStripProps<Key extends string> = {
  label: string;
  tabs: readonly StripTab<Key>[];
  chosen: Key;
  /** Id of the element the tabs show. */
  controls: string;
  onChoose: (key: Key) => void;
};

export function TabStrip<Key extends string>({
  label,
  tabs,
  chosen,
  controls,
  onChoose,
}: TabStripProps<Key>) {
  const strip = useRef<HTMLDivElement>(null);
  const at = tabs.findIndex((tab) => tab.key === chosen);
  const move = (event: KeyboardEvent) => {
    const key = event.key.replace("ArrowRight", "ArrowDown").replace("ArrowLeft", "ArrowUp");
    const next = nextIndex(key, at, tabs.length);
    const tab = next === null ? undefined : tabs[next];
    if (!tab) return;
    event.preventDefault();
    onChoose(tab.key);
    strip.current?.querySelectorAll<HTMLElement>("[role=tab]")[next ?? 0]?.focus();
  };
  return (
    <div className="strip" role="tablist" aria-label={label} ref={strip} onKeyDown={move}>
      {tabs.map((tab) => {
        const isChosen = tab.key === chosen;
        const count = tab.count ?? null;
        return (
          <button
            key={tab.key}
            type="button"
            role="tab"
            aria-selected={isChosen}
            aria-controls={controls}
            tabIndex={isChosen ? 0 : -1}
            className={isChosen ? "plain strip-tab strip-tab-on" : "plain strip-tab"}
            onClick={() => onChoose(tab.key)}
          >
            <span>{tab.label}</span>
            {count === null ? null : (
              <span className={count > 0 && tab.isAlert ? "strip-count strip-count-alert" : "strip-count"}>
                {count > 999 ? "999+" : count}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}
