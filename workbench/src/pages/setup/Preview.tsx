// The customers' own chat page in a frame: what the owner types here is answered for real.
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { queryKeys } from "../../live/queries.ts";

export function useWebInbox() {
  const inboxes = useQuery({ queryKey: queryKeys.inboxes, queryFn: () => call(routes.listInboxes) });
  return inboxes.data?.find((inbox) => inbox.channel === "web");
}

/** `round` changes when something was saved, which loads the page anew. */
export function Preview({ round }: { round: number }) {
  const { t, i18n } = useTranslation();
  const inbox = useWebInbox();
  return (
    <aside aria-label={t("setup.preview")}>
      <p className="soft">{inbox ? t("setup.preview") : t("setup.previewSoon")}</p>
      {inbox ? (
        <iframe
          key={round}
          className="setup-preview"
          title={t("setup.preview")}
          src={`/c/${inbox.publicKey}?source=preview&lang=${i18n.language}`}
        />
      ) : null}
    </aside>
  );
}
