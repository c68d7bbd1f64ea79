// A question that the bot suddenly cannot settle: told on every page to whoever may say something to all customers. What was put
// away stays away until tomorrow.
import { useQuery } from "@tanstack/react-query";
import { Link, useLocation } from "@tanstack/react-router";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { queryKeys } from "../../live/queries.ts";
import { useMe } from "../../live/session.ts";
import { Icon } from "../Icon.tsx";
import { pageLoader } from "../pages.ts";

/** That a question rises comes by the live line; that it has ended, nobody says. */
const mayHaveEndedMs = 600_000;
const page = "/knowledge/incidents";

export function SpikeBanner() {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const { permissions, tenant } = useMe();
  const today = dayjs().format("YYYY-MM-DD");
  const [away, setAway] = useState<ReadonlySet<string>>(new Set());
  const isMine =
    permissions.includes("knowledge-write") && tenant.isSetUp && pageLoader("knowledge") !== null;
  const spikes = useQuery({
    queryKey: [...queryKeys.incidents, "spikes"],
    queryFn: ({ signal }) => call(routes.listSpikes, { signal }),
    enabled: isMine,
    refetchInterval: ({ state }) => (state.data?.length ? mayHaveEndedMs : false),
  });
  const spike = spikes.data?.find(({ faq }) => !away.has(`${today} ${faq}`));
  // that page says it itself
  if (!isMine || spike === undefined || pathname === page) return null;
  return (
    <div className="banner banner-warning" role="status">
      <Icon name="bell" size={16} />
      <span className="banner-words">{t("knowledge.incidents.spike", { ...spike })}</span>
      <Link to={page} className="banner-link">
        {t("knowledge.incidents.pin")}
      </Link>
      <button
        type="button"
        className="plain banner-close"
        aria-label={t("shell.later")}
        title={t("shell.later")}
        onClick={() => setAway(new Set([...away, `${today} ${spike.faq}`]))}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
