/**
 * The signed-in frame: rail (desk) or bottom tabs (phone), banners, the page, and the dialogs that any page may open.
 * Starts the live line, the sending queue, signals and the key listener for as long as somebody is signed in.
 */
import { Outlet, useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { startLine } from "../live/line.ts";
import { getPreferences } from "../live/preferences.ts";
import { startSending } from "../live/sending.ts";
import { useCan, useMe } from "../live/session.ts";
import { startSignals } from "../live/signals.ts";
import { clearLive } from "../live/store.ts";
import OfferCards from "../pages/inbox/actions/OfferCards.tsx";
import { QuestionSignal } from "../pages/inbox/questions/QuestionSignal.tsx";
import "../styles/shell.css";
import { listenForKeys } from "./commands.ts";
import { lazyAntd } from "./lazy-antd.tsx";
import { BottomTabs } from "./shell/BottomTabs.tsx";
import { closeDialog, useOpenDialog } from "./shell/dialogs.ts";
import { Rail } from "./shell/Rail.tsx";
import { RecoveryBanner } from "./shell/RecoveryBanner.tsx";
import { SoundBanner } from "./shell/SoundBanner.tsx";
import { SpikeBanner } from "./shell/SpikeBanner.tsx";
import { useShellCommands } from "./shell/use-shell-commands.ts";
import { OfflineBanner } from "./states.tsx";
import { useIsPhone } from "./use-media.ts";

const CommandPalette = lazyAntd(() => import("./shell/CommandPalette.tsx"));
const ShortcutHelp = lazyAntd(() => import("./shell/ShortcutHelp.tsx"));
const CannedReplies = lazyAntd(() => import("../pages/inbox/canned/CannedReplies.tsx"));
const MeDialog = lazyAntd(() => import("./me/MeDialog.tsx"));

/** Everything that runs while somebody is signed in; ends, and forgets what was loaded, when they leave. */
function useSignedInServices(): void {
  const me = useMe().user.id;
  const navigate = useNavigate();
  useEffect(() => {
    const open = (id: string) => void navigate({ to: `/inbox/${id}` });
    const stops = [
      startLine(),
      startSending(me),
      startSignals(me, open),
      listenForKeys(() => getPreferences().hasSingleKeys),
    ];
    return () => {
      for (const stop of stops) stop();
      clearLive();
    };
  }, [me, navigate]);
}

/** On a phone the tabs give way to an open conversation. */
function useIsDeep(): boolean {
  return useRouterState({ select: (state) => /^\/inbox\/.+/.test(state.location.pathname) });
}

export function Shell() {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const isDeep = useIsDeep();
  const canReply = useCan("conversations-reply");
  useSignedInServices();
  useShellCommands();
  return (
    <div className={isPhone ? "shell shell-phone" : "shell"}>
      <a href="#main" className="skip-link">
        {t("app.skip")}
      </a>
      {isPhone ? null : <Rail />}
      {canReply ? <OfferCards /> : null}
      <div className="shell-column">
        <OfflineBanner />
        {isPhone && isDeep ? null : (
          <>
            <RecoveryBanner />
            <SpikeBanner />
            <SoundBanner />
          </>
        )}
        <main id="main" className="shell-main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      {isPhone && !isDeep ? <BottomTabs /> : null}
      {canReply ? <QuestionSignal /> : null}
      <ShellDialogs />
    </div>
  );
}

function ShellDialogs() {
  const open = useOpenDialog();
  return (
    <>
      {open === "palette" ? <CommandPalette onClose={closeDialog} /> : null}
      {open === "help" ? <ShortcutHelp onClose={closeDialog} /> : null}
      {open === "canned-replies" ? <CannedReplies onClose={closeDialog} /> : null}
      {open === "me" ? <MeDialog onClose={closeDialog} /> : null}
    </>
  );
}
