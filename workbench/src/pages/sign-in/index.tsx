/**
 * Sign-in: account and password, then the code of the authenticator (or a recovery code) where a second factor is on.
 * Too many attempts show when the next one is possible and count down. After signing in it goes back to where one was.
 */
import { useLocation, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, routes } from "../../api.ts";
import { retryAfterMsOf } from "../../components/error-text.ts";
import { usePageTitle } from "../../components/Page.tsx";
import { clockSpan } from "../../components/time-words.ts";
import { queryClient, queryKeys } from "../../live/queries.ts";
import { setMe } from "../../live/session.ts";
import { CodeStep } from "./CodeStep.tsx";
import { PasswordStep } from "./PasswordStep.tsx";
import { SignInFrame } from "./SignInFrame.tsx";
import { safeReturn } from "./safe-return.ts";
import "./sign-in.css";

/** What came with the address: where to go back to, whether a session just ended. */
type Arrival = { from?: string; ended?: string };

export type Attempt = { account: string; password: string; code?: string };

/** Signs in; resolves to the error that the form shows, null when it went through. */
function useSignIn(from: string | undefined): (attempt: Attempt) => Promise<unknown> {
  const navigate = useNavigate();
  return async (attempt) => {
    try {
      setMe(await call(routes.signIn, { body: attempt }));
      await queryClient.invalidateQueries({ queryKey: queryKeys.setupState });
      await navigate({ href: safeReturn(from), replace: true });
      return null;
    } catch (error) {
      return error;
    }
  };
}

export default function SignInPage() {
  const { t } = useTranslation();
  const arrival = useLocation().search as Arrival;
  const [given, setGiven] = useState<Attempt | null>(null);
  const [lockedUntilMs, setLockedUntilMs] = useState<number | null>(null);
  const signIn = useSignIn(arrival.from);
  usePageTitle(t("signIn.title"));
  const attempt = async (wanted: Attempt): Promise<unknown> => {
    const error = await signIn(wanted);
    if (!(error instanceof ApiError)) return error;
    if (error.code === "auth/second-factor-required") {
      setGiven(wanted);
      return null;
    }
    if (error.code === "auth/locked-out") setLockedUntilMs(Date.now() + (retryAfterMsOf(error) ?? 60_000));
    return error;
  };
  const notice = arrival.ended ? t("signIn.ended") : null;
  return (
    <SignInFrame notice={notice}>
      <Lock untilMs={lockedUntilMs} onOver={() => setLockedUntilMs(null)} />
      {given ? (
        <CodeStep
          isLocked={lockedUntilMs !== null}
          onCode={(code) => attempt({ ...given, code })}
          onBack={() => setGiven(null)}
        />
      ) : (
        <PasswordStep isLocked={lockedUntilMs !== null} onSubmit={attempt} />
      )}
    </SignInFrame>
  );
}

/** Says how long the account is locked, counting down each second. */
function Lock({ untilMs, onOver }: { untilMs: number | null; onOver: () => void }): ReactNode {
  const { t } = useTranslation();
  const [leftMs, setLeftMs] = useState(0);
  useEffect(() => {
    if (untilMs === null) return;
    const tick = () => {
      setLeftMs(untilMs - Date.now());
      if (untilMs <= Date.now()) onOver();
    };
    tick();
    const timer = setInterval(tick, 1_000);
    return () => clearInterval(timer);
  }, [untilMs, onOver]);
  if (untilMs === null) return null;
  const time = new Intl.DateTimeFormat(undefined, {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).format(untilMs);
  return (
    <p className="sign-in-lock" role="alert">
      {t("signIn.lockedUntil", { span: clockSpan(leftMs), time })}
    </p>
  );
}
