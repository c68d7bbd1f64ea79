// Changes name, phone and e-mail. Masked values are not shown for editing: an empty field leaves what is stored.
import type { Contact, ContactUpdate } from "@yingda/contract";
import { Checkbox, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUpdateContact } from "./use-contact.ts";

type PrivateName = "phone" | "email";

export default function ContactEdit({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation();
  const nameId = useId();
  const update = useUpdateContact(contact.id);
  const [name, setName] = useState(contact.isNamed ? contact.name : "");
  const [typed, setTyped] = useState<Record<PrivateName, string>>({ phone: "", email: "" });
  const [removed, setRemoved] = useState<Record<PrivateName, boolean>>({ phone: false, email: false });
  const masked = { phone: contact.phoneMasked, email: contact.emailMasked };
  const privateChange = (field: PrivateName): Partial<ContactUpdate> => {
    if (removed[field]) return { [field]: null };
    return typed[field].trim() === "" ? {} : { [field]: typed[field].trim() };
  };
  const save = async () => {
    const change: ContactUpdate = {
      version: contact.version,
      name: name.trim(),
      ...privateChange("phone"),
      ...privateChange("email"),
    };
    const isSaved = await update.mutateAsync(change).then(
      () => true,
      () => false,
    );
    if (isSaved) onClose();
  };
  return (
    <Modal
      open
      title={t("inbox.editContact")}
      onCancel={onClose}
      onOk={() => void save()}
      okText={t("common.save")}
      cancelText={t("common.cancel")}
      okButtonProps={{ loading: update.isPending }}
      width={440}
    >
      <div className="form-stack">
        <label htmlFor={nameId}>{t("common.name")}</label>
        <Input id={nameId} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        {(["phone", "email"] as const).map((field) => (
          <div key={field} className="form-stack">
            <label htmlFor={`${nameId}-${field}`}>{t(`inbox.${field}`)}</label>
            <Input
              id={`${nameId}-${field}`}
              type={field === "phone" ? "tel" : "email"}
              value={typed[field]}
              disabled={removed[field]}
              maxLength={field === "phone" ? 40 : 200}
              placeholder={masked[field] ?? ""}
              onChange={(event) => setTyped({ ...typed, [field]: event.target.value })}
            />
            {masked[field] === null ? null : (
              <Checkbox
                checked={removed[field]}
                onChange={(event) => setRemoved({ ...removed, [field]: event.target.checked })}
              >
                {t("inbox.removeValue")}
              </Checkbox>
            )}
          </div>
        ))}
      </div>
    </Modal>
  );
}
