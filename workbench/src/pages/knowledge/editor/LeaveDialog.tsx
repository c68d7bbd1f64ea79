// Before unsaved words are lost: asks in the page when a form is closed or another page is opened, and the browser asks when
// the tab is closed.
import { useBlocker } from "@tanstack/react-router";
import { Modal } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

export function useLeaveWarning(isTouched: boolean): void {
  useEffect(() => {
    if (!isTouched) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [isTouched]);
}

/** Whoever's session has ended cannot stay. */
const staysBefore = ({ next }: { next: { pathname: string } }) => next.pathname !== "/sign-in";

/**
 * For a form: `close` asks first where something is not saved yet, and so does the way to another page (a link, the browser's
 * back). `dialog` is what asks; it stands anywhere in the form.
 */
export function useLeave(isTouched: boolean, onClose: () => void) {
  const [isAsking, setAsking] = useState(false);
  useLeaveWarning(isTouched);
  const away = useBlocker({
    shouldBlockFn: staysBefore,
    disabled: !isTouched,
    enableBeforeUnload: false,
    withResolver: true,
  });
  const ask = (onStay: () => void, onLeave: () => void) => <LeaveDialog onStay={onStay} onLeave={onLeave} />;
  const dialog =
    away.status === "blocked"
      ? ask(away.reset, away.proceed)
      : isAsking
        ? ask(() => setAsking(false), onClose)
        : null;
  return { close: () => (isTouched ? setAsking(true) : onClose()), dialog };
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
