/**
 * What can be done to a conversation. Each calls the server, puts what came back into the live state and says in words
 * what went wrong; resolving and snoozing can be undone from their toast. Sounds stay silent for one's own doing.
 */
import type { Conversation, Disposition } from "@yingda/contract";
import { useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { showToast } from "../../../components/toast.ts";
import { useUndo } from "../../../components/use-undo.ts";
import { markReadHere, putConversations } from "../../../live/reduce.ts";
import { noteOwnDoing } from "../../../live/signals.ts";
import { changeLive, getLive } from "../../../live/store.ts";

/** Does a call that answers with the conversation, and shows what it became. */
export async function actOn(id: string, act: () => Promise<Conversation>): Promise<Conversation> {
  noteOwnDoing(id);
  const sinceTick = getLive().tick;
  const conversation = await act();
  changeLive((view) => putConversations(view, [conversation], sinceTick));
  return conversation;
}

export type TransferTarget = { agentId: string } | { queueId: string };

export function useActions() {
  const { t } = useTranslation();
  const undoable = useUndo();
  /** Runs an act; shows the error in words and answers false when it was refused. */
  const run = useCallback(
    async (id: string, act: () => Promise<Conversation>): Promise<boolean> => {
      try {
        await actOn(id, act);
        return true;
      } catch (error) {
        showToast("error", errorText(error, t));
        return false;
      }
    },
    [t],
  );
  return useMemo(() => {
    const reopenQuietly = (id: string) => actOn(id, () => call(routes.reopen, { params: { id } }));
    return {
      // without the version: a customer who goes on writing must not stop it, and who came second is told so
      claim: ({ id }: Conversation) => run(id, () => call(routes.claim, { params: { id }, body: {} })),
      returnToBot: (id: string) => run(id, () => call(routes.returnToBot, { params: { id } })),
      reopen: (id: string) => run(id, () => call(routes.reopen, { params: { id } })),
      setTags: (id: string, tags: string[]) =>
        run(id, () => call(routes.setTags, { params: { id }, body: { tags } })),
      transfer: (id: string, to: TransferTarget, note: string) =>
        run(id, () => call(routes.transfer, { params: { id }, body: { to, note } })),
      acceptOffer: (id: string) => run(id, () => call(routes.acceptOffer, { params: { id } })),
      declineOffer: async (id: string) => {
        try {
          await call(routes.declineOffer, { params: { id } });
        } catch (error) {
          showToast("error", errorText(error, t));
        }
      },
      resolve: (id: string, disposition: Disposition) =>
        undoable({
          act: () => actOn(id, () => call(routes.resolve, { params: { id }, body: { disposition } })),
          undo: () => reopenQuietly(id),
          doneText: t("inbox.resolvedToast"),
        }),
      snooze: (id: string, until: string, words: string) =>
        undoable({
          act: () => actOn(id, () => call(routes.snooze, { params: { id }, body: { until } })),
          undo: () => reopenQuietly(id),
          doneText: t("inbox.snoozedToast", { when: words }),
        }),
      markUnread: async ({ id, lastMessageSeq }: Conversation) => {
        const seq = Math.max(0, lastMessageSeq - 1);
        changeLive((view) => markReadHere(view, id, seq));
        try {
          await call(routes.markRead, { params: { id }, body: { seq } });
        } catch (error) {
          showToast("error", errorText(error, t));
        }
      },
    };
  }, [run, undoable, t]);
}

export type Actions = ReturnType<typeof useActions>;
