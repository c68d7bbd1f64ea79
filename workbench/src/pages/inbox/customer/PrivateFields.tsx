// Phone and e-mail: masked until somebody asks to see them; the server writes down who did. Hidden again after a minute.
import type { Contact } from "@yingda/contract";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Button } from "../../../components/Button.tsx";
import { errorText } from "../../../components/error-text.ts";
import { Icon } from "../../../components/Icon.tsx";
import { showToast } from "../../../components/toast.ts";

type Clear = { phone: string | null; email: string | null };
const shownMs = 60_000;

/** "zh" as "中文" or "Chinese"; the tag itself where the browser knows no name. */
function languageName(tag: string, shownIn: string): string {
  try {
    return new Intl.DisplayNames([shownIn], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag;
  }
}

export function PrivateFields({ contact }: { contact: Contact }) {
  const { t, i18n } = useTranslation();
  const [clear, setClear] = useState<Clear | null>(null);
  useEffect(() => {
    if (!clear) return;
    const timer = setTimeout(() => setClear(null), shownMs);
    return () => clearTimeout(timer);
  }, [clear]);
  const reveal = async () => {
    try {
      setClear(await call(routes.revealContact, { params: { id: contact.id } }));
    } catch (error) {
      showToast("error", errorText(error, t));
    }
  };
  const { phoneMasked, emailMasked } = contact;
  const hasAny = phoneMasked !== null || emailMasked !== null;
  return (
    <>
      <dl className="facts customer-private">
        <div>
          <dt>{t("inbox.phone")}</dt>
          <dd className="number">{clear?.phone ?? phoneMasked ?? t("common.none")}</dd>
        </div>
        <div>
          <dt>{t("inbox.email")}</dt>
          <dd>{clear?.email ?? emailMasked ?? t("common.none")}</dd>
        </div>
        {contact.language ? (
          <div>
            <dt>{t("common.language")}</dt>
            <dd>{languageName(contact.language, i18n.language)}</dd>
          </div>
        ) : null}
      </dl>
      {hasAny ? (
        <Button
          size="small"
          look="link"
          className="reveal"
          icon={<Icon name="eye" size={15} />}
          onClick={() => (clear ? setClear(null) : void reveal())}
          title={t("inbox.revealHint")}
        >
          {t(clear ? "inbox.conceal" : "inbox.reveal")}
        </Button>
      ) : null}
    </>
  );
}
