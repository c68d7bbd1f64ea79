// Import in two steps: look at what would happen, with row numbers for what is wrong, then do it.
import type { ImportReport } from "@yingda/contract";
import { Button, Modal, Progress } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { routes, upload } from "../../api.ts";
import { errorText } from "../../components/error-text.ts";
import { zhCN } from "../../i18n/zh-CN.ts";

type Code = keyof typeof zhCN.knowledge.importErrorCode;
const codes = zhCN.knowledge.importErrorCode;

export function ImportDialog({ onClose, onDone }: { onClose: () => void; onDone: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [report, setReport] = useState<ImportReport | null>(null);
  const [isDone, setDone] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const send = async (chosen: File, dryRun: boolean) => {
    setShare(0);
    setProblem(null);
    try {
      setReport(
        await upload(
          routes.importFaqs,
          chosen,
          { query: { dryRun: dryRun ? "1" : "0" } },
          { onProgress: setShare },
        ),
      );
      if (!dryRun) {
        setDone(true);
        await onDone();
      }
    } catch (error) {
      setReport(null);
      setProblem(errorText(error, t));
    } finally {
      setShare(null);
    }
  };
  const codeText = (code: string) =>
    t(`knowledge.importErrorCode.${(code in codes ? code : "other") as Code}`);

  return (
    <Modal
      open
      title={t("knowledge.importTitle")}
      onCancel={onClose}
      cancelText={t("common.close")}
      okText={t("knowledge.importDo")}
      okButtonProps={{
        disabled: !file || !report || isDone || report.added + report.changed === 0,
        loading: share !== null,
      }}
      onOk={() => file && void send(file, false)}
    >
      <p>{t("knowledge.importText")}</p>
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
      {report ? (
        <div role="status" style={{ marginBlockStart: 12 }}>
          {isDone ? <strong>{t("knowledge.importDone")} </strong> : null}
          {t("knowledge.importReport", report)}
          {report.errors.length > 0 ? (
            <>
              <p className="problem">{t("knowledge.importErrors", { count: report.errors.length })}</p>
              <ul>
                {report.errors.slice(0, 50).map((error) => (
                  <li key={`${String(error.row)}-${error.column ?? ""}`}>
                    {t("knowledge.importRow", { row: error.row })} {error.column ?? ""}:{" "}
                    {codeText(error.code)} {error.value ? `“${error.value}”` : ""}
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </div>
      ) : null}
    </Modal>
  );
}
