// The editor's head: back, the name and its state, undo and redo, on or off, keep the draft, publish it.
import type { FlowDetail } from "@yingda/contract";
import { Button, Modal, Switch, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { useFlowName } from "../use-flow-name.ts";
import { useEditor } from "./use-editor.ts";

type Failed = { failed: number; total: number; name: string };

export function EditorHead({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation();
  const editor = useEditor();
  const nameOf = useFlowName();
  const act = useAct();
  const [failed, setFailed] = useState<Failed | null>(null);
  const { detail, canWrite, isDirty, problems, flow } = editor;
  const { id, isOn, isPublished, hasDraft } = detail;
  const params = { id };
  const name = nameOf(flow.name) || id;

  const turn = (on: boolean) =>
    act.run(
      async () => {
        const { version } = await call(routes.switchFlow, { params, body: { isOn: on } });
        editor.take({ ...detail, isOn: on, version });
      },
      t(on ? "flows.switchedOn" : "flows.switchedOff"),
    );
  const publish = (isConfirmed: boolean) =>
    act.run(async () => {
      const kept = await editor.save();
      // what ships unchanged has nothing to publish; publishing it anew makes it the shop's own
      const draft = kept.hasDraft ? kept : await keepAsDraft(kept);
      try {
        const body = { version: draft.version, isConfirmed };
        const done = await call(routes.publishFlow, { params, body });
        editor.take(done);
        setFailed(null);
        if (done.isOn) showToast("success", t("flows.editor.published"));
        else
          showToast("success", t("flows.editor.publishedOff"), {
            label: t("flows.editor.turnOn"),
            run: () =>
              void act.run(async () => {
                const { version } = await call(routes.switchFlow, { params, body: { isOn: true } });
                editor.take({ ...done, isOn: true, version });
              }, t("flows.switchedOn")),
          });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        if (error.code === "flow/has-problems") editor.setSide("problems");
        if (error.code !== "flow/dialogues-failed") throw error;
        setFailed(error.details as Failed);
      }
    });
  const keepAsDraft = (kept: FlowDetail) =>
    call(routes.saveFlowDraft, { params, body: { yaml: editor.written.yaml, version: kept.version } });
  const discard = () =>
    act.run(async () => {
      const { version } = detail;
      editor.take(await call(routes.saveFlowDraft, { params, body: { yaml: null, version } }));
    }, t("flows.editor.discarded"));

  return (
    <header className="flow-head">
      <Button
        type="text"
        icon={<Icon name="back" size={18} />}
        aria-label={t("flows.editor.back")}
        onClick={() => {
          if (isDirty && canWrite) void act.run(() => editor.save()).then((isKept) => isKept && onLeave());
          else onLeave();
        }}
      />
      <div className="flow-head-name">
        <h1>{name}</h1>
        {isPublished ? null : <Tag>{t("flows.unpublished")}</Tag>}
        {isDirty ? (
          <Tag color="warning">{t("flows.editor.unsaved")}</Tag>
        ) : hasDraft && isPublished ? (
          <Tag color="processing">{t("flows.draft")}</Tag>
        ) : null}
      </div>
      {canWrite ? (
        <div className="flow-head-acts">
          <Button
            type="text"
            icon={<Icon name="reopen" size={18} />}
            aria-label={t("flows.editor.undo")}
            title={`${t("flows.editor.undo")} (Ctrl+Z)`}
            disabled={!editor.canUndo}
            onClick={editor.undo}
          />
          <Button
            type="text"
            icon={<Icon name="redo" size={18} />}
            aria-label={t("flows.editor.redo")}
            title={`${t("flows.editor.redo")} (Ctrl+Y)`}
            disabled={!editor.canRedo}
            onClick={editor.redo}
          />
          {isPublished ? (
            <Switch
              aria-label={t("flows.switch", { name })}
              checked={isOn}
              disabled={act.isBusy}
              onChange={(on) => void turn(on)}
            />
          ) : null}
          {hasDraft && isPublished && !isDirty ? (
            <Button disabled={act.isBusy} onClick={() => void discard()}>
              {t("flows.editor.discard")}
            </Button>
          ) : null}
          <Button
            id="flow-save"
            disabled={!isDirty}
            loading={act.isBusy}
            onClick={() => void act.run(() => editor.save(), t("flows.editor.saved"))}
          >
            {t("flows.editor.save")}
          </Button>
          <Button
            type="primary"
            disabled={act.isBusy || (!isDirty && !hasDraft)}
            onClick={() => {
              if (problems.length > 0) editor.setSide("problems");
              void publish(false);
            }}
          >
            {t("flows.editor.publish")}
          </Button>
        </div>
      ) : (
        <span className="soft">{t("flows.editor.readOnly")}</span>
      )}
      <Modal
        open={failed !== null}
        title={t("flows.editor.dialoguesFailed")}
        okText={t("flows.editor.publishAnyway")}
        cancelText={t("flows.editor.seeDialogues")}
        okButtonProps={{ danger: true, loading: act.isBusy }}
        onOk={() => void publish(true)}
        onCancel={() => {
          setFailed(null);
          editor.setView("dialogues");
        }}
      >
        {failed === null ? null : <p>{t("flows.editor.dialoguesFailedText", failed)}</p>}
      </Modal>
    </header>
  );
}
