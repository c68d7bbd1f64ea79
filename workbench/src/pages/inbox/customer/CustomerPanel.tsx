/**
 * The right pane: who this is, what came with their link, notes, tags, earlier conversations. Phone and e-mail are masked
 * until revealed (the server notes who looked). Also the body of the contact page and of the drawer on narrow screens.
 */

import { Link, useNavigate } from "@tanstack/react-router";
import type { Contact, Conversation } from "@yingda/contract";
import type { TFunction } from "i18next";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { download, routes } from "../../../api.ts";
import { Avatar } from "../../../components/Avatar.tsx";
import { Button } from "../../../components/Button.tsx";
import { errorText } from "../../../components/error-text.ts";
import { Icon } from "../../../components/Icon.tsx";
import { lazyAntd } from "../../../components/lazy-antd.tsx";
import { type MenuItem, PopMenu } from "../../../components/PopMenu.tsx";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { Time } from "../../../components/Time.tsx";
import { showToast } from "../../../components/toast.ts";
import { useCan } from "../../../live/session.ts";
import { TagEditor } from "../actions/TagEditor.tsx";
import { useActions } from "../actions/use-actions.ts";
import { useContactName } from "../names.ts";
import { ContactNotes } from "./ContactNotes.tsx";
import { PrivateFields } from "./PrivateFields.tsx";
import { useContact, useUpdateContact } from "./use-contact.ts";

const ContactEdit = lazyAntd(() => import("./ContactEdit.tsx"));
const ContactErase = lazyAntd(() => import("./ContactErase.tsx"));

export type CustomerPanelProps = { contactId: string; conversation: Conversation | null };

export function CustomerPanel({ contactId, conversation }: CustomerPanelProps) {
  const contact = useContact(contactId);
  if (contact.isPending)
    return (
      <div className="customer">
        <BlockSkeleton rows={6} />
      </div>
    );
  if (contact.isError) return <ErrorState error={contact.error} onRetry={() => contact.refetch()} />;
  return <CustomerFacts contact={contact.data} conversation={conversation} />;
}

/** The tab in which others like it are looked for. */
function listOf({ status }: Conversation): "open" | "resolved" {
  return status === "resolved" ? "resolved" : "open";
}

const contextNames = ["page", "referrer", "source", "product", "table", "device", "store", "order"] as const;

/** A link parameter's name in words where we know it; else as it came. */
function contextName(name: string, t: TFunction): string {
  const known = contextNames.find((one) => one === name);
  return known ? t(`inbox.contextNames.${known}`) : name;
}

