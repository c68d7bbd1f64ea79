// The navigation of the desk: a rail with the pages this person may open, presence and own menu at its end.
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMe } from "../../live/session.ts";
import { Icon } from "../Icon.tsx";
import { type PageEntry, visiblePages } from "../pages.ts";
import { Mark } from "../WordMark.tsx";
import { ConnectionMark } from "./ConnectionMark.tsx";
import { MeMenu } from "./MeMenu.tsx";
import { PresenceSwitch } from "./PresenceSwitch.tsx";
import { useWaitingCount } from "./use-waiting-count.ts";

function RailLink({ page, badge }: { page: PageEntry; badge: number }) {
  const { t } = useTranslation();
  return (
    <Link to={`/${page.name}`} className="rail-link" activeProps={{ className: "rail-link rail-link-on" }}>
      <span className="rail-icon">
        <Icon name={page.icon} size={20} />
        {badge > 0 ? <span className="count-badge">{badge > 99 ? "99+" : badge}</span> : null}
      </span>
      <span className="rail-word">{t(`nav.${page.name}`)}</span>
    </Link>
  );
}

export function Rail() {
  const { t } = useTranslation();
  const me = useMe();
  const waiting = useWaitingCount();
  const pages = visiblePages(me);
  const owners = pages.filter((page) => page.group === "owner");
  return (
    <nav className="rail" aria-label={t("nav.label")}>
      <span className="rail-mark" title={me.tenant.name}>
        <Mark size={34} />
      </span>
      <div className="rail-pages">
        {pages
          .filter((page) => page.group === "daily")
          .map((page) => (
            <RailLink key={page.name} page={page} badge={page.name === "inbox" ? waiting : 0} />
          ))}
        {owners.length > 0 ? <hr className="rail-line" /> : null}
        {owners.map((page) => (
          <RailLink key={page.name} page={page} badge={0} />
        ))}
      </div>
      <div className="rail-end">
        <ConnectionMark />
        <PresenceSwitch />
        <MeMenu />
      </div>
    </nav>
  );
}
