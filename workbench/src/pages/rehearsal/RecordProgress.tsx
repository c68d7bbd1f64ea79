// How far the taking of past conversations is, and what came of the last one.
import { useQuery } from "@tanstack/react-query";
import { Progress } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { queryKeys } from "../../live/queries.ts";
import { MaskedWords } from "./MaskedWords.tsx";

const pollMs = 1_000;

/** `onDone`: there are new chats. */
export function RecordProgress({ onDone }: { onDone: () => Promise<unknown> }) {
  const { t, i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: [...queryKeys.rehearsal, "record"],
    queryFn: ({ signal }) => call(routes.getRecordImport, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? pollMs : false),
  });
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && data?.state !== "running") void onDone();
    wasRunning.current = data?.state === "running";
  }, [data, onDone]);
  if (!data) return null;
  const { state, done, total, added, masked, at } = data;
  if (state === "failed") return <p className="problem">{t("rehearsal.record.failed", { added })}</p>;
  if (state === "done")
    return (
      <div className="soft rehearsal-last" role="status">
        <p>{t("rehearsal.record.done", { added, total, at: new Date(at).toLocaleString(i18n.language) })}</p>
        <MaskedWords masked={masked} />
      </div>
    );
  return (
    <div className="row-line rehearsal-head" role="status">
      <span>{t("rehearsal.record.running", { done, total })}</span>
      <Progress
        className="rehearsal-progress"
        percent={Math.round((done / Math.max(1, total)) * 100)}
        aria-label={t("rehearsal.record.running", { done, total })}
      />
    </div>
  );
}
