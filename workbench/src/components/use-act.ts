// For buttons that call the server: busy while it runs, an error in words when it fails, a word when it is done.
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "./error-text.ts";
import { showToast } from "./toast.ts";

export type Act = {
  isBusy: boolean;
  /** True when the work succeeded. */
  run: (work: () => Promise<unknown>, doneText?: string) => Promise<boolean>;
};

export function useAct(): Act {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const run: Act["run"] = async (work, doneText) => {
    setBusy(true);
    try {
      await work();
      if (doneText) showToast("success", doneText);
      return true;
    } catch (error) {
      showToast("error", errorText(error, t));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, run };
}
