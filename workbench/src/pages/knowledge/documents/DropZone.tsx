// Where files are dropped or chosen, several at once; shows the one on its way and those that were refused.
import { Button, Progress } from "antd";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon.tsx";
import { useUploads } from "./use-uploads.ts";

const accepted =
  ".pdf,.docx,.xlsx,.csv,.tsv,.md,.markdown,.html,.htm,.txt,.json,.jsonl,application/pdf,text/plain,text/csv,text/html,text/markdown";

export function DropZone() {
  const { t } = useTranslation();
  const picker = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const { now, problems, send } = useUploads();
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (now === null) void send([...event.dataTransfer.files]);
  };
  return (
    <section
      aria-label={t("knowledge.documents.upload")}
      className={isOver ? "document-drop document-drop-over" : "document-drop"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept={accepted}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          if (files.length > 0) void send(files);
        }}
      />
      <Icon name="upload" size={24} />
      <div className="document-drop-words">
        <strong>{t("knowledge.documents.drop")}</strong>
        <span className="soft">{t("knowledge.documents.dropHint")}</span>
      </div>
      <Button type="primary" loading={now !== null} onClick={() => picker.current?.click()}>
        {t("knowledge.documents.upload")}
      </Button>
      {now === null ? null : (
        <div className="document-uploading" aria-live="polite">
          <span>{t("knowledge.documents.uploading", { name: now.name })}</span>
          <Progress percent={Math.round(now.share * 100)} size="small" />
        </div>
      )}
      {problems.length === 0 ? null : (
        <ul className="plain-list document-refused" role="alert">
          {problems.map((problem) => (
            <li key={problem} className="problem">
              {problem}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
