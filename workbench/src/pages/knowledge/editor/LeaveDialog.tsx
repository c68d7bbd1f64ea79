// Before unsaved words are lost: asks in the page, and the browser asks when the tab is closed.
import { Modal } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

export function useLeaveWarning(isTouched: boolean): void {
  useEffect(() => {
    if (!isTouched) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isTouched]);
}

export function LeaveDialog({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={t("faqWork.leave.title")}
      okText={t("faqWork.leave.stay")}
      cancelText={t("faqWork.leave.leave")}
      onOk={onStay}
      onCancel={onStay}
      cancelButtonProps={{ onClick: onLeave }}
    >
      {t("faqWork.leave.text")}
    </Modal>
  );
}
