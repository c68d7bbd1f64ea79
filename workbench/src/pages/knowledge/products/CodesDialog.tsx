// The codes printed on a product: one for each batch, made, looked at, saved as pictures, printed, taken back.
import { useQuery } from "@tanstack/react-query";
import type { DrawnCode, Inbox, ProductCode, ProductSummary } from "@yingda/contract";
import { Alert, Button, Checkbox, Drawer, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, download, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { BlockSkeleton, ErrorState } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { PrintCodes, type Sheet } from "./PrintCodes.tsx";
import { refreshProducts } from "./ProductList.tsx";

type DialogProps = { product: ProductSummary; canWrite: boolean; onClose: () => void };

export function CodesDialog({ product, canWrite, onClose }: DialogProps) {
  const { t } = useTranslation();
  const inboxes = useQuery({ queryKey: queryKeys.inboxes, queryFn: () => call(routes.listInboxes) });
  const web = (inboxes.data ?? []).filter(({ channel, isOn }) => channel === "web" && isOn);
  return (
    <Drawer open title={t("knowledge.products.codesOf", { name: product.name })} size={640} onClose={onClose}>
      {inboxes.isPending ? (
        <BlockSkeleton />
      ) : inboxes.error ? (
        <ErrorState error={inboxes.error} onRetry={inboxes.refetch} />
      ) : web.length === 0 ? (
        <Alert type="warning" showIcon title={t("knowledge.products.noInbox")} />
      ) : (
        <Codes product={product} canWrite={canWrite} inboxes={web} />
      )}
    </Drawer>
  );
}

function codesKey({ id }: ProductSummary) {
  return [...queryKeys.products, id, "codes"];
}

function Codes({
  product,
  canWrite,
  inboxes,
}: {
  product: ProductSummary;
  canWrite: boolean;
  inboxes: Inbox[];
}) {
  const { t } = useTranslation();
  const [inboxKey, setInboxKey] = useState(inboxes[0]?.publicKey ?? "");
  const codes = useQuery({
    queryKey: codesKey(product),
    queryFn: ({ signal }) => call(routes.listProductCodes, { params: { id: product.id }, signal }),
  });
  return (
    <div className="stack">
      <p className="soft">{t("knowledge.products.codesText")}</p>
      {isLocal() ? <Alert type="warning" showIcon title={t("setup.localNone")} /> : null}
      {inboxes.length > 1 ? (
        <Field label={t("knowledge.products.inbox")}>
          {(control) => (
            <Select
              {...control}
              value={inboxKey}
              options={inboxes.map(({ publicKey, name }) => ({ value: publicKey, label: name }))}
              onChange={setInboxKey}
            />
          )}
        </Field>
      ) : null}
      {canWrite ? <MakeCodes product={product} /> : null}
      {codes.isPending ? (
        <BlockSkeleton />
      ) : codes.error ? (
        <ErrorState error={codes.error} onRetry={codes.refetch} />
      ) : codes.data.length === 0 ? (
        <p className="soft">{t("knowledge.products.noCodes")}</p>
      ) : (
        <CodeList product={product} codes={codes.data} inboxKey={inboxKey} canWrite={canWrite} />
      )}
    </div>
  );
}

/** A phone cannot open what only this machine can. */
function isLocal(): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(location.hostname);
}

function MakeCodes({ product }: { product: ProductSummary }) {
  const { t } = useTranslation();
  const act = useAct();
  const [typed, setTyped] = useState("");
  const lines = typed
    .split("\n")
    .map((line) => line.trim().slice(0, 40))
    .filter(Boolean);
  const batches = lines.length === 0 ? [""] : [...new Set(lines)];
  const make = () =>
    act.run(async () => {
      await call(routes.makeProductCodes, { params: { id: product.id }, body: { batches } });
      setTyped("");
      await queryClient.invalidateQueries({ queryKey: codesKey(product) });
      await refreshProducts();
    });
  return (
    <>
      <Field label={t("knowledge.products.batches")} hint={t("knowledge.products.batchesHint")}>
        {(control) => (
          <Input.TextArea
            {...control}
            rows={2}
            placeholder={"2026-10\n2026-11"}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        )}
      </Field>
      <div className="row-line">
        <Button
          type="primary"
          loading={act.isBusy}
          disabled={batches.length > 200}
          onClick={() => void make()}
        >
          {t("knowledge.products.makeCodes")}
        </Button>
      </div>
    </>
  );
}

type CodeListProps = { product: ProductSummary; codes: ProductCode[]; inboxKey: string; canWrite: boolean };

