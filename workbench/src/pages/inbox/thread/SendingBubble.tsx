// The echo of what was just written, until the server's message takes its place; failed ones say why and wait for a click.
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { useConnection } from "../../../live/connection-state.ts";
import { discardSending, retrySending } from "../../../live/sending.ts";
import type { Sending } from "../../../live/sending-queue.ts";
import { BubbleBody } from "./Bubble.tsx";
import { LinkedText, MessageContent } from "./MessageContent.tsx";

export type SendingBubbleProps = { sending: Sending; onTakeBack: (sending: Sending) => void };

export function SendingBubble({ sending, onTakeBack }: SendingBubbleProps) {
  const { what } = sending;
  const side = what.kind === "note" ? "note" : "agent";
  return (
    <div className={`line line-${side} line-first`}>
      <BubbleBody side={side} isLast isPale={sending.state.kind !== "failed"}>
        {what.kind === "note" ? <LinkedText text={what.text} /> : <MessageContent content={what.content} />}
      </BubbleBody>
      <SendingFoot sending={sending} onTakeBack={onTakeBack} />
    </div>
  );
}

function SendingFoot({ sending, onTakeBack }: SendingBubbleProps) {
  const { t } = useTranslation();
  const connection = useConnection();
  const { state, clientMessageId } = sending;
  const takeBack = () => {
    const entry = discardSending(clientMessageId);
    if (entry) onTakeBack(entry);
  };
  if (state.kind !== "failed") {
    const isHeld = connection === "offline" || sending.attempts > 0;
    return (
      <span className="line-foot">
        <span className="delivery">
          <Icon name="hours" size={14} /> {t(isHeld ? "inbox.sendLater" : "inbox.sendingNow")}
        </span>
      </span>
    );
  }
  return (
    <span className="line-foot" role="alert">
      <span className="delivery delivery-failed">
        <Icon name="warning" size={14} /> {t(`errors.${state.code}`)}
        <button type="button" className="plain text-button" onClick={() => retrySending(clientMessageId)}>
          {t("inbox.resend")}
        </button>
        <button type="button" className="plain text-button" onClick={takeBack}>
          {t("inbox.takeBack")}
        </button>
      </span>
    </span>
  );
}
