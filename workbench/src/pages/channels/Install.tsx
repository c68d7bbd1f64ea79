// How customers get in: the script line, the page link, QR codes (with parameters), and whether a website carries the line.
import { useQuery } from "@tanstack/react-query";
import type { Inbox } from "@yingda/contract";
import { Alert, Button, Input, QRCode } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes, saveBlob } from "../../api.ts";
import { CopyField } from "../../components/CopyField.tsx";
import { Field } from "../../components/Field.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";

export function Install({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const links = useQuery({
    queryKey: ["links", inbox.id],
    queryFn: () => call(routes.links, { params: { id: inbox.id } }),
  });
  if (links.isPending) return <BlockSkeleton />;
  if (links.error) return <ErrorState error={links.error} onRetry={links.refetch} />;
  const { script, page, lanPage, isLocalOnly } = links.data;
  return (
    <>
      {isLocalOnly ? (
        <Alert
          type="warning"
          showIcon
          style={{ marginBlockEnd: 16 }}
          title={lanPage ? `${t("setup.localOnly")} ${lanPage}` : t("setup.localNone")}
        />
      ) : null}
      <h3>{t("channelsPage.script")}</h3>
      <p className="soft">{t("channelsPage.scriptHint")}</p>
      <CopyField value={script} label={t("channelsPage.script")} isLong />
      <CheckSite inbox={inbox} />
      <h3>{t("channelsPage.pageLink")}</h3>
      <CopyField value={page} label={t("channelsPage.pageLink")} />
      <QrCodes page={lanPage ?? page} name={inbox.name} />
    </>
  );
}

/** The server's code in the words we have: http errors and time-outs are all "could not be opened". */
function verdictOf(code: string): "missing" | "other" | "private" | "unreachable" {
  if (code === "script-missing") return "missing";
  if (code === "other-key") return "other";
  return code === "address-refused" ? "private" : "unreachable";
}

function CheckSite({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const act = useAct();
  const [url, setUrl] = useState("");
  const [found, setFound] = useState<"found" | ReturnType<typeof verdictOf> | null>(null);
  const check = () =>
    act.run(async () => {
      const address = /^https?:\/\//i.test(url.trim()) ? url.trim() : `https://${url.trim()}`;
      const verdict = await call(routes.checkWebsite, { params: { id: inbox.id }, body: { url: address } });
      setFound(verdict.found ? "found" : verdictOf(verdict.code));
    });
  const words = {
    found: t("channelsPage.checkFound"),
    missing: t("channelsPage.checkMissing"),
    other: t("channelsPage.checkOther"),
    private: t("channelsPage.checkPrivate"),
    unreachable: t("channelsPage.checkUnreachable"),
  };
  return (
    <Field label={t("channelsPage.check")} hint={found ? undefined : t("channelsPage.checkHint")}>
      {(control) => (
        <>
          <div className="row-line">
            <Input
              {...control}
              inputMode="url"
              placeholder="https://shop.example"
              style={{ flex: 1, minInlineSize: 180 }}
              value={url}
              onChange={(event) => setUrl(event.target.value)}
            />
            <Button loading={act.isBusy} disabled={!url.trim()} onClick={() => void check()}>
              {t("channelsPage.check")}
            </Button>
          </div>
          {found ? (
            <Alert
              role="status"
              type={found === "found" ? "success" : "warning"}
              showIcon
              title={words[found]}
            />
          ) : null}
        </>
      )}
    </Field>
  );
}

function QrCodes({ page, name }: { page: string; name: string }) {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const [parameter, setParameter] = useState("");
  const [value, setValue] = useState("");
  const query = parameter.trim() ? `?${new URLSearchParams({ [parameter.trim()]: value.trim() })}` : "";
  const address = `${page}${query}`;
  const fileName = `${name}${value ? `-${value}` : ""}`;
  const svgText = () => {
    const svg = box.current?.querySelector("svg")?.cloneNode(true) as SVGElement | undefined;
    svg?.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    return svg?.outerHTML ?? "";
  };
  const saveSvg = () => saveBlob(new Blob([svgText()], { type: "image/svg+xml" }), `${fileName}.svg`);
  const savePng = async () => {
    const side = 1_024; // sharp on an A6 sheet
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText())}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = side;
    canvas.height = side;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.fillStyle = "#fff";
    context.fillRect(0, 0, side, side);
    context.drawImage(image, 40, 40, side - 80, side - 80);
    canvas.toBlob((blob) => blob && saveBlob(blob, `${fileName}.png`), "image/png");
  };
  return (
    <>
      <h3>{t("channelsPage.qr")}</h3>
      <div className="row-line" style={{ alignItems: "flex-start", gap: 20 }}>
        <div className="print-sheet">
          <div ref={box} className="qr-box">
            <QRCode
              type="svg"
              value={address}
              size={176}
              bordered={false}
              color="#000"
              bgColor="#fff"
              aria-label={t("channelsPage.qr")}
            />
          </div>
          <p className="print-only">{name}</p>
        </div>
        <div style={{ flex: 1, minInlineSize: 220 }}>
          <Field label={t("channelsPage.qrParams")} hint={t("channelsPage.qrParamsHint")}>
            {(control) => (
              <div className="row-line">
                <Input
                  {...control}
                  aria-label={t("channelsPage.paramName")}
                  placeholder="product"
                  maxLength={50}
                  style={{ inlineSize: 120 }}
                  value={parameter}
                  onChange={(event) => setParameter(event.target.value)}
                />
                <Input
                  aria-label={t("channelsPage.paramValue")}
                  maxLength={200}
                  style={{ flex: 1, minInlineSize: 120 }}
                  value={value}
                  onChange={(event) => setValue(event.target.value)}
                />
              </div>
            )}
          </Field>
          <div className="row-line">
            <Button onClick={() => void savePng()}>{t("channelsPage.qrPng")}</Button>
            <Button onClick={saveSvg}>{t("channelsPage.qrSvg")}</Button>
            <Button onClick={() => window.print()}>{t("channelsPage.qrPrint")}</Button>
          </div>
        </div>
      </div>
    </>
  );
}
