// What the documents tab asks the server for, and how it is kept fresh: by events, and once a second while something is read.
import { useQuery } from "@tanstack/react-query";
import type { DocumentId, DocumentSummary } from "@yingda/contract";
import { call, routes } from "../../../api.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";

const whileReadingMs = 1_200;

export const refreshDocuments = () => queryClient.invalidateQueries({ queryKey: queryKeys.documents });

export function isBeingRead({ state }: DocumentSummary): boolean {
  return state === "waiting" || state === "reading";
}

export function useDocuments() {
  return useQuery({
    queryKey: queryKeys.documents,
    queryFn: ({ signal }) => call(routes.listDocuments, { signal }),
    refetchInterval: ({ state }) => (state.data?.some(isBeingRead) ? whileReadingMs : false),
  });
}

export function useDocument(id: DocumentId) {
  return useQuery({
    queryKey: [...queryKeys.documents, id],
    queryFn: ({ signal }) => call(routes.getDocument, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isBeingRead(state.data) ? whileReadingMs : false),
  });
}