export function Block({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="customer-block" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

function CustomerFacts({ contact, conversation }: { contact: Contact; conversation: Conversation | null }) {
  const { t } = useTranslation();
  const canWrite = useCan("contacts-write");
  const actions = useActions();
  const navigate = useNavigate();
  const update = useUpdateContact(contact.id);
  const context = Object.entries(contact.context);
  return (
    <div className="customer">
      <CustomerHead contact={contact} />
      <PrivateFields contact={contact} />
      {conversation ? (
        <Block title={t("inbox.conversationTags")}>
          <TagEditor
            tags={conversation.tags}
            isReadOnly={!conversation.abilities.includes("tag")}
            onPick={(tag) =>
              void navigate({ to: `/inbox/${conversation.id}`, search: { list: listOf(conversation), tag } })
            }
            onChange={(tags) => actions.setTags(conversation.id, tags)}
          />
        </Block>
      ) : null}
      {conversation?.rating ? (
        <Block title={t("inbox.ratingTitle")}>
          <p>{t("inbox.rating", { score: conversation.rating.score })}</p>
          {conversation.rating.comment ? <p className="soft">{conversation.rating.comment}</p> : null}
        </Block>
      ) : null}
      <Block title={t("inbox.contactTags")}>
        <TagEditor
          tags={contact.tags}
          isReadOnly={!canWrite}
          onChange={(tags) => update.mutateAsync({ tags, version: contact.version }).catch(() => undefined)}
        />
      </Block>
      {context.length > 0 ? (
        <Block title={t("inbox.context")}>
          <dl className="facts">
            {context.map(([name, value]) => (
              <div key={name}>
                <dt>{contextName(name, t)}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          <p className="customer-fine">{t("inbox.contextHint")}</p>
        </Block>
      ) : null}
      <Block title={t("inbox.notesTitle")}>
        <ContactNotes key={contact.id} contact={contact} isReadOnly={!canWrite} />
      </Block>
      <PastConversations contact={contact} currentId={conversation?.id ?? null} />
    </div>
  );
}

function CustomerHead({ contact }: { contact: Contact }) {
  const { t } = useTranslation();
  const canErase = useCan("contacts-erase");
  const canWrite = useCan("contacts-write");
  const [dialog, setDialog] = useState<"edit" | "erase" | null>(null);
  const update = useUpdateContact(contact.id);
  const name = useContactName()(contact);
  const exportAll = async () => {
    try {
      await download(routes.exportContact, `contact-${contact.id.slice(-8)}.json`, {
        params: { id: contact.id },
      });
    } catch (error) {
      showToast("error", errorText(error, t));
    }
  };
  const items: MenuItem[] = [
    ...(canWrite
      ? ([
          {
            kind: "item",
            key: "block",
            icon: "lock",
            label: t(contact.isBlocked ? "inbox.unblock" : "inbox.block"),
            hint: t("inbox.blockHint"),
            run: () => update.mutate({ isBlocked: !contact.isBlocked, version: contact.version }),
          },
        ] satisfies MenuItem[])
      : []),
    ...(canErase
      ? ([
          {
            kind: "item",
            key: "export",
            icon: "download",
            label: t("inbox.exportContact"),
            run: () => void exportAll(),
          },
          {
            kind: "item",
            key: "erase",
            icon: "trash",
            isDanger: true,
            label: t("inbox.eraseContact"),
            run: () => setDialog("erase"),
          },
        ] satisfies MenuItem[])
      : []),
  ];
  return (
    <div className="customer-head">
      <Avatar name={name} size={44} />
      <div className="customer-name">
        <h2 className="ellipsis">{name}</h2>
        <span className="soft">
          {contact.identities.map((identity) => identity.inboxName).join(t("common.listComma"))}
          {contact.isBlocked ? ` · ${t("inbox.isBlocked")}` : ""}
        </span>
      </div>
      {canWrite ? (
        <Button
          look="text"
          icon={<Icon name="pencil" size={17} />}
          aria-label={t("inbox.editContact")}
          onClick={() => setDialog("edit")}
        />
      ) : null}
      {items.length > 0 ? (
        <PopMenu items={items} label={t("common.moreActions")}>
          {(button) => (
            <Button
              {...button}
              look="text"
              icon={<Icon name="more" />}
              aria-label={t("inbox.contactActions")}
            />
          )}
        </PopMenu>
      ) : null}

      {dialog === "edit" ? <ContactEdit contact={contact} onClose={() => setDialog(null)} /> : null}
      {dialog === "erase" ? (
        <ContactErase contact={contact} name={name} onClose={() => setDialog(null)} />
      ) : null}
    </div>
  );
}

function PastConversations({ contact, currentId }: { contact: Contact; currentId: string | null }) {
  const { t } = useTranslation();
  const past = contact.conversations.filter((conversation) => conversation.id !== currentId);
  return (
    <Block title={t("inbox.pastTitle")}>
      {past.length === 0 ? <p className="soft">{t("inbox.pastNone")}</p> : null}
      <ul className="past">
        {past.map((conversation) => (
          <li key={conversation.id}>
            <Link to={`/inbox/${conversation.id}`} className="past-link">
              <span className="row-line">
                <span className="number">#{conversation.number}</span>
                <Time at={conversation.createdAt} style="list" className="row-time" />
              </span>
              <span className="soft ellipsis">{conversation.preview}</span>
            </Link>
          </li>
        ))}
      </ul>
      <p className="customer-fine">
        {t("inbox.firstSeen")} <Time at={contact.firstSeenAt} style="full" />
      </p>
    </Block>
  );
}