function CodeList({ product, codes, inboxKey, canWrite }: CodeListProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [printed, setPrinted] = useState<{ sheet: Sheet; codes: DrawnCode[] } | null>(null);
  const shown = codes.slice(0, 200);
  const drawn = useQuery({
    queryKey: [...codesKey(product), "drawn", inboxKey, shown.map(({ code }) => code).join(",")],
    queryFn: ({ signal }) =>
      call(routes.showProductCodes, {
        query: { codes: shown.map(({ code }) => code).join(","), inbox: inboxKey },
        signal,
      }),
  });
  const chosen = shown.filter(({ code }) => !left.has(code));
  const list = chosen.map(({ code }) => code).join(",");
  const save = (format: "png" | "svg") =>
    void act.run(() =>
      download(routes.packProductCodes, "codes.zip", { query: { codes: list, format, inbox: inboxKey } }),
    );
  const print = (sheet: Sheet) =>
    setPrinted({ sheet, codes: (drawn.data ?? []).filter(({ code }) => !left.has(code)) });
  const isNone = chosen.length === 0;
  return (
    <>
      <div className="row-line">
        <Checkbox
          checked={chosen.length === shown.length}
          indeterminate={!isNone && chosen.length < shown.length}
          onChange={(event) => setLeft(new Set(event.target.checked ? [] : shown.map(({ code }) => code)))}
        >
          {t("knowledge.products.all")} ({t("knowledge.products.chosen", { count: chosen.length })})
        </Checkbox>
      </div>
      <div className="row-line">
        <Button disabled={isNone || !drawn.data} onClick={() => print("a6")}>
          {t("knowledge.products.printCards")}
        </Button>
        <Button disabled={isNone || !drawn.data} onClick={() => print("a4")}>
          {t("knowledge.products.printLabels")}
        </Button>
        <Button disabled={isNone} loading={act.isBusy} onClick={() => save("png")}>
          {t("knowledge.products.zipPng")}
        </Button>
        <Button disabled={isNone} loading={act.isBusy} onClick={() => save("svg")}>
          {t("knowledge.products.zipSvg")}
        </Button>
      </div>
      {drawn.error ? <ErrorState error={drawn.error} onRetry={drawn.refetch} /> : null}
      <ul className="plain-list">
        {shown.map((code) => (
          <CodeLine
            key={code.code}
            code={code}
            drawn={drawn.data?.find((one) => one.code === code.code) ?? null}
            inboxKey={inboxKey}
            isChosen={!left.has(code.code)}
            canWrite={canWrite}
            onChoose={(isChosen) => {
              const next = new Set(left);
              if (isChosen) next.delete(code.code);
              else next.add(code.code);
              setLeft(next);
            }}
            onRemoved={() => queryClient.invalidateQueries({ queryKey: codesKey(product) })}
          />
        ))}
      </ul>
      {printed ? (
        <PrintCodes sheet={printed.sheet} codes={printed.codes} onDone={() => setPrinted(null)} />
      ) : null}
    </>
  );
}

type CodeLineProps = {
  code: ProductCode;
  drawn: DrawnCode | null;
  inboxKey: string;
  isChosen: boolean;
  canWrite: boolean;
  onChoose: (isChosen: boolean) => void;
  onRemoved: () => Promise<unknown>;
};

function CodeLine({ code, drawn, inboxKey, isChosen, canWrite, onChoose, onRemoved }: CodeLineProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [isAsking, setAsking] = useState(false);
  const batch = code.batch || t("knowledge.products.noBatch");
  const save = (format: "png" | "svg") =>
    void act.run(() =>
      download(routes.drawProductCode, `${drawn?.product ?? ""} ${code.batch}.${format}`, {
        params: { code: code.code },
        query: { format, inbox: inboxKey },
      }),
    );
  const remove = () =>
    act.run(async () => {
      await call(routes.removeProductCode, { params: { code: code.code } });
      setAsking(false);
      await Promise.all([onRemoved(), refreshProducts()]);
    });
  return (
    <li className="step-line">
      <Checkbox checked={isChosen} aria-label={batch} onChange={(event) => onChoose(event.target.checked)} />
      <span className="product-qr">{drawn ? <img src={svgAddress(drawn.svg)} alt="" /> : null}</span>
      <div>
        <strong>{batch}</strong>
        <div className="soft clip-line">{drawn?.url}</div>
        <div className="row-line">
          {drawn ? (
            <a href={drawn.url} target="_blank" rel="noopener noreferrer">
              {t("knowledge.products.preview")}
            </a>
          ) : null}
          <Button
            size="small"
            type="link"
            aria-label={`${t("knowledge.products.png")} ${batch}`}
            onClick={() => save("png")}
          >
            {t("knowledge.products.png")}
          </Button>
          <Button
            size="small"
            type="link"
            aria-label={`${t("knowledge.products.svg")} ${batch}`}
            onClick={() => save("svg")}
          >
            {t("knowledge.products.svg")}
          </Button>
        </div>
      </div>
      {canWrite ? (
        <Button
          type="text"
          icon={<Icon name="trash" size={16} />}
          aria-label={t("knowledge.products.removeCode", { batch })}
          onClick={() => setAsking(true)}
        />
      ) : null}
      <Modal
        open={isAsking}
        title={t("knowledge.products.removeCode", { batch })}
        okText={t("knowledge.products.removeCodeDo")}
        okButtonProps={{ danger: true, loading: act.isBusy }}
        cancelText={t("common.cancel")}
        onCancel={() => setAsking(false)}
        onOk={() => void remove()}
      >
        {t("knowledge.products.removeCodeText")}
      </Modal>
    </li>
  );
}

export function svgAddress(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
