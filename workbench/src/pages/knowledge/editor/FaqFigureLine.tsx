// The figures of the FAQ that is open.
import { useQuery } from "@tanstack/react-query";
import { Figures } from "./Figures.tsx";
import { figuresQuery } from "./queries.ts";

export function FaqFigureLine({ slug }: { slug: string }) {
  const { data } = useQuery(figuresQuery);
  return data ? <Figures figures={data[slug]} isLong /> : null;
}
