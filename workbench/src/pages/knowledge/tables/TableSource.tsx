// Where a table's rows come from: a file, or cells copied out of a spreadsheet. Only reads; nothing is kept yet.
import type { TableImport } from "@yingda/contract";
import { Button, Input, Progress } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { routes, upload } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { Icon } from "../../../components/Icon.tsx";

export function TableSource({ onRead }: { onRead: (read: TableImport) => void }) {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [pasted, setPasted] = useState("");
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  const read = async (file: File, name = "") => {
    setShare(0);
    setProblem(null);
    try {
      onRead(
        await upload(routes.importTable, file, { query: { name, dryRun: "1" } }, { onProgress: setShare }),
      );
    } catch (error) {
      setProblem(errorText(error, t));
    } finally {
      setShare(null);
    }
  };
  const readPasted = () => read(new File([pasted], "pasted.csv"), t("knowledge.tables.untitled"));

  return (
    <div className="stack">
      <p className="soft">{t("knowledge.tables.sourceText")}</p>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".xlsx,.csv,.txt,.tsv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) void read(chosen);
        }}
      />
      <div className="row-line">
        <Button
          type="primary"
          icon={<Icon name="upload" size={16} />}
          disabled={share !== null}
          onClick={() => picker.current?.click()}
        >
          {t("knowledge.importPick")}
        </Button>
      </div>
      <Input.TextArea
        aria-label={t("knowledge.tables.paste")}
        placeholder={t("knowledge.tables.paste")}
        rows={8}
        value={pasted}
        onChange={(event) => setPasted(event.target.value)}
      />
      <div className="row-line">
        <Button disabled={pasted.trim() === "" || share !== null} onClick={() => void readPasted()}>
          {t("knowledge.tables.usePasted")}
        </Button>
      </div>
      {share === null ? null : <Progress percent={Math.round(share * 100)} />}
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
    </div>
  );
}
