// A small set of emoji, put into the text as characters. Chosen for shops: friendly, unambiguous, on every system.
import { Button, Popover } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";

const emoji = [..."😊😄😉😍🥰😘🤗😅😂🙂😌🤔😢😭🙏👍👌👏💪🤝🌹🎉🎁❤💐☀⭐✅🚚📦💰🔔⏰📞🍵"];

export function EmojiMenu({ onPick }: { onPick: (sign: string) => void }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const grid = (
    <fieldset className="bare emoji-grid" aria-label={t("inbox.emoji")}>
      {emoji.map((sign) => (
        <button
          key={sign}
          type="button"
          className="plain emoji"
          onClick={() => {
            onPick(sign);
            setOpen(false);
          }}
        >
          {sign}
        </button>
      ))}
    </fieldset>
  );
  return (
    <Popover
      open={isOpen}
      onOpenChange={setOpen}
      trigger="click"
      placement="topLeft"
      content={grid}
      arrow={false}
    >
      <Button type="text" icon={<Icon name="smile" />} aria-label={t("inbox.emoji")} aria-expanded={isOpen} />
    </Popover>
  );
}
