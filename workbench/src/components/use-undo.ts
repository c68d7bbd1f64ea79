// Acts at once and offers to take it back, instead of asking first: for everything that can be undone.
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "./error-text.ts";
import { showToast } from "./toast.ts";

export type UndoableAct = { act: () => Promise<unknown>; undo: () => Promise<unknown>; doneText: string };

/** Returns a function that does the act, says `doneText`, and offers to undo it; false when the act was refused. */
export function useUndo(): (what: UndoableAct) => Promise<boolean> {
  const { t } = useTranslation();
  return useCallback(
    async ({ act, undo, doneText }) => {
      const takeBack = async () => {
        try {
          await undo();
          showToast("info", t("common.undone"));
        } catch (error) {
          showToast("error", errorText(error, t));
        }
      };
      try {
        await act();
      } catch (error) {
        showToast("error", errorText(error, t));
        return false;
      }
      showToast("success", doneText, { label: t("common.undo"), run: () => void takeBack() });
      return true;
    },
    [t],
  );
}
