// The rules of a tool: which flows and inboxes may call it, whose data it reads, how long it may take, when a cut-off call may
// be sent again, what logs never show.
import { useQuery } from "@tanstack/react-query";
import { toolIdentities } from "@yingda/contract";
import { InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { queryKeys } from "../../live/queries.ts";
import { Choose, TextLine } from "./inputs.tsx";
import type { ToolForm } from "./tool-text.ts";

type Props = { form: ToolForm; set: (change: Partial<ToolForm>) => void };

export function ToolRules({ form, set }: Props) {
  const { t, i18n } = useTranslation();
  const flows = useQuery({
    queryKey: queryKeys.flows,
    queryFn: ({ signal }) => call(routes.listFlows, { signal }),
  });
  const inboxes = useQuery({ queryKey: queryKeys.inboxes, queryFn: () => call(routes.listInboxes) });
  const language = i18n.language === "en" ? "en" : "zh";
  return (
    <>
      <Several
        label={t("tools.form.flows")}
        all={t("tools.allFlows")}
        none={t("tools.noFlow")}
        chosen={form.flows}
        offered={(flows.data ?? []).map(({ id, name }) => ({ value: id, label: name[language] || id }))}
        onChange={(chosen) => set({ flows: chosen })}
      />
      <Several
        label={t("tools.form.inboxes")}
        all={t("tools.allInboxes")}
        none={t("tools.noInbox")}
        chosen={form.inboxes}
        offered={(inboxes.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(chosen) => set({ inboxes: chosen })}
      />
      <Choose
        label={t("tools.form.identity")}
        hint={t(`tools.identityHint.${form.identity}`)}
        value={form.identity}
        values={toolIdentities}
        nameOf={(identity) => (identity === "none" ? t("tools.noIdentity") : t(`tools.identity.${identity}`))}
        onChange={(identity) => set({ identity })}
      />
      <Field label={t("tools.form.seconds")} hint={t("tools.form.secondsHint")}>
        {(control) => (
          <InputNumber
            {...control}
            min={0.5}
            max={20}
            step={0.5}
            value={form.seconds}
            onChange={(seconds) => set({ seconds: seconds ?? 8 })}
          />
        )}
      </Field>
      <Choose
        label={t("tools.form.keyIn")}
        hint={t("tools.form.idempotencyHint")}
        value={form.keyIn}
        values={["none", "header", "body"]}
        nameOf={(keyIn) => t(`tools.keyIn.${keyIn}`)}
        onChange={(keyIn) =>
          set({ keyIn, ...(form.keyName === "" && keyIn === "header" ? { keyName: "Idempotency-Key" } : {}) })
        }
      />
      {form.keyIn === "none" ? null : (
        <TextLine
          label={t("tools.form.keyName")}
          value={form.keyName}
          onChange={(keyName) => set({ keyName })}
        />
      )}
      <Field label={t("tools.form.redact")} hint={t("tools.form.redactHint")}>
        {(control) => (
          <Select
            {...control}
            mode="tags"
            open={false}
            suffixIcon={null}
            tokenSeparators={[",", "，", " "]}
            value={form.redact}
            onChange={(redact: string[]) => set({ redact })}
          />
        )}
      </Field>
    </>
  );
}

type SeveralProps = {
  label: string;
  all: string;
  none: string;
  /** Null: all. */
  chosen: string[] | null;
  offered: { value: string; label: string }[];
  onChange: (chosen: string[] | null) => void;
};

/** Some of a list, or all of it while none is named. */
function Several({ label, all, none, chosen, offered, onChange }: SeveralProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          mode="multiple"
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          placeholder={chosen === null ? all : none}
          value={chosen ?? []}
          options={offered}
          onChange={(next: string[]) => onChange(next.length === 0 ? null : next)}
        />
      )}
    </Field>
  );
}
