// Browsers stay mute until the first click on a page: say so when a tone was swallowed, and let one click mend it.
import { useTranslation } from "react-i18next";
import { getPreferences } from "../../live/preferences.ts";
import { unblockSound, useIsSoundBlocked } from "../../live/sounds.ts";
import { Icon } from "../Icon.tsx";

export function SoundBanner() {
  const { t } = useTranslation();
  if (!useIsSoundBlocked()) return null;
  return (
    <button
      type="button"
      className="plain banner banner-quiet"
      onClick={() => void unblockSound(getPreferences().volume)}
    >
      <Icon name="bellOff" size={16} />
      {t("me.soundBlocked")}
    </button>
  );
}
