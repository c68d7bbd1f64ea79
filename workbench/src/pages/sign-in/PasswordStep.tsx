// First step: account and password. Wrong credentials keep the account and empty the password.
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api.ts";
import { Button } from "../../components/Button.tsx";
import { errorText } from "../../components/error-text.ts";
import { PasswordField, TextField } from "../../components/TextField.tsx";
import type { Attempt } from "./index.tsx";

export type PasswordStepProps = { isLocked: boolean; onSubmit: (attempt: Attempt) => Promise<unknown> };

export function PasswordStep({ isLocked, onSubmit }: PasswordStepProps) {
  const { t } = useTranslation();
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const passwordBox = useRef<HTMLInputElement>(null);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (account.trim() === "" || password === "") {
      setProblem(t(account.trim() === "" ? "signIn.needAccount" : "signIn.needPassword"));
      return;
    }
    setBusy(true);
    setProblem(null);
    const error = await onSubmit({ account, password });
    setBusy(false);
    if (error === null) return;
    setProblem(wordsFor(error));
    setPassword("");
    passwordBox.current?.focus();
  };
  const wordsFor = (error: unknown): string | null => {
    if (error instanceof ApiError && error.code === "auth/locked-out") return null;
    if (error instanceof ApiError && error.code === "auth/wrong-credentials") return t("signIn.wrong");
    return errorText(error, t);
  };
  return (
    <form className="sign-in-form" onSubmit={(event) => void submit(event)} noValidate>
      <label htmlFor="account">{t("signIn.account")}</label>
      <TextField
        id="account"
        name="username"
        isLarge
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus
        placeholder={t("signIn.accountHint")}
        value={account}
        onChange={(event) => setAccount(event.target.value)}
      />
      <label htmlFor="password">{t("signIn.password")}</label>
      <PasswordField
        id="password"
        name="password"
        ref={passwordBox}
        isLarge
        autoComplete="current-password"
        value={password}
        aria-describedby={problem ? "sign-in-problem" : undefined}
        isWrong={problem !== null}
        onChange={(event) => setPassword(event.target.value)}
      />
      {problem ? (
        <p id="sign-in-problem" className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <Button look="primary" type="submit" size="large" isBlock isBusy={isBusy} disabled={isLocked}>
        {t("signIn.submit")}
      </Button>
      <p className="sign-in-fine">{t("signIn.forgot")}</p>
    </form>
  );
}
