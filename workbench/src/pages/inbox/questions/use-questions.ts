// The bot's questions, kept fresh by the live line, and what can be done about them. What is typed stays while the drawer is
// closed, and when a colleague was faster.
import { useQuery } from "@tanstack/react-query";
import type { ColleagueQuestion, KeepReply } from "@yingda/contract";
import { useSyncExternalStore } from "react";
import { call, routes } from "../../../api.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { useCan } from "../../../live/session.ts";

export function useQuestions() {
  const canRead = useCan("conversations-read");
  return useQuery({
    queryKey: queryKeys.colleagueQuestions,
    queryFn: ({ signal }) => call(routes.listColleagueQuestions, { signal }),
    enabled: canRead,
  });
}

const refresh = () => queryClient.invalidateQueries({ queryKey: queryKeys.colleagueQuestions });

/** Each refetches, also when it is refused: then the list has moved on. */
async function then<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } finally {
    void refresh();
  }
}

export const replyTo = (id: string, text: string) =>
  then(call(routes.replyToColleagueQuestion, { params: { id }, body: { text } }));
export const handOver = (id: string) => then(call(routes.handOverColleagueQuestion, { params: { id } }));
export const keep = (id: string, body: KeepReply) =>
  then(call(routes.keepColleagueReply, { params: { id }, body }));

/** What is typed for a question: it outlives the card, with the question it was for. */
export type Typed = { question: ColleagueQuestion; text: string };
let typed: ReadonlyMap<string, Typed> = new Map();
const listeners = new Set<() => void>();

export function setTyped(question: ColleagueQuestion, text: string): void {
  const next = new Map(typed);
  if (text === "") next.delete(question.id);
  else next.set(question.id, { question, text });
  typed = next;
  for (const tell of listeners) tell();
}

export function useTyped(): ReadonlyMap<string, Typed> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => typed,
  );
}
