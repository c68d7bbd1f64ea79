// The navigation of the phone: at most four tabs under the thumb, the rest behind "more".
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "../../live/session.ts";
import { Avatar } from "../Avatar.tsx";
import { Icon } from "../Icon.tsx";
import { SideDrawer } from "../lazy-antd.tsx";
import { visiblePages } from "../pages.ts";
import { ConnectionMark } from "./ConnectionMark.tsx";
import { useMeItems } from "./MeMenu.tsx";
import { PresenceSwitch } from "./PresenceSwitch.tsx";
import { useWaitingCount } from "./use-waiting-count.ts";

const tabNames = ["inbox", "contacts", "knowledge"];

export function BottomTabs() {
  const { t } = useTranslation();
  const [isMoreOpen, setMoreOpen] = useState(false);
  const [hasOpened, setOpened] = useState(false);
  const me = useMe();
  const waiting = useWaitingCount();
  const pages = visiblePages(me);
  const close = () => setMoreOpen(false);
  return (
    <nav className="tabs" aria-label={t("nav.label")}>
      {pages
        .filter((page) => tabNames.includes(page.name))
        .map((page) => (
          <Link
            key={page.name}
            to={`/${page.name}`}
            className="tab"
            activeProps={{ className: "tab tab-on" }}
          >
            <span className="rail-icon">
              <Icon name={page.icon} size={22} />
              {page.name === "inbox" && waiting > 0 ? (
                <span className="count-badge">{waiting > 99 ? "99+" : waiting}</span>
              ) : null}
            </span>
            {t(`nav.${page.name}`)}
          </Link>
        ))}
      <button
        type="button"
        className="plain tab"
        onClick={() => {
          setOpened(true);
          setMoreOpen(true);
        }}
        aria-haspopup="dialog"
      >
        <Icon name="more" size={22} />
        {t("nav.more")}
      </button>
      {hasOpened ? (
        <SideDrawer isOpen={isMoreOpen} onClose={close} width={360} title={t("nav.more")}>
          <div className="more-head">
            <Avatar name={me.user.name} tone="accent" size={44} />
            <span className="more-name">
              <strong>{me.user.name}</strong>
              <span className="soft">{me.tenant.name}</span>
            </span>
            <ConnectionMark />
          </div>
          <PresenceSwitch isWide />
          <div className="more-list">
            {pages
              .filter((page) => !tabNames.includes(page.name))
              .map((page) => (
                <Link key={page.name} to={`/${page.name}`} className="more-item" onClick={close}>
                  <Icon name={page.icon} size={20} />
                  {t(`nav.${page.name}`)}
                </Link>
              ))}
            <MoreOwn onDone={close} />
          </div>
        </SideDrawer>
      ) : null}
    </nav>
  );
}

/** The own menu as plain rows. */
function MoreOwn({ onDone }: { onDone: () => void }) {
  return useMeItems().map((item) => {
    if (item.kind === "line") return <hr key={item.key} className="menu-line" />;
    if (item.kind === "title")
      return (
        <div key={item.key} className="menu-title">
          {item.label}
        </div>
      );
    return (
      <button
        key={item.key}
        type="button"
        className="plain more-item"
        aria-pressed={item.isChecked}
        onClick={() => {
          item.run();
          onDone();
        }}
      >
        {item.icon ? <Icon name={item.icon} size={20} /> : null}
        <span className="menu-words">{item.label}</span>
        {item.isChecked ? <Icon name="check" size={18} /> : null}
      </button>
    );
  });
}
