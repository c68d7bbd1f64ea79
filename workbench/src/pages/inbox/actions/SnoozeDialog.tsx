// A time of one's own to sleep a conversation till.
import { Modal } from "antd";
import dayjs from "dayjs";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { nowMs } from "../../../live/clock.ts";

const fieldFormat = "YYYY-MM-DDTHH:mm";

export default function SnoozeDialog({
  onPick,
  onClose,
}: {
  onPick: (at: Date) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [value, setValue] = useState(() =>
    dayjs(nowMs()).add(1, "day").hour(9).minute(0).format(fieldFormat),
  );
  const id = useId();
  const isFuture = dayjs(value).valueOf() > nowMs();
  const pick = () => {
    onPick(dayjs(value).toDate());
    onClose();
  };
  return (
    <Modal
      open
      title={t("inbox.snoozeTitle")}
      onCancel={onClose}
      onOk={pick}
      okText={t("inbox.snooze")}
      cancelText={t("common.cancel")}
      okButtonProps={{ disabled: !isFuture }}
      width={400}
    >
      <label htmlFor={id}>{t("inbox.snoozeUntil")}</label>
      <input
        id={id}
        className="native-field"
        type="datetime-local"
        value={value}
        min={dayjs(nowMs()).format(fieldFormat)}
        onChange={(event) => setValue(event.target.value)}
      />
      <p className="soft">{t("inbox.snoozeHint")}</p>
    </Modal>
  );
}
