// A small picture of a product or a step, with its place kept while it loads.
import { useQuery } from "@tanstack/react-query";
import type { ProductFile } from "@yingda/contract";
import { call, routes } from "../../../api.ts";

/** Links live five minutes; a minute less, so that none is used too late. */
const linkMs = 4 * 60_000;

export function Thumb({ file, size }: { file: Pick<ProductFile, "mediaId"> | null; size: number }) {
  const link = useQuery({
    queryKey: ["media-link", file?.mediaId, "thumb"],
    queryFn: ({ signal }) =>
      file === null
        ? null
        : call(routes.mediaLink, { params: { id: file.mediaId }, query: { size: "thumb" }, signal }),
    staleTime: linkMs,
    gcTime: linkMs,
  });
  return (
    <span className="product-thumb" style={{ inlineSize: size, blockSize: size }}>
      {link.data ? <img src={link.data.url} alt="" width={size} height={size} /> : null}
    </span>
  );
}
