// The first owner, made with the one-time token of the link that the console printed.
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Alert, Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { errorText } from "../../components/error-text.ts";
import { Field } from "../../components/Field.tsx";
import { fragmentToken } from "../../components/fragment-token.ts";
import { currentLocale } from "../../i18n/index.ts";
import { queryKeys } from "../../live/queries.ts";
import { setMe } from "../../live/session.ts";

export function OwnerStep({ hasOwner }: { hasOwner: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [token, setToken] = useState(fragmentToken);
  const [hadToken] = useState(token !== "");
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);

  if (hasOwner)
    return (
      <section className="setup-narrow">
        <h1>{t("setup.title")}</h1>
        <p>{t("errors.setup/already-done")}</p>
        <Link to="/sign-in">{t("setup.have")}</Link>
      </section>
    );

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      const locale = currentLocale().code === "en" ? "en" : "zh-CN";
      const me = await call(routes.createOwner, {
        body: { token: token.trim(), account, password, locale, name: t("roles.owner") },
      });
      queries.setQueryData(queryKeys.setupState, { hasOwner: true, version: "" });
      setMe(me);
    } catch (error) {
      setProblem(errorText(error, t));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="setup-narrow" onSubmit={(event) => void submit(event)}>
      <h1>{t("setup.ownerTitle")}</h1>
      <p className="soft">{t("setup.ownerLead")}</p>
      {hadToken ? null : (
        <>
          <Alert type="info" showIcon title={t("setup.noToken")} style={{ marginBlockEnd: 16 }} />
          <Field label={t("setup.tokenHint")}>
            {(control) => (
              <Input
                {...control}
                size="large"
                autoComplete="off"
                value={token}
                onChange={(event) => setToken(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
      <Field label={t("setup.account")}>
        {(control) => (
          <Input
            {...control}
            size="large"
            required
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            autoFocus={hadToken}
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("setup.password")}>
        {(control) => (
          <Input.Password
            {...control}
            size="large"
            required
            name="new-password"
            autoComplete="new-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <Button
        type="primary"
        size="large"
        block
        htmlType="submit"
        loading={isBusy}
        disabled={!token.trim() || account.trim().length < 2 || password.length < 10}
      >
        {t("setup.create")}
      </Button>
    </form>
  );
}
