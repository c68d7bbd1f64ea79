// Reminds the person who holds the keys that the recovery key is not saved yet; "not today" sleeps until tomorrow.
import { Link } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { setPreferences, usePreferences } from "../../live/preferences.ts";
import { useMe } from "../../live/session.ts";
import { Icon } from "../Icon.tsx";
import { pageLoader } from "../pages.ts";

export function RecoveryBanner() {
  const { t } = useTranslation();
  const me = useMe();
  const { recoveryLaterOn } = usePreferences();
  const today = dayjs().format("YYYY-MM-DD");
  const isMine = me.permissions.includes("keys-write") && me.tenant.isSetUp;
  if (me.recoveryKeyConfirmed || !isMine || recoveryLaterOn === today || !pageLoader("backup")) return null;
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="lock" size={16} />
      <span className="banner-words">{t("shell.recoveryBanner")}</span>
      <Link to="/backup" className="banner-link">
        {t("shell.recoveryAction")}
      </Link>
      <button
        type="button"
        className="plain banner-close"
        aria-label={t("shell.later")}
        title={t("shell.later")}
        onClick={() => setPreferences({ recoveryLaterOn: today })}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
