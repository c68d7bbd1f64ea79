// Password, and the second factor: QR for the authenticator, confirmation by a code, recovery codes shown once.
import { App, Button, Input } from "antd";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes, saveBlob } from "../../api.ts";
import { setMe, useMe } from "../../live/session.ts";
import { CopyField, useCopy } from "../CopyField.tsx";
import { errorText } from "../error-text.ts";
import { Icon } from "../Icon.tsx";

/** Runs a call with a busy flag; shows the error in words and answers undefined when it failed. */
function useRun() {
  const { t } = useTranslation();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const run = async <T,>(act: () => Promise<T>): Promise<T | undefined> => {
    setBusy(true);
    setProblem(null);
    try {
      return await act();
    } catch (error) {
      setProblem(errorText(error, t));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, isBusy, problem };
}

function Problem({ text }: { text: string | null }) {
  return text ? (
    <p className="problem" role="alert">
      {text}
    </p>
  ) : null;
}

export function Security() {
  return (
    <>
      <PasswordForm />
      <hr className="menu-line" />
      <TwoStep />
    </>
  );
}

function PasswordForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const id = useId();
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const { run, isBusy, problem } = useRun();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const me = await run(() => call(routes.updateMe, { body: { password: { current, next } } }));
    if (!me) return;
    setMe(me);
    setCurrent("");
    setNext("");
    void message.success(t("me.passwordChanged"));
  };
  return (
    <form className="form-stack" onSubmit={(event) => void save(event)}>
      <label htmlFor={id}>{t("me.passwordCurrent")}</label>
      <Input.Password
        id={id}
        value={current}
        autoComplete="current-password"
        onChange={(event) => setCurrent(event.target.value)}
      />
      <label htmlFor={`${id}-next`}>{t("me.passwordNext")}</label>
      <Input.Password
        id={`${id}-next`}
        value={next}
        autoComplete="new-password"
        aria-describedby={`${id}-hint`}
        onChange={(event) => setNext(event.target.value)}
      />
      <p id={`${id}-hint`} className="soft">
        {t("me.passwordHint")}
      </p>
      <Problem text={problem} />
      <Button htmlType="submit" disabled={current === "" || [...next].length < 10} loading={isBusy}>
        {t("me.changePassword")}
      </Button>
    </form>
  );
}

type Setup = { uri: string; qr: string };

function TwoStep() {
  const { t } = useTranslation();
  const me = useMe();
  const [setup, setSetup] = useState<Setup | null>(null);
  const [codes, setCodes] = useState<string[] | null>(null);
  const { run, isBusy, problem } = useRun();
  const hasTotp = me.user.hasTotp;
  const setHas = (has: boolean) => setMe({ ...me, user: { ...me.user, hasTotp: has } });
  const start = async () => {
    const reply = await run(() => call(routes.startTotp));
    if (reply) setSetup(reply);
  };
  if (codes)
    return (
      <RecoveryCodes
        codes={codes}
        onDone={() => {
          setCodes(null);
          setHas(true);
        }}
      />
    );
  if (hasTotp) return <RemoveTwoStep onRemoved={() => setHas(false)} />;
  if (setup)
    return (
      <ConfirmTwoStep
        setup={setup}
        onConfirmed={(list) => {
          setSetup(null);
          setCodes(list);
        }}
      />
    );
  return (
    <div className="form-stack">
      <h3>{t("me.totpOff")}</h3>
      <p className="soft">{t("me.totpWhy")}</p>
      <Problem text={problem} />
      <Button type="primary" loading={isBusy} onClick={() => void start()}>
        {t("me.totpStart")}
      </Button>
    </div>
  );
}

function ConfirmTwoStep({ setup, onConfirmed }: { setup: Setup; onConfirmed: (codes: string[]) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [code, setCode] = useState("");
  const { run, isBusy, problem } = useRun();
  const secret = new URL(setup.uri).searchParams.get("secret") ?? setup.uri;
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    const reply = await run(() => call(routes.confirmTotp, { body: { code } }));
    if (reply) onConfirmed(reply.recoveryCodes);
  };
  return (
    <form className="form-stack" onSubmit={(event) => void confirm(event)}>
      <p>{t("me.totpScan")}</p>
      <img className="totp-qr" src={setup.qr} alt={t("me.totpScan")} width={192} height={192} />
      <p className="soft">{t("me.totpManual")}</p>
      <CopyField value={secret} label={t("me.totpManual")} />
      <label htmlFor={id}>{t("me.totpCode")}</label>
      <Input
        id={id}
        value={code}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        onChange={(event) => setCode(event.target.value.replace(/\D/g, ""))}
      />
      <Problem text={problem} />
      <Button type="primary" htmlType="submit" disabled={code.length !== 6} loading={isBusy}>
        {t("me.totpConfirm")}
      </Button>
    </form>
  );
}

function RecoveryCodes({ codes, onDone }: { codes: readonly string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const copy = useCopy();
  const text = codes.join("\n");
  return (
    <div className="form-stack" role="status">
      <h3>{t("me.recoveryTitle")}</h3>
      <p className="soft">{t("me.recoveryText")}</p>
      <ul className="recovery-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className="form-row">
        <Button icon={<Icon name="copy" size={16} />} onClick={() => void copy(text)}>
          {t("common.copy")}
        </Button>
        <Button
          icon={<Icon name="download" size={16} />}
          onClick={() =>
            saveBlob(new Blob([`${text}\n`], { type: "text/plain" }), "yingda-recovery-codes.txt")
          }
        >
          {t("common.download")}
        </Button>
        <Button type="primary" onClick={onDone}>
          {t("me.recoverySaved")}
        </Button>
      </div>
    </div>
  );
}

function RemoveTwoStep({ onRemoved }: { onRemoved: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const [password, setPassword] = useState("");
  const { run, isBusy, problem } = useRun();
  const remove = async (event: FormEvent) => {
    event.preventDefault();
    const isDone = await run(async () => {
      await call(routes.removeTotp, { body: { password } });
      return true;
    });
    if (isDone) onRemoved();
  };
  return (
    <form className="form-stack" onSubmit={(event) => void remove(event)}>
      <h3>{t("me.totpOn")}</h3>
      <label htmlFor={id}>{t("me.totpRemoveHint")}</label>
      <Input.Password
        id={id}
        value={password}
        autoComplete="current-password"
        onChange={(event) => setPassword(event.target.value)}
      />
      <Problem text={problem} />
      <Button danger htmlType="submit" disabled={password === ""} loading={isBusy}>
        {t("me.totpRemove")}
      </Button>
    </form>
  );
}
