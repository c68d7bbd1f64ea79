// Quick replies for the text box, and the pinyin initials of their titles, loaded when first needed.
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call, routes } from "../../../api.ts";
import { queryKeys } from "../../../live/queries.ts";
import type { Initials } from "./match-replies.ts";

export function useCannedReplies() {
  return useQuery({
    queryKey: queryKeys.cannedReplies,
    queryFn: ({ signal }) => call(routes.listCannedReplies, { signal }),
    staleTime: 60_000,
  });
}

const noInitials: Initials = () => "";
let loaded: Initials | null = null;

async function loadInitials(): Promise<Initials> {
  const { pinyin } = await import("pinyin-pro");
  const known = new Map<string, string>();
  loaded = (text) => {
    let letters = known.get(text);
    if (letters === undefined) {
      letters = pinyin(text, { pattern: "first", toneType: "none", type: "array" }).join("").toLowerCase();
      known.set(text, letters);
    }
    return letters;
  };
  return loaded;
}

/** Initials of Chinese titles once they are wanted; until the library is there nothing matches by initials. */
export function useInitials(isWanted: boolean): Initials {
  const [initials, setInitials] = useState<Initials>(() => loaded ?? noInitials);
  useEffect(() => {
    if (!isWanted || loaded) return;
    let isCurrent = true;
    loadInitials().then(
      (ready) => {
        if (isCurrent) setInitials(() => ready);
      },
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [isWanted]);
  return initials;
}
