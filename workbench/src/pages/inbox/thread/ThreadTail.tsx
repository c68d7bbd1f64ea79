// What moves at the end of the thread: the bot's answer while it is written, and that the contact is typing.
import { useTranslation } from "react-i18next";
import { useLive } from "../../../live/store.ts";
import { BubbleBody } from "./Bubble.tsx";
import { LinkedText } from "./MessageContent.tsx";

export function ThreadTail({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const delta = useLive((view) => view.deltas.get(conversationId));
  const typing = useLive((view) => view.typing.get(conversationId));
  return (
    <>
      {delta ? (
        <div className="line line-bot line-first" aria-hidden="true">
          <BubbleBody side="bot" isLast isPale>
            <LinkedText text={delta} />
          </BubbleBody>
        </div>
      ) : null}
      {typing?.who === "contact" ? (
        <div className="line line-contact line-first">
          <span className="bubble bubble-contact bubble-typing">
            <span className="visually-hidden">{t("inbox.contactTyping")}</span>
            <span className="typing-dots" aria-hidden="true">
              <i />
              <i />
              <i />
            </span>
          </span>
        </div>
      ) : null}
    </>
  );
}
