// The scripted dialogues of the flow: played all at once, each line that came out differently with what came instead.
import type { DialogueReport, DialogueResult } from "@yingda/contract";
import { Button, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { EmptyState } from "../../../components/states.tsx";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { removeDialogue } from "./dialogue-text.ts";
import { TextInput } from "./fields.tsx";
import { useEditor } from "./use-editor.ts";

export function DialoguesView() {
  const { t } = useTranslation();
  const editor = useEditor();
  const act = useAct();
  const { written, canWrite } = editor;
  const [report, setReport] = useState<DialogueReport | null>(null);
  const run = () =>
    act.run(async () => {
      const { yaml, dialogues } = written;
      setReport(await call(routes.runFlowDialogues, { body: { yaml, dialogues } }));
    });
  const remove = (at: number) => {
    editor.setDialogues(removeDialogue(written.dialogues, at));
    setReport(null);
    showToast("info", t("flows.dialogues.removed"), { label: t("common.undo"), run: editor.undo });
  };
  const passed = report?.results.filter(({ isOk }) => isOk).length ?? 0;
  return (
    <div className="stack">
      <div className="spread">
        <p className="soft">{t("flows.dialogues.lead")}</p>
        <Button
          type="primary"
          icon={<Icon name="play" size={14} />}
          loading={act.isBusy}
          disabled={written.dialogues.trim() === ""}
          onClick={() => void run()}
        >
          {t("flows.dialogues.run")}
        </Button>
      </div>
      {written.dialogues.trim() === "" ? (
        <EmptyState
          icon="checks"
          title={t("flows.dialogues.empty")}
          text={t("flows.dialogues.emptyText")}
          isSmall
        />
      ) : null}
      {report === null ? null : report.problem === null ? (
        <>
          <p role="status">
            <strong>{t("flows.dialogues.passed", { passed, total: report.results.length })}</strong>
          </p>
          {report.results.map((result, at) => (
            <Result
              key={`${String(at)}-${result.name}`}
              result={result}
              onRemove={canWrite ? () => remove(at) : null}
            />
          ))}
        </>
      ) : (
        <p className="problem" role="alert">
          {t("flows.dialogues.unreadable", { detail: report.problem })}
        </p>
      )}
      <TextInput
        label={t("flows.dialogues.source")}
        value={written.dialogues}
        rows={6}
        isReadOnly={!canWrite}
        onChange={(text) => editor.setDialogues(text)}
      />
    </div>
  );
}

function Result({ result, onRemove }: { result: DialogueResult; onRemove: (() => void) | null }) {
  const { t } = useTranslation();
  const { name, isOk, lines, unexpected } = result;
  return (
    <details className="flow-dialogue" open={!isOk}>
      <summary>
        <Tag color={isOk ? "success" : "error"}>
          {t(isOk ? "flows.dialogues.ok" : "flows.dialogues.failed")}
        </Tag>
        {name}
      </summary>
      <ol className="flow-script">
        {lines.map((line) => (
          <li key={line.at} className={line.isOk ? "" : "flow-script-bad"}>
            <span className="soft">{t(`flows.dialogues.who.${line.who}`)}</span>
            <span>
              {line.isOk ? (
                line.expected
              ) : (
                <>
                  <span>
                    {t("flows.dialogues.expected")} {line.expected}
                  </span>
                  <br />
                  <span className="problem">
                    {t("flows.dialogues.actual")} {line.actual}
                  </span>
                </>
              )}
            </span>
          </li>
        ))}
      </ol>
      {unexpected === null ? null : (
        <p className="problem">{t("flows.dialogues.unexpected", { what: unexpected })}</p>
      )}
      {onRemove === null ? null : (
        <Button size="small" onClick={onRemove}>
          {t("flows.dialogues.remove")}
        </Button>
      )}
    </details>
  );
}
