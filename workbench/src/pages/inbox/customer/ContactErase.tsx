// Erases a contact with everything they said. Nothing brings it back, so the name must be typed.

import { useNavigate } from "@tanstack/react-router";
import type { Contact } from "@yingda/contract";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { ConfirmDanger } from "../../../components/ConfirmWithUndo.tsx";

export default function ContactErase({
  contact,
  name,
  onClose,
}: {
  contact: Contact;
  name: string;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const erase = async () => {
    await call(routes.eraseContact, { params: { id: contact.id } });
    await navigate({ to: "/inbox" });
  };
  return (
    <ConfirmDanger
      isOpen
      title={t("inbox.eraseTitle", { name })}
      word={name}
      actText={t("inbox.eraseAct")}
      act={erase}
      onClose={onClose}
    >
      <p>{t("inbox.eraseText", { count: contact.conversations.length })}</p>
      <p className="soft">{t("inbox.eraseHint")}</p>
    </ConfirmDanger>
  );
}
