// An FAQ's health with the owner's changes of its borrowing: shown at once, sent one request after the other (what comes
// meanwhile goes together into the next), and put right by the server's word. A failure puts back what was.
import { useQuery } from "@tanstack/react-query";
import type { Faq, FaqHealth } from "@yingda/contract";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { errorText } from "../../components/error-text.ts";
import { showToast } from "../../components/toast.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { type BorrowedChange, mergeChanges, withChange } from "./borrowed-changes.ts";
import { healthQuery } from "./health-queries.ts";

export function useBorrowed(faq: Faq) {
  const { t } = useTranslation();
  const health = useQuery(healthQuery(faq.id));
  const [unconfirmed, setUnconfirmed] = useState<readonly BorrowedChange[]>([]);
  const waiting = useRef<BorrowedChange[]>([]);
  const isSending = useRef(false);

  const sendAll = async () => {
    if (isSending.current) return;
    isSending.current = true;
    const { queryKey } = healthQuery(faq.id);
    while (waiting.current.length > 0) {
      const together = waiting.current.splice(0);
      try {
        const body = mergeChanges(together);
        const after = await call(routes.changeBorrowed, { params: { id: faq.id }, body });
        await queryClient.cancelQueries({ queryKey }); // an answer on its way is older
        queryClient.setQueryData<FaqHealth>(queryKey, after);
      } catch (error) {
        showToast("error", errorText(error, t));
      }
      setUnconfirmed((all) => all.slice(together.length));
    }
    isSending.current = false;
    await queryClient.invalidateQueries({ queryKey: queryKeys.faqs });
  };
  const change = (one: Partial<BorrowedChange>) => {
    const whole = { refuse: [], takeBack: [], ...one };
    waiting.current.push(whole);
    setUnconfirmed((all) => [...all, whole]);
    void sendAll();
  };
  const shown = health.data && unconfirmed.reduce(withChange, health.data);
  return { health, shown, change };
}
