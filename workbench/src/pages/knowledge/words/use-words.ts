// The shop's words on the page, and how one change of them is saved: at once, over exactly the version that is shown.
import { useQuery } from "@tanstack/react-query";
import type { ShopWords, ShopWordsDraft } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { useUndo } from "../../../components/ConfirmWithUndo.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";

export type Change = (now: ShopWordsDraft) => ShopWordsDraft;

export function useWords() {
  return useQuery({ queryKey: queryKeys.words, queryFn: ({ signal }) => call(routes.getWords, { signal }) });
}

let before: Promise<unknown> = Promise.resolve();

/** One after the other, so that each is written over the version of the one before. */
function write(change: Change): Promise<void> {
  const written = before.then(() => writeNow(change));
  before = written.catch(() => undefined);
  return written;
}

/** When somebody else was faster the latest words are fetched, and the error says so. */
async function writeNow(change: Change): Promise<void> {
  const now = queryClient.getQueryData<ShopWords>(queryKeys.words);
  if (now === undefined) return;
  try {
    const body = { ...change(now), version: now.version };
    queryClient.setQueryData(queryKeys.words, await call(routes.changeWords, { body }));
  } catch (error) {
    await queryClient.invalidateQueries({ queryKey: queryKeys.words });
    throw error;
  }
}

export type Saving = {
  isBusy: boolean;
  /** False when it was refused; the words are shown. */
  save: (change: Change) => Promise<boolean>;
  remove: (name: string, change: Change, back: Change) => Promise<unknown>;
};

export function useSaving(): Saving {
  const { t } = useTranslation();
  const act = useAct();
  const undo = useUndo();
  const [isRemoving, setRemoving] = useState(false);
  return {
    isBusy: isRemoving,
    save: (change) => act.run(() => write(change), t("knowledge.words.saved")),
    remove: async (name, change, back) => {
      setRemoving(true);
      const doneText = t("knowledge.words.removed", { name });
      await undo({ act: () => write(change), undo: () => write(back), doneText });
      setRemoving(false);
    },
  };
}
