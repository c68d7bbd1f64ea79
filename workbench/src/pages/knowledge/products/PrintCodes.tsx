// Codes on paper: A6 cards, or eight labels on an A4 sheet. Drawn beside the app, shown on paper only; the browser prints it or
// saves it as PDF.
import type { DrawnCode } from "@yingda/contract";
import { useEffect } from "react";
import { createPortal } from "react-dom";
import { useMe } from "../../../live/session.ts";

export type Sheet = "a6" | "a4";
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
  return createPortal(
    <div className={`print-codes print-${sheet}`} aria-hidden="true">
      {codes.map(({ code, batch, product, productEn, svg, scan }) => (
        <div className="print-code" key={code}>
          <p className="print-shop">{tenant.name}</p>
          <p className="print-product">{product}</p>
          {productEn === "" ? null : <p className="print-english">{productEn}</p>}
          <img src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`} alt="" />
          <p className="print-line">{scan.zh}</p>
          <p className="print-english">{scan.en}</p>
          <p className="print-batch">{[batch, code].filter(Boolean).join(" · ")}</p>
        </div>
      ))}
    </div>,
    document.body,
  );
}
