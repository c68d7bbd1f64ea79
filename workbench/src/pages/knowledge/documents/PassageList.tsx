// What a document says, passage by passage, with a search in it.
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ShopDocument } from "@yingda/contract";
import { Button, Input, Pagination } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { queryKeys } from "../../../live/queries.ts";
import { PassageText } from "./PassageText.tsx";

const shownAtOnce = 20;

/** Where a citation says that a passage stands: its page, and its headings joined; and when the answer with it was sent. */
export type PassagePlace = { page?: number; heading?: string; saidAtMs?: number };

type ListProps = { document: ShopDocument; cited: PassagePlace | null };

export function PassageList({ document: { id, readAt }, cited }: ListProps) {
  const { t } = useTranslation();
  const [place, setPlace] = useState(cited);
  const [page, setPage] = useState(1);
  const [text, setText] = useState("");
  const { saidAtMs = Number.POSITIVE_INFINITY, ...where } = place ?? {};
  const isReadSince = readAt !== null && Date.parse(readAt) > saidAtMs;
  const part = useQuery({
    queryKey: [...queryKeys.documents, id, "passages", readAt, page, text, place],
    queryFn: ({ signal }) =>
      call(routes.listPassages, {
        params: { id },
        query: { from: (page - 1) * shownAtOnce, most: shownAtOnce, text, ...where },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
  return (
    <section aria-label={t("knowledge.documents.passages")}>
      <h3>{t("knowledge.documents.passages")}</h3>
      <Input.Search
        allowClear
        aria-label={t("knowledge.documents.passagesFind")}
        placeholder={t("knowledge.documents.passagesFind")}
        maxLength={100}
        onSearch={(next) => {
          setText(next.trim());
          setPage(1);
          setPlace(null);
        }}
      />
      {place === null ? null : (
        <p className="document-cited" role="status">
          {part.data?.total === 0
            ? t("knowledge.documents.citedGone")
            : isReadSince
              ? t("knowledge.documents.citedReadSince")
              : t("knowledge.documents.cited")}{" "}
          <Button size="small" onClick={() => setPlace(null)}>
            {t("knowledge.documents.allPassages")}
          </Button>
        </p>
      )}
      {part.isPending ? (
        <RowSkeletons count={3} />
      ) : part.error ? (
        <ErrorState error={part.error} onRetry={part.refetch} />
      ) : part.data.total === 0 && place !== null ? null : part.data.total === 0 ? (
        <p className="soft">{t("knowledge.documents.noPassages")}</p>
      ) : (
        <>
          {part.data.passages.map((passage) => (
            <PassageText key={passage.id} passage={passage} isCited={place !== null} />
          ))}
          {part.data.total > shownAtOnce ? (
            <Pagination
              size="small"
              showSizeChanger={false}
              current={page}
              pageSize={shownAtOnce}
              total={part.data.total}
              onChange={setPage}
            />
          ) : null}
        </>
      )}
    </section>
  );
}
