// Says on every page that the bot has a new question for this person, once each.
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { showToast } from "../../../components/toast.ts";
import { useQuestions } from "./use-questions.ts";

export function QuestionSignal() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const open = useQuestions().data?.open;
  const known = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    if (open === undefined) return;
    const before = known.current;
    known.current = new Set(open.map(({ id }) => id));
    const fresh = open.filter(({ id, isForMe }) => isForMe && before !== null && !before.has(id));
    // in the inbox the line above the list says it
    if (fresh.length === 0 || location.pathname.startsWith("/inbox")) return;
    const run = () => void navigate({ to: "/inbox" });
    showToast("info", t("colleague.open", { count: fresh.length }), { label: t("colleague.look"), run });
  }, [open, navigate, t]);
  return null;
}
