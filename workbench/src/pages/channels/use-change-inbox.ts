// Saves a change of an inbox with its version and puts what came back into the cache.
import type { GivenBody, Inbox } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { useAct } from "../../components/use-act.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";

export type InboxChange = Omit<GivenBody<typeof routes.updateInbox>, "version">;

export function useChangeInbox(inbox: Inbox): {
  isBusy: boolean;
  run: (change: InboxChange) => Promise<boolean>;
} {
  const { t } = useTranslation();
  const act = useAct();
  return {
    isBusy: act.isBusy,
    run: (change) =>
      act.run(async () => {
        const next = await call(routes.updateInbox, {
          params: { id: inbox.id },
          body: { ...change, version: inbox.version },
        });
        queryClient.setQueryData<Inbox[]>(queryKeys.inboxes, (all) =>
          all?.map((one) => (one.id === next.id ? next : one)),
        );
      }, t("channelsPage.saved")),
  };
}
