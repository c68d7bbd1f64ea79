// How far a reply has come: waiting, sent, delivered, read; or failed with the reason and a way to send it again.
import type { Message } from "@yingda/contract";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { Icon } from "../../../components/Icon.tsx";
import { showToast } from "../../../components/toast.ts";
import { putOwnMessage } from "../../../live/reduce.ts";
import { changeLive } from "../../../live/store.ts";

export function Delivery({ message, isReadMark }: { message: Message; isReadMark: boolean }) {
  const { t } = useTranslation();
  const { status, reason } = message.delivery;
  if (status === "failed")
    return (
      <span className="delivery delivery-failed">
        <Icon name="warning" size={14} />
        {t("inbox.delivery.failed")}
        {reason ? `${t("common.colon")}${t(`inbox.deliveryReasons.${reason}`)}` : ""}
        <Resend messageId={message.id} />
      </span>
    );
  if (status === "maybe-sent")
    return (
      <span className="delivery delivery-failed" title={t("inbox.delivery.maybeSentHint")}>
        <Icon name="help" size={14} /> {t("inbox.delivery.maybe-sent")}
      </span>
    );
  if (isReadMark)
    return (
      <span className="delivery delivery-read">
        <Icon name="checks" size={15} /> {t("inbox.delivery.read")}
      </span>
    );
  const shown = status === "read" ? "delivered" : status;
  return (
    <span className="delivery" title={t(`inbox.delivery.${shown}`)}>
      <Icon name={shown === "queued" ? "hours" : shown === "sent" ? "check" : "checks"} size={14} />
      <span className="visually-hidden">{t(`inbox.delivery.${shown}`)}</span>
    </span>
  );
}

function Resend({ messageId }: { messageId: string }) {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const resend = async () => {
    setBusy(true);
    try {
      const renewed = await call(routes.retryMessage, { params: { id: messageId } });
      changeLive((view) => putOwnMessage(view, renewed));
    } catch (error) {
      showToast("error", errorText(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <button type="button" className="plain text-button" disabled={isBusy} onClick={() => void resend()}>
      {t("inbox.resend")}
    </button>
  );
}
