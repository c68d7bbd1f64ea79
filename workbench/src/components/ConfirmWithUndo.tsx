/**
 * Two ways to be safe without asking all the time:
 * `useUndo` acts at once and offers "undo" for eight seconds (for everything that can be taken back);
 * `ConfirmDanger` asks for a word before what cannot be taken back.
 */
import { Button, Input, Modal } from "antd";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "./error-text.ts";
import { type UndoableAct, useUndo } from "./use-undo.ts";

export { type UndoableAct, useUndo } from "./use-undo.ts";

/** A button whose act can be undone from the toast; never asks first. */
export function ConfirmWithUndo({
  act,
  undo,
  doneText,
  children,
  ...button
}: UndoableAct & {
  children: ReactNode;
  danger?: boolean;
  icon?: ReactNode;
  disabled?: boolean;
  size?: "small" | "middle" | "large";
  type?: "text" | "default" | "primary" | "link";
  "aria-label"?: string;
}) {
  const run = useUndo();
  const [isBusy, setBusy] = useState(false);
  const start = async () => {
    setBusy(true);
    await run({ act, undo, doneText });
    setBusy(false);
  };
  return (
    <Button {...button} loading={isBusy} onClick={() => void start()}>
      {children}
    </Button>
  );
}

export type ConfirmDangerProps = {
  isOpen: boolean;
  title: string;
  /** What exactly will be gone. */
  children: ReactNode;
  /** The word to type; null asks for a plain click only. */
  word: string | null;
  actText: string;
  act: () => Promise<unknown>;
  onClose: () => void;
};

/** For what cannot be undone: says what will be gone and asks for a word. */
export function ConfirmDanger({ isOpen, title, children, word, actText, act, onClose }: ConfirmDangerProps) {
  const { t } = useTranslation();
  const inputId = useId();
  const [typed, setTyped] = useState("");
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const isReady = word === null || typed.trim() === word;
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
      onClose();
    } catch (error) {
      setProblem(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={isOpen}
      title={title}
      onCancel={onClose}
      onOk={() => void run()}
      okText={actText}
      cancelText={t("common.cancel")}
      okButtonProps={{ danger: true, disabled: !isReady, loading: isBusy }}
      afterClose={() => {
        setTyped("");
        setProblem(null);
      }}
      destroyOnHidden
    >
      <div className="confirm-danger">
        {children}
        {word === null ? null : (
          <label htmlFor={inputId}>
            <span>{t("common.typeToConfirm", { word })}</span>
            <Input
              id={inputId}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              autoComplete="off"
              autoFocus
            />
          </label>
        )}
        {problem ? (
          <p role="alert" className="problem">
            {errorText(problem, t)}
          </p>
        ) : null}
      </div>
    </Modal>
  );
}
