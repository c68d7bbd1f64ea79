// Asks the password again before something that only the person at the keyboard should do.
import { Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../components/error-text.ts";
import { Field } from "../../components/Field.tsx";

export type PasswordDialogProps = {
  isOpen: boolean;
  title: string;
  act: (password: string) => Promise<void>;
  onClose: () => void;
};

export function PasswordDialog({ isOpen, title, act, onClose }: PasswordDialogProps) {
  const { t } = useTranslation();
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await act(password);
      onClose();
    } catch (error) {
      setProblem(errorText(error, t));
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
      okText={t("common.confirm")}
      cancelText={t("common.cancel")}
      confirmLoading={isBusy}
      okButtonProps={{ disabled: password === "" }}
      afterClose={() => {
        setPassword("");
        setProblem(null);
      }}
      destroyOnHidden
    >
      <Field label={t("backup.password")} problem={problem}>
        {(control) => (
          <Input.Password
            {...control}
            autoFocus
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            onPressEnter={() => void run()}
          />
        )}
      </Field>
    </Modal>
  );
}
