// What the pages of flows ask the server, and how they ask again after a change.
import { queryOptions } from "@tanstack/react-query";
import { call, routes } from "../../api.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";

export const flowsQuery = queryOptions({
  queryKey: queryKeys.flows,
  queryFn: ({ signal }) => call(routes.listFlows, { signal }),
});

export const flowToolsQuery = queryOptions({
  queryKey: [...queryKeys.flows, "tools"],
  queryFn: ({ signal }) => call(routes.listFlowTools, { signal }),
  staleTime: 60_000,
});

export const refreshFlows = () => queryClient.invalidateQueries({ queryKey: queryKeys.flows });
