// A small set of emoji, put into the text as characters. Chosen for shops: friendly, unambiguous, on every system.
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { Popup } from "../../../components/Popup.tsx";

const emoji = [..."😊😄😉😍🥰😘🤗😅😂🙂😌🤔😢😭🙏👍👌👏💪🤝🌹🎉🎁❤💐☀⭐✅🚚📦💰🔔⏰📞🍵"];

export function EmojiMenu({ onPick }: { onPick: (sign: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      <Button
        ref={button}
        look="text"
        icon={<Icon name="smile" />}
        aria-label={t("inbox.emoji")}
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      />
      {isOpen ? (
        <Popup anchor={button} side="above" onClose={close}>
          <fieldset className="bare emoji-grid" aria-label={t("inbox.emoji")}>
            {emoji.map((sign) => (
              <button
                key={sign}
                type="button"
                className="plain emoji"
                onClick={() => {
                  close();
                  onPick(sign);
                }}
              >
                {sign}
              </button>
            ))}
          </fieldset>
        </Popup>
      ) : null}
    </>
  );
}
