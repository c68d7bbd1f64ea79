// Free notes about a contact; saved when the field is left, kept on the screen when saving failed.
import type { Contact } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextArea } from "../../../components/TextField.tsx";
import { useUpdateContact } from "./use-contact.ts";

export function ContactNotes({ contact, isReadOnly }: { contact: Contact; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const update = useUpdateContact(contact.id);
  const [typed, setTyped] = useState<string | null>(null);
  const save = () => {
    if (typed === null || typed === contact.notes) return;
    update.mutate({ notes: typed, version: contact.version }, { onSuccess: () => setTyped(null) });
  };
  return (
    <>
      <TextArea
        value={typed ?? contact.notes}
        readOnly={isReadOnly}
        rows={2}
        maxLength={5_000}
        aria-label={t("inbox.notesTitle")}
        placeholder={t("inbox.notesHint")}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={save}
      />
      <span className="customer-fine" role="status">
        {update.isPending ? t("inbox.saving") : update.isSuccess && typed === null ? t("common.saved") : ""}
      </span>
    </>
  );
}
