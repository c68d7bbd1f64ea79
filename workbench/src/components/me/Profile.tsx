// Name (which customers see) and e-mail.
import { App, Button, Input } from "antd";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { setMe, useMe } from "../../live/session.ts";
import { errorText } from "../error-text.ts";

export function Profile() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const me = useMe();
  const id = useId();
  const [name, setName] = useState(me.user.name);
  const [email, setEmail] = useState(me.user.email ?? "");
  const [isBusy, setBusy] = useState(false);
  const isChanged = name.trim() !== me.user.name || email.trim() !== (me.user.email ?? "");
  const save = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      setMe(
        await call(routes.updateMe, {
          body: { name: name.trim(), email: email.trim() === "" ? null : email.trim() },
        }),
      );
      void message.success(t("common.saved"));
    } catch (error) {
      void message.error(errorText(error, t));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="form-stack" onSubmit={(event) => void save(event)}>
      <label htmlFor={id}>{t("me.name")}</label>
      <Input
        id={id}
        value={name}
        maxLength={60}
        autoComplete="name"
        onChange={(event) => setName(event.target.value)}
        aria-describedby={`${id}-hint`}
      />
      <p id={`${id}-hint`} className="soft">
        {t("me.nameHint")}
      </p>
      <label htmlFor={`${id}-email`}>{t("me.email")}</label>
      <Input
        id={`${id}-email`}
        type="email"
        value={email}
        maxLength={200}
        autoComplete="email"
        onChange={(event) => setEmail(event.target.value)}
      />
      <Button type="primary" htmlType="submit" disabled={!isChanged || name.trim() === ""} loading={isBusy}>
        {t("common.save")}
      </Button>
    </form>
  );
}
