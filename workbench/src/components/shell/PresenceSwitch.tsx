/**
 * Available, busy or away: one click away on every page, with how many conversations are open of how many one takes.
 * The state is told by shape and word as well as colour.
 */
import type { Presence } from "@yingda/contract";
import { presences } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { useMe } from "../../live/session.ts";
import { useLive } from "../../live/store.ts";
import { errorText } from "../error-text.ts";
import { type MenuItem, PopMenu } from "../PopMenu.tsx";
import { showToast } from "../toast.ts";

export function PresenceDot({ presence }: { presence: Presence }) {
  return <span className={`presence-dot presence-${presence}`} aria-hidden="true" />;
}

/** Own presence as the live line tells it; what /api/me said until then. */
export function useMyPresence(): Presence {
  const me = useMe();
  return useLive((view) => view.presences.get(me.user.id)) ?? me.user.presence;
}

/** Open conversations of mine, and how many I take. */
export function useMyLoad(): { open: number; capacity: number } {
  const me = useMe();
  const open = useLive((view) => view.counts?.byAgent[me.user.id]);
  return { open: open ?? me.user.openCount, capacity: me.user.capacity };
}

/** Returns a function that changes the presence and says why when it could not. */
function useSetPresence(): { wanted: Presence | null; set: (presence: Presence) => Promise<void> } {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState<Presence | null>(null);
  const set = async (presence: Presence) => {
    setWanted(presence);
    try {
      await call(routes.setPresence, { body: { presence } });
    } catch (error) {
      showToast("error", errorText(error, t));
    } finally {
      setWanted(null);
    }
  };
  return { wanted, set };
}

const hints = { available: "availableHint", busy: "busyHint", away: "awayHint" } as const;

export function PresenceSwitch({ isWide = false }: { isWide?: boolean }) {
  const { t } = useTranslation();
  const { wanted, set } = useSetPresence();
  const current = useMyPresence();
  const { open, capacity } = useMyLoad();
  const presence = wanted ?? current;
  const items: MenuItem[] = presences.map((name) => ({
    kind: "item",
    key: name,
    isChecked: name === presence,
    label: (
      <span className="presence-choice">
        <PresenceDot presence={name} />
        {t(`presence.${name}`)}
      </span>
    ),
    hint: t(`presence.${hints[name]}`),
    run: () => void set(name),
  }));
  return (
    <PopMenu items={items} label={t("presence.label")} side={isWide ? "below" : "beside"}>
      {(button) => (
        <button
          {...button}
          type="button"
          className={isWide ? "plain presence presence-wide" : "plain presence"}
        >
          <PresenceDot presence={presence} />
          <span className="presence-word">
            <span className="visually-hidden">{t("presence.label")} </span>
            {t(`presence.${presence}`)}
          </span>
          <span className="presence-load number" title={t("presence.load", { open, capacity })}>
            {open}/{capacity}
          </span>
        </button>
      )}
    </PopMenu>
  );
}
