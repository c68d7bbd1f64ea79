// A tool as it may be changed: what it sends and takes, and its rules: who may call it, who must be proved to be asking, how
// long it may take, when it may be tried again, what logs never show.
import type { ShopTool } from "@yingda/contract";
import { Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { useAct } from "../../components/use-act.ts";
import { useLeave } from "../knowledge/editor/LeaveDialog.tsx";
import { Choose, TextLine, TextLines } from "./inputs.tsx";
import { refreshTools } from "./refresh-tools.ts";
import { ToolRules } from "./ToolRules.tsx";
import { draftOf, formOf, type ToolForm } from "./tool-text.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;

export function EditTool({ tool, onClose }: { tool: ShopTool; onClose: () => void }) {
  const { t } = useTranslation();
  const act = useAct();
  const [opened] = useState(() => formOf(tool));
  const [form, setForm] = useState(opened);
  const leave = useLeave(JSON.stringify(form) !== JSON.stringify(opened), onClose);
  const set = (change: Partial<ToolForm>) => setForm((now) => ({ ...now, ...change }));
  const { draft, badParameter, badPick } = draftOf(form, tool);
  const badLine = (line: number | null) => (line === null ? null : t("tools.badLine", { line }));
  const save = () =>
    act.run(async () => {
      if (draft === undefined) return;
      await call(routes.updateTool, {
        params: { id: tool.id },
        body: { ...draft, version: tool.version },
      });
      await refreshTools();
      onClose();
    }, t("tools.saved"));
  return (
    <Drawer
      open
      title={t("tools.editTool", { name: tool.title })}
      size={640}
      mask={{ closable: false }}
      onClose={leave.close}
    >
      {leave.dialog}
      <div className="stack">
        <TextLine label={t("tools.form.title")} value={form.title} onChange={(title) => set({ title })} />
        <TextLine
          label={t("tools.form.name")}
          hint={t("tools.form.nameHint")}
          value={form.name}
          onChange={(name) => set({ name })}
        />
        <TextLine label={t("tools.form.about")} value={form.about} onChange={(about) => set({ about })} />
        <Choose
          label={t("tools.form.effect")}
          value={form.effect}
          values={["read", "change"]}
          nameOf={(effect) => t(`tools.effect.${effect}`)}
          onChange={(effect) => set({ effect })}
        />
        {tool.call.kind === "http" ? <HttpFields form={form} set={set} /> : null}
        <TextLines
          label={t("tools.form.parameters")}
          hint={t("tools.form.parametersHint", { hole: "{orderNumber}" })}
          problem={badLine(badParameter)}
          value={form.parameters}
          onChange={(parameters) => set({ parameters })}
        />
        <TextLines
          label={t("tools.form.picks")}
          hint={t("tools.form.picksHint")}
          problem={badLine(badPick)}
          value={form.picks}
          onChange={(picks) => set({ picks })}
        />
        <ToolRules form={form} set={set} />
        <Button
          type="primary"
          disabled={draft === undefined}
          loading={act.isBusy}
          onClick={() => void save()}
        >
          {t("common.save")}
        </Button>
      </div>
    </Drawer>
  );
}

function HttpFields({ form, set }: { form: ToolForm; set: (change: Partial<ToolForm>) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <div className="row-line">
        <Choose
          label={t("tools.form.method")}
          value={form.method}
          values={methods}
          onChange={(method) => set({ method })}
        />
        <Choose
          label={t("tools.form.bodyAs")}
          value={form.bodyAs}
          values={["none", "json", "form"]}
          nameOf={(bodyAs) => t(`tools.bodyAs.${bodyAs}`)}
          onChange={(bodyAs) => set({ bodyAs })}
        />
      </div>
      <TextLine
        label={t("tools.form.path")}
        hint={t("tools.form.pathHint", { hole: "{orderNumber}" })}
        value={form.path}
        onChange={(path) => set({ path })}
      />
      {form.bodyAs === "none" ? null : (
        <TextLines
          label={t("tools.form.body")}
          hint={t("tools.form.bodyHint", { hole: "{{orderNumber}}" })}
          value={form.body}
          onChange={(body) => set({ body })}
        />
      )}
    </>
  );
}
