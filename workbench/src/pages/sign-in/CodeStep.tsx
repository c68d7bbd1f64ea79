// Second step: six digits of the authenticator, sent as soon as they are complete; or a recovery code by button.
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api.ts";
import { Button } from "../../components/Button.tsx";
import { errorText } from "../../components/error-text.ts";
import { TextField } from "../../components/TextField.tsx";

export type CodeStepProps = {
  isLocked: boolean;
  onCode: (code: string) => Promise<unknown>;
  onBack: () => void;
};

export function CodeStep({ isLocked, onCode, onBack }: CodeStepProps) {
  const { t } = useTranslation();
  const [isRecovery, setRecovery] = useState(false);
  const [code, setCode] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const send = async (wanted: string) => {
    if (wanted.trim().length < 6) {
      setProblem(t("signIn.needCode"));
      return;
    }
    setBusy(true);
    setProblem(null);
    const error = await onCode(wanted.trim());
    setBusy(false);
    if (error === null) return;
    setCode("");
    box.current?.focus();
    const isWrong = error instanceof ApiError && error.code === "auth/second-factor-wrong";
    const isLockedOut = error instanceof ApiError && error.code === "auth/locked-out";
    setProblem(
      isLockedOut
        ? null
        : isWrong
          ? t(isRecovery ? "signIn.wrongRecovery" : "signIn.wrongCode")
          : errorText(error, t),
    );
  };
  const change = (value: string) => {
    const typed = isRecovery ? value : value.replace(/\D/g, "").slice(0, 6);
    setCode(typed);
    if (!isRecovery && typed.length === 6 && !isBusy && !isLocked) void send(typed);
  };
  const turn = () => {
    setRecovery(!isRecovery);
    setCode("");
    setProblem(null);
    box.current?.focus();
  };
  return (
    <form
      className="sign-in-form"
      noValidate
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void send(code);
      }}
    >
      <h1>{t("signIn.codeTitle")}</h1>
      <label htmlFor="code">{t(isRecovery ? "signIn.recovery" : "signIn.code")}</label>
      <TextField
        id="code"
        ref={box}
        isLarge
        className={isRecovery ? "" : "sign-in-digits"}
        autoComplete="one-time-code"
        inputMode={isRecovery ? "text" : "numeric"}
        value={code}
        aria-describedby="code-hint"
        onChange={(event) => change(event.target.value)}
      />
      <p id="code-hint" className="soft">
        {t(isRecovery ? "signIn.recoveryHint" : "signIn.codeHint")}
      </p>
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <Button look="primary" type="submit" size="large" isBlock isBusy={isBusy} disabled={isLocked}>
        {t("signIn.submit")}
      </Button>
      <div className="sign-in-ways">
        <Button look="link" onClick={turn}>
          {t(isRecovery ? "signIn.useCode" : "signIn.useRecovery")}
        </Button>
        <Button look="link" onClick={onBack}>
          {t("signIn.other")}
        </Button>
      </div>
    </form>
  );
}
