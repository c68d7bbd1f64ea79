// What the search found: contacts first, then messages with the words marked. Opening a hit opens its conversation.

import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { Conversation } from "@yingda/contract";
import { type ReactNode, useDeferredValue } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Avatar } from "../../../components/Avatar.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { Time } from "../../../components/Time.tsx";
import { putConversations } from "../../../live/reduce.ts";
import { changeLive, getLive } from "../../../live/store.ts";
import { useContactName } from "../names.ts";
import { markWords } from "./mark-words.ts";

async function search(words: string, signal: AbortSignal) {
  const sinceTick = getLive().tick;
  const found = await call(routes.search, { query: { q: words, limit: 30 }, signal });
  changeLive((view) =>
    putConversations(
      view,
      found.hits.map((hit) => hit.conversation),
      sinceTick,
    ),
  );
  return found;
}

export function useSearch(words: string) {
  const settled = useDeferredValue(words.trim());
  return useQuery({
    queryKey: ["search", settled],
    queryFn: ({ signal }) => search(settled, signal),
    enabled: settled !== "",
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
}

/** Text with the found words marked. */
export function Marked({ text, words }: { text: string; words: string }): ReactNode {
  return markWords(text, words).map((piece, index) => {
    const key = `${String(index)}-${piece.text}`;
    return piece.isHit ? <mark key={key}>{piece.text}</mark> : <span key={key}>{piece.text}</span>;
  });
}

export function SearchResults({ words, list }: { words: string; list: string }) {
  const { t } = useTranslation();
  const result = useSearch(words);
  const contactName = useContactName();
  if (words.trim() === "")
    return <EmptyState isSmall icon="search" title={t("inbox.searchStart")} text={t("inbox.searchHint")} />;
  if (result.isPending) return <RowSkeletons count={4} height={64} />;
  if (result.isError) return <ErrorState error={result.error} onRetry={() => result.refetch()} />;
  const { hits, contacts, isPartial } = result.data;
  if (hits.length === 0 && contacts.length === 0)
    return (
      <EmptyState
        isSmall
        icon="search"
        title={t("inbox.searchNone", { words: words.trim() })}
        text={t("inbox.searchNoneHint")}
      />
    );
  return (
    <section className="list-scroll" aria-label={t("inbox.searchResults")}>
      {contacts.length > 0 ? <h3 className="list-title">{t("inbox.searchContacts")}</h3> : null}
      {contacts.map((contact) => (
        <Link key={contact.id} to={`/contacts/${contact.id}`} className="hit hit-contact">
          <Avatar name={contact.name} size={30} />
          <span className="ellipsis">
            <Marked text={contact.name} words={words} />
          </span>
        </Link>
      ))}
      {hits.length > 0 ? <h3 className="list-title">{t("inbox.searchMessages")}</h3> : null}
      {hits.map((hit) => (
        <Hit
          key={hit.message?.id ?? hit.conversation.id}
          conversation={hit.conversation}
          name={contactName(hit.conversation.contact)}
          snippet={hit.snippet}
          at={hit.message?.createdAt}
          words={words}
          list={list}
        />
      ))}
      {isPartial ? <p className="list-note">{t("inbox.searchPartial")}</p> : null}
    </section>
  );
}

type HitProps = {
  conversation: Conversation;
  name: string;
  snippet: string;
  at: string | undefined;
  words: string;
  list: string;
};

function Hit({ conversation, name, snippet, at, words, list }: HitProps) {
  return (
    <Link to={`/inbox/${conversation.id}`} search={{ list, q: words }} className="hit">
      <span className="row-line">
        <span className="row-name ellipsis">
          {name} <span className="soft number">#{conversation.number}</span>
        </span>
        {at ? <Time at={at} style="list" className="row-time" /> : null}
      </span>
      <span className="hit-snippet">
        <Marked text={snippet} words={words} />
      </span>
    </Link>
  );
}
