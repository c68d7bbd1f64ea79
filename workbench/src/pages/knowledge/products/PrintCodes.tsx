// Codes on paper: A6 cards, or eight labels on an A4 sheet. Drawn beside the app, shown on paper only; the browser prints it or
// saves it as PDF.
import type { DrawnCode } from "@yingda/contract";
import { useEffect } from "react";
import { createPortal } from "react-dom";
import { useMe } from "../../../live/session.ts";

export type Sheet = "a6" | "a4";
/** Codes on one sheet of paper. */
const perSheet: Record<Sheet, number> = { a6: 1, a4: 8 };
type PrintProps = { sheet: Sheet; codes: readonly DrawnCode[]; onDone: () => void };

export function PrintCodes({ sheet, codes, onDone }: PrintProps) {
  const { tenant } = useMe();
  useEffect(() => {
    addEventListener("afterprint", onDone, { once: true });
    // the pictures are in the page: they are decoded before the print dialogue takes its copy
    const images = [...document.querySelectorAll<HTMLImageElement>(".print-codes img")];
    void Promise.allSettled(images.map((image) => image.decode())).then(() => print());
    return () => removeEventListener("afterprint", onDone);
  }, [onDone]);
  const sheets = Array.from({ length: Math.ceil(codes.length / perSheet[sheet]) }, (_, at) =>
    codes.slice(at * perSheet[sheet], (at + 1) * perSheet[sheet]),
  );
  return createPortal(
    <div className={`print-codes print-${sheet}`} aria-hidden="true">
      {sheets.map((shown) => (
        <div className="print-paper" key={shown[0]?.code}>
          {shown.map((one) => (
            <Code key={one.code} shop={tenant.name} {...one} />
          ))}
        </div>
      ))}
    </div>,
    document.body,
  );
}

/** Names above the picture, what to do with it below; on a label both stand beside it. */
function Code({ shop, code, batch, product, productEn, svg, scan }: DrawnCode & { shop: string }) {
  return (
    <div className="print-code">
      <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} alt="" />
      <div className="print-words">
        <p className="print-shop">{shop}</p>
        <p className="print-product">{product}</p>
        {productEn === "" ? null : <p className="print-english">{productEn}</p>}
      </div>
      <div className="print-words">
        <p className="print-line">{scan.zh}</p>
        <p className="print-english">{scan.en}</p>
        <p className="print-batch">{[batch, code].filter(Boolean).join(" · ")}</p>
      </div>
    </div>
  );
}
