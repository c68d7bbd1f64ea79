// Products from a sheet in two steps: look at what would happen, with row numbers for what is wrong, then do it.
import type { ProductImport } from "@yingda/contract";
import { Button, Modal, Progress } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { routes, upload } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { refreshProducts } from "./ProductList.tsx";

const mostShown = 50;

export function ProductImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ProductImport | null>(null);
  const [isDone, setDone] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const send = async (chosen: File, dryRun: boolean) => {
    setShare(0);
    setProblem(null);
    try {
      const query = { dryRun: dryRun ? "1" : "0" };
      setReport(await upload(routes.importProducts, chosen, { query }, { onProgress: setShare }));
      if (!dryRun) {
        setDone(true);
        await refreshProducts();
      }
    } catch (error) {
      setReport(null);
      setProblem(errorText(error, t));
    } finally {
      setShare(null);
    }
  };

  return (
    <Modal
      open
      title={t("knowledge.products.importTitle")}
      onCancel={onClose}
      cancelText={t("common.close")}
      okText={t("knowledge.importDo")}
      okButtonProps={{
        disabled: !file || !report || isDone || report.added + report.changed === 0,
        loading: share !== null,
      }}
      onOk={() => file && void send(file, false)}
    >
      <p>{t("knowledge.products.importText")}</p>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          const chosen = event.target.files?.[0] ?? null;
          event.target.value = "";
          setFile(chosen);
          setDone(false);
          setReport(null);
          if (chosen) void send(chosen, true);
        }}
      />
      <div className="row-line">
        <Button onClick={() => picker.current?.click()}>{t("knowledge.importPick")}</Button>
        <span>{file?.name}</span>
      </div>
      {share === null ? null : <Progress percent={Math.round(share * 100)} />}
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      {report ? <ImportReport report={report} isDone={isDone} /> : null}
    </Modal>
  );
}

function ImportReport({ report, isDone }: { report: ProductImport; isDone: boolean }) {
  const { t } = useTranslation();
  const { problems, added, changed, faults } = report;
  return (
    <div role="status" style={{ marginBlockStart: 12 }}>
      {isDone ? <strong>{t("knowledge.products.importDone")} </strong> : null}
      {t("knowledge.products.importReport", { added, changed, faults })}
      {problems.length > 0 ? (
        <>
          <p className="problem">{t("knowledge.products.importProblems", { count: problems.length })}</p>
          <ul>
            {problems.slice(0, mostShown).map(({ row, code, text }) => (
              <li key={`${String(row)}-${code}-${text}`}>
                {t("knowledge.products.importRow", { row })}: {t(`knowledge.products.problem.${code}`)}
                {text === "" ? "" : ` “${text}”`}
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
