// Accepting an invitation: the token is in the link's fragment and leaves the address once read.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { errorText } from "../../components/error-text.ts";
import { Field } from "../../components/Field.tsx";
import { fragmentToken } from "../../components/fragment-token.ts";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { WordMark } from "../../components/WordMark.tsx";
import { setMe } from "../../live/session.ts";
import { LanguageSwitch } from "../setup/LanguageSwitch.tsx";

export default function InvitationPage() {
  const [token] = useState(fragmentToken);
  const invitation = useQuery({
    queryKey: ["invitation"],
    queryFn: () => call(routes.readInvitation, { body: { token } }),
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <div className="setup">
      <header className="setup-head">
        <WordMark />
        <LanguageSwitch />
      </header>
      <main className="setup-body">
        {invitation.isPending ? (
          <BlockSkeleton />
        ) : invitation.error ? (
          <ErrorState error={invitation.error} />
        ) : (
          <Acceptance token={token} {...invitation.data} />
        )}
      </main>
    </div>
  );
}

function Acceptance({
  token,
  shopName,
  role,
  name: givenName,
}: {
  token: string;
  shopName: string;
  role: "owner" | "admin" | "supervisor" | "agent" | "viewer";
  name: string;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [name, setName] = useState(givenName);
  const [account, setAccount] = useState("");
  const [password, setPassword] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setProblem(null);
    try {
      setMe(await call(routes.acceptInvitation, { body: { token, account, password, name: name.trim() } }));
      await navigate({ to: "/inbox" });
    } catch (error) {
      setProblem(errorText(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="setup-narrow" onSubmit={(event) => void submit(event)}>
      <h1>{t("invitation.title", { shop: shopName })}</h1>
      <p className="soft">{t("invitation.lead", { role: t(`roles.${role}`) })}</p>
      <Field label={t("invitation.name")}>
        {(control) => (
          <Input
            {...control}
            size="large"
            maxLength={60}
            autoComplete="name"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("invitation.account")}>
        {(control) => (
          <Input
            {...control}
            size="large"
            name="username"
            autoComplete="username"
            autoCapitalize="none"
            spellCheck={false}
            value={account}
            onChange={(event) => setAccount(event.target.value)}
          />
        )}
      </Field>
      <Field label={t("invitation.password")}>
        {(control) => (
          <Input.Password
            {...control}
            size="large"
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
        disabled={!name.trim() || account.trim().length < 2 || password.length < 10}
      >
        {t("invitation.join")}
      </Button>
    </form>
  );
}
