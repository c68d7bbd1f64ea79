/**
 * Two ways to be safe without asking all the time:
 * `useUndo` acts at once and offers "undo" for eight seconds (for everything that can be taken back);
 * `ConfirmDanger` asks for a word before what cannot be taken back.
 */
import { App, Button, Input, Modal } from "antd";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "./error-text.ts";

export type UndoableAct = { act: () => Promise<unknown>; undo: () => Promise<unknown>; doneText: string };

const undoSeconds = 8;
let toastCount = 0;

/** Returns a function that does the act, says `doneText`, and offers to undo it; errors are shown in words. */
export function useUndo(): (what: UndoableAct) => Promise<boolean> {
  const { message } = App.useApp();
  const { t } = useTranslation();
  const takeBack = async (key: string, undo: () => Promise<unknown>) => {
    message.destroy(key);
    try {
      await undo();
      void message.info(t("common.undone"));
    } catch (error) {
      void message.error(errorText(error, t));
    }
  };
  return async ({ act, undo, doneText }) => {
    try {
      await act();
    } catch (error) {
      void message.error(errorText(error, t));
      return false;
    }
    toastCount += 1;
    const key = `undo-${String(toastCount)}`;
    void message.open({
      key,
      type: "success",
      duration: undoSeconds,
      content: (
        <span className="undo-toast">
          {doneText}
          <Button type="link" size="small" onClick={() => void takeBack(key, undo)}>
            {t("common.undo")}
          </Button>
        </span>
      ),
    });
    return true;
  };
}

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
