/**
 * Contacts: found by searching (names are stored encrypted, so there is no browsing all of them), or picked from those
 * spoken with lately. One contact is shown with the same panel as in the inbox.
 */

import { Link, useNavigate, useParams } from "@tanstack/react-router";
import type { Conversation } from "@yingda/contract";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Avatar } from "../../components/Avatar.tsx";
import { Icon } from "../../components/Icon.tsx";
import { usePageTitle } from "../../components/Page.tsx";
import { EmptyState, ErrorState, RowSkeletons } from "../../components/states.tsx";
import { Time } from "../../components/Time.tsx";
import { useIsPhone } from "../../components/use-media.ts";
import { CustomerPanel } from "../inbox/customer/CustomerPanel.tsx";
import { Marked, useSearch } from "../inbox/list/SearchResults.tsx";
import { useList } from "../inbox/list/use-list.ts";
import { useContactName } from "../inbox/names.ts";
import "../inbox/list.css";
import "../inbox/customer.css";
import "./contacts.css";
import { Button } from "../../components/Button.tsx";
import { TextField } from "../../components/TextField.tsx";

type Shown = { id: string; name: string; at: string | null };

/** One line per contact, newest first, from the conversations of the open and resolved lists. */
function useRecent(): { contacts: Shown[]; isFirstLoad: boolean; error: unknown; retry: () => void } {
  const open = useList("open", null);
  const resolved = useList("resolved", null);
  const contactName = useContactName();
  const contacts = useMemo(() => {
    const newest = new Map<string, Shown>();
    const at = (conversation: Conversation) => conversation.lastMessage?.at ?? conversation.createdAt;
    for (const conversation of [...open.rows, ...resolved.rows].toSorted((a, b) =>
      at(b).localeCompare(at(a)),
    )) {
      const { contact } = conversation;
      if (!newest.has(contact.id))
        newest.set(contact.id, { id: contact.id, name: contactName(contact), at: at(conversation) });
    }
    return [...newest.values()];
  }, [open.rows, resolved.rows, contactName]);
  const error = open.error ?? resolved.error;
  return {
    contacts,
    isFirstLoad: open.isFirstLoad || (resolved.isFirstLoad && contacts.length === 0),
    error,
    retry: open.retry,
  };
}

export default function ContactsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const isPhone = useIsPhone();
  const contactId = (useParams({ strict: false }) as { _splat?: string })._splat || null;
  usePageTitle(t("contacts.title"));
  const isListShown = !isPhone || contactId === null;
  return (
    <div className="contacts">
      {isListShown ? <ContactList openId={contactId} /> : null}
      {contactId ? (
        <section className="contacts-one" aria-label={t("keys.panel")}>
          {isPhone ? (
            <Button
              look="text"
              icon={<Icon name="back" />}
              onClick={() => void navigate({ to: "/contacts" })}
            >
              {t("contacts.title")}
            </Button>
          ) : null}
          <CustomerPanel key={contactId} contactId={contactId} conversation={null} />
        </section>
      ) : isPhone ? null : (
        <section className="contacts-one">
          <EmptyState icon="contacts" title={t("contacts.choose")} text={t("contacts.lead")} />
        </section>
      )}
    </div>
  );
}

function ContactList({ openId }: { openId: string | null }) {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  return (
    <section className="pane pane-list" aria-label={t("contacts.title")}>
      <div className="list-head">
        <h1 className="contacts-title">{t("contacts.title")}</h1>
        <TextField
          type="search"
          prefix={<Icon name="search" size={16} />}
          placeholder={t("contacts.search")}
          aria-label={t("contacts.search")}
          value={words}
          onClear={() => setWords("")}
          maxLength={100}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {words.trim() === "" ? <Recent openId={openId} /> : <Found words={words} openId={openId} />}
    </section>
  );
}

function Recent({ openId }: { openId: string | null }) {
  const { t } = useTranslation();
  const { contacts, isFirstLoad, error, retry } = useRecent();
  if (isFirstLoad) return <RowSkeletons height={60} />;
  if (error) return <ErrorState error={error} onRetry={retry} />;
  if (contacts.length === 0)
    return <EmptyState icon="contacts" title={t("contacts.none")} text={t("contacts.noneHint")} />;
  return <Rows title={t("contacts.recent")} contacts={contacts} openId={openId} words="" />;
}

function Found({ words, openId }: { words: string; openId: string | null }) {
  const { t } = useTranslation();
  const contactName = useContactName();
  const result = useSearch(words);
  if (result.isPending) return <RowSkeletons height={60} />;
  if (result.isError) return <ErrorState error={result.error} onRetry={() => result.refetch()} />;
  const found = new Map<string, Shown>(
    result.data.contacts.map(({ id, name }) => [id, { id, name, at: null }]),
  );
  for (const { conversation } of result.data.hits)
    if (!found.has(conversation.contact.id))
      found.set(conversation.contact.id, {
        id: conversation.contact.id,
        name: contactName(conversation.contact),
        at: conversation.lastMessage?.at ?? null,
      });
  if (found.size === 0)
    return (
      <EmptyState
        isSmall
        icon="search"
        title={t("contacts.notFound", { words: words.trim() })}
        text={t("inbox.searchNoneHint")}
      />
    );
  return (
    <Rows title={t("inbox.searchResults")} contacts={[...found.values()]} openId={openId} words={words} />
  );
}

type RowsProps = { title: string; contacts: readonly Shown[]; openId: string | null; words: string };

function Rows({ title, contacts, openId, words }: RowsProps) {
  return (
    <div className="list-scroll">
      <h2 className="list-title">{title}</h2>
      {contacts.map((contact) => (
        <Link
          key={contact.id}
          to={`/contacts/${contact.id}`}
          className={contact.id === openId ? "hit hit-contact hit-open" : "hit hit-contact"}
          aria-current={contact.id === openId ? "true" : undefined}
        >
          <Avatar name={contact.name} size={34} />
          <span className="ellipsis contacts-name">
            <Marked text={contact.name} words={words} />
          </span>
          {contact.at ? <Time at={contact.at} style="list" className="row-time" /> : null}
        </Link>
      ))}
    </div>
  );
}
