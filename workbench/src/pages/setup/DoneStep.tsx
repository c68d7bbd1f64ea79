// Step 4: the QR code and the script line, ready to use; says plainly when a phone could not reach the address.
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Alert, Button, QRCode } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { CopyField } from "../../components/CopyField.tsx";
import { useAct } from "../../components/use-act.ts";
import { setMe } from "../../live/session.ts";
import { Preview, useWebInbox } from "./Preview.tsx";
import { StepMark } from "./StepMark.tsx";
import { forgetStep, type StepProps } from "./steps.ts";

export function DoneStep({ now, onBack }: StepProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const inbox = useWebInbox();
  const act = useAct();
  const links = useQuery({
    queryKey: ["links", inbox?.id],
    enabled: inbox !== undefined,
    queryFn: () => call(routes.links, { params: { id: inbox?.id ?? "" } }),
  });
  useEffect(() => {
    void call(routes.updateTenant, { body: { isSetUp: true } }).then(setMe, () => {});
  }, []);
  const finish = async () => {
    const isDone = await act.run(async () =>
      setMe(await call(routes.updateTenant, { body: { isSetUp: true } })),
    );
    if (!isDone) return;
    forgetStep();
    await navigate({ to: "/launch" });
  };
  const page = links.data?.lanPage ?? links.data?.page;
  return (
    <>
      <section>
        <StepMark now={now} />
        <h1>{t("setup.doneTitle")}</h1>
        <p className="soft">{t("setup.doneLead")}</p>
        {links.data?.isLocalOnly ? (
          <Alert
            type="warning"
            showIcon
            style={{ marginBlockEnd: 16 }}
            title={
              links.data.lanPage ? `${t("setup.localOnly")} ${links.data.lanPage}` : t("setup.localNone")
            }
          />
        ) : null}
        <div className="setup-part">
          <h2>{t("setup.qr")}</h2>
          {page ? (
            <div className="row-line">
              <div className="qr-box">
                <QRCode
                  value={page}
                  size={168}
                  bordered={false}
                  color="#000"
                  bgColor="#fff"
                  aria-label={t("setup.qr")}
                />
              </div>
              <Button href={page} target="_blank">
                {t("setup.tryPage")}
              </Button>
            </div>
          ) : null}
        </div>
        <div className="setup-part">
          <h2>{t("setup.script")}</h2>
          <p className="soft">{t("setup.scriptHint")}</p>
          {links.data ? <CopyField value={links.data.script} label={t("setup.script")} isLong /> : null}
          {links.data ? (
            <Button
              type="link"
              href={`mailto:?subject=${encodeURIComponent(t("setup.sendSubject"))}&body=${encodeURIComponent(links.data.script)}`}
            >
              {t("setup.send")}
            </Button>
          ) : null}
        </div>
        <div className="setup-foot">
          <Button size="large" onClick={onBack}>
            {t("common.back")}
          </Button>
          <Button type="primary" size="large" loading={act.isBusy} onClick={() => void finish()}>
            {t("setup.open")}
          </Button>
        </div>
      </section>
      <Preview round={0} />
    </>
  );
}
