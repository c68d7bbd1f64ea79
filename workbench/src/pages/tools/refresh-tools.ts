// After a change: systems, tools, calls and the catalogue are asked anew.
import { queryClient, queryKeys } from "../../live/queries.ts";

export const refreshTools = () => queryClient.invalidateQueries({ queryKey: queryKeys.tools });
