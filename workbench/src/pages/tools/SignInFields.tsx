// How one signs in to a system: the kind, what it needs, and its secrets, which are never shown again.
import { useTranslation } from "react-i18next";
import { Choose, Secret, TextLine } from "./inputs.tsx";
import { type SignInForm, secretsOf, signIns } from "./sign-in.ts";

type Props = {
  form: SignInForm;
  /** Names of the secrets that are kept; none for a new system. */
  kept?: readonly string[];
  /** The address is another one: what is kept is not sent there. */
  isAnew?: boolean;
  onChange: (form: SignInForm) => void;
};

export function SignInFields({ form, kept = [], isAnew = false, onChange }: Props) {
  const { t } = useTranslation();
  const { signIn } = form;
  const set = (change: Partial<SignInForm>) => onChange({ ...form, ...change });
  const offered = signIns.filter((each) => each !== "app-token" || signIn === "app-token");
  const hasName = signIn === "header" || signIn === "query" || signIn === "basic" || signIn === "oauth2";
  return (
    <>
      <Choose
        label={t("tools.form.signIn")}
        value={signIn}
        values={offered}
        nameOf={(each) => t(`tools.signIn.${each}`)}
        onChange={(next) => set({ signIn: next, secrets: {} })}
      />
      {hasName ? (
        <TextLine
          label={t("tools.form.signName")}
          value={form.signName}
          onChange={(signName) => set({ signName })}
        />
      ) : null}
      {signIn === "oauth2" || signIn === "app-token" ? (
        <TextLine
          label={t("tools.form.tokenUrl")}
          value={form.tokenUrl}
          onChange={(tokenUrl) => set({ tokenUrl })}
        />
      ) : null}
      {signIn === "oauth2" ? (
        <>
          <TextLine
            label={t("tools.form.scopes")}
            hint={t("tools.form.scopesHint")}
            value={form.scopes}
            onChange={(scopes) => set({ scopes })}
          />
          <Choose
            label={t("tools.form.clientIn")}
            value={form.clientIn}
            values={["basic", "body"]}
            nameOf={(each) => t(`tools.clientIn.${each}`)}
            onChange={(clientIn) => set({ clientIn })}
          />
        </>
      ) : null}
      {secretsOf(signIn, kept).map((name) => (
        <Secret
          key={name}
          label={signIn === "app-token" ? `${t("tools.form.secret")} ${name}` : t("tools.form.secret")}
          hint={t(
            isAnew
              ? "tools.form.secretAnew"
              : kept.includes(name)
                ? "tools.form.secretKept"
                : "tools.form.secretHint",
          )}
          value={form.secrets[name] ?? ""}
          onChange={(value) => set({ secrets: { ...form.secrets, [name]: value } })}
        />
      ))}
    </>
  );
}
