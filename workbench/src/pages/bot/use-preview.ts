// Replays past questions page by page: progress while it runs, stops when asked or when the page is left.
import { type InboxId, type MessageId, type PastQuestion, previewedQuestions } from "@yingda/contract";
import { useEffect, useRef, useState } from "react";
import { call, routes } from "../../api.ts";

const atOnce = 20;

export type Preview = {
  state: "idle" | "running" | "done" | "failed";
  questions: PastQuestion[];
  error: unknown;
  start: () => void;
  stop: () => void;
};

export function usePreview(inboxId: InboxId): Preview {
  const [questions, setQuestions] = useState<PastQuestion[]>([]);
  const [state, setState] = useState<Preview["state"]>("idle");
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  const start = () => {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setQuestions([]);
    setState("running");
    void replay(inboxId, mine.signal, (some) => setQuestions((before) => [...before, ...some])).then(
      () => !mine.signal.aborted && setState("done"),
      (cause: unknown) => {
        if (mine.signal.aborted) return;
        setError(cause);
        setState("failed");
      },
    );
  };
  const stop = () => {
    abort.current?.abort();
    setState("done");
  };
  return { state, questions, error, start, stop };
}

async function replay(
  inboxId: InboxId,
  signal: AbortSignal,
  take: (some: PastQuestion[]) => void,
): Promise<void> {
  let before: MessageId | null = null;
  for (let left = previewedQuestions; left > 0 && !signal.aborted; ) {
    const page: { questions: PastQuestion[]; next: MessageId | null } = await call(routes.previewBot, {
      body: { inboxId, before, limit: Math.min(atOnce, left) },
      signal,
    });
    if (signal.aborted) return;
    take(page.questions);
    left -= page.questions.length;
    before = page.next;
    if (before === null) return;
  }
}
