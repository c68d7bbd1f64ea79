// "What would be found": a question as a customer would ask it, and the passages that the bot would look at.
import { useQuery } from "@tanstack/react-query";
import { Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Section } from "../../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { queryKeys } from "../../../live/queries.ts";
import { PassageText } from "./PassageText.tsx";

export function SearchBox() {
  const { t } = useTranslation();
  const [question, setQuestion] = useState("");
  const found = useQuery({
    queryKey: [...queryKeys.documents, "search", question],
    queryFn: ({ signal }) => call(routes.searchDocuments, { query: { question, most: 5 }, signal }),
    enabled: question !== "",
  });
  return (
    <Section>
      <Input.Search
        allowClear
        aria-label={t("knowledge.documents.search")}
        placeholder={t("knowledge.documents.searchHint")}
        enterButton={t("knowledge.documents.search")}
        maxLength={500}
        loading={found.isFetching}
        onSearch={(text) => setQuestion(text.trim())}
      />
      {question === "" ? null : found.isPending ? (
        <RowSkeletons count={2} />
      ) : found.error ? (
        <ErrorState error={found.error} onRetry={found.refetch} />
      ) : found.data.length === 0 ? (
        <p className="soft">{t("knowledge.documents.searchNone")}</p>
      ) : (
        <ol className="plain-list document-found">
          {found.data.map(({ title, score, ...passage }) => (
            <li key={passage.id}>
              <PassageText
                passage={passage}
                title={title}
                note={t("knowledge.documents.score", { percent: Math.round(score * 100) })}
              />
            </li>
          ))}
        </ol>
      )}
    </Section>
  );
}
