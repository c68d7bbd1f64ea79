// One policy: its rules with days, amounts and words to change in place, a question to try it on, and all of it as YAML.
import type { PolicySource, ShopPolicy } from "@yingda/contract";
import { Alert, Button, Collapse, Drawer, Input, Switch } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError, call, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { useAct } from "../../../components/use-act.ts";
import { useLeave } from "../editor/LeaveDialog.tsx";
import { refreshPolicies } from "./PoliciesTab.tsx";
import { PolicyTrial } from "./PolicyTrial.tsx";
import { OutcomeFields, RuleCard } from "./RuleCard.tsx";
import { useLanguage } from "./use-language.ts";

type EditorProps = {
  /** Null: a new one. */
  policy: ShopPolicy | null;
  source: PolicySource;
  yaml: string;
  canWrite: boolean;
  onClose: () => void;
};
type Problems = { path: string; words: { zh: string; en: string } }[];

export function PolicyEditor({ policy, source: opened, yaml: openedYaml, canWrite, onClose }: EditorProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const act = useAct();
  const [source, setSource] = useState(opened);
  const [yaml, setYaml] = useState(openedYaml);
  /** The YAML is kept instead of the form as soon as it was changed. */
  const [isText, setText] = useState(false);
  const [isOn, setOn] = useState(policy?.isOn ?? false);
  const [problems, setProblems] = useState<Problems>([]);
  const [isTextShown, setTextShown] = useState(false);
  const given = isText ? yaml : source;
  const isTouched = isText || source !== opened || isOn !== (policy?.isOn ?? false);
  const leave = useLeave(isTouched, onClose);
  // what the form has changed is in the text, too, before anybody reads it or writes on in it
  useEffect(() => {
    if (!isTextShown || isText || source === opened) return;
    let isGone = false;
    void import("yaml").then(({ stringify }) => {
      if (!isGone) setYaml(stringify(source, { lineWidth: 110 }));
    });
    return () => {
      isGone = true;
    };
  }, [isTextShown, isText, source, opened]);
  const save = () =>
    act.run(async () => {
      setProblems([]);
      try {
        const body = { source: given, isOn };
        if (policy === null) await call(routes.createPolicy, { body });
        else
          await call(routes.updatePolicy, {
            params: { id: policy.id },
            body: { ...body, version: policy.version },
          });
        await refreshPolicies();
        onClose();
      } catch (error) {
        if (error instanceof ApiError && error.code === "policy/wrong")
          setProblems((error.details as { problems?: Problems }).problems ?? []);
        throw error;
      }
    }, t("knowledge.policies.saved"));
  return (
    <Drawer
      open
      title={opened.name[language]}
      size={720}
      mask={{ closable: false }}
      onClose={leave.close}
      footer={
        canWrite ? (
          <div className="row-line policy-foot">
            <Button type="primary" loading={act.isBusy} onClick={() => void save()}>
              {t("common.save")}
            </Button>
            <Button onClick={leave.close}>{t("common.cancel")}</Button>
            <Switch
              checked={isOn}
              aria-label={t("knowledge.policies.switch", { name: opened.name[language] })}
              onChange={setOn}
            />
            <span aria-hidden>{isOn ? t("common.on") : t("common.off")}</span>
          </div>
        ) : null
      }
    >
      {leave.dialog}
      <div className="stack">
        {policy === null ? <Alert type="info" showIcon title={t("knowledge.policies.sample")} /> : null}
        {problems.length > 0 ? (
          <Alert
            type="error"
            title={t("knowledge.policies.problems")}
            description={
              <ul>
                {problems.map(({ path, words }) => (
                  <li key={`${path} ${words.en}`}>
                    {path === "" ? null : <code>{path}</code>} {words[language]}
                  </li>
                ))}
              </ul>
            }
          />
        ) : null}
        {isText ? null : <PolicyForm source={source} canWrite={canWrite} onChange={setSource} />}
        <PolicyTrial source={given} />
        <Collapse
          onChange={(keys) => setTextShown(keys.length > 0)}
          items={[
            {
              key: "yaml",
              label: t("knowledge.policies.yaml"),
              children: (
                <Field label={t("knowledge.policies.yaml")} hint={t("knowledge.policies.yamlHint")}>
                  {(control) => (
                    <Input.TextArea
                      {...control}
                      className="policy-yaml"
                      rows={18}
                      spellCheck={false}
                      readOnly={!canWrite}
                      value={yaml}
                      onChange={(event) => {
                        setYaml(event.target.value);
                        setText(true);
                      }}
                    />
                  )}
                </Field>
              ),
            },
          ]}
        />
      </div>
    </Drawer>
  );
}

type FormProps = { source: PolicySource; canWrite: boolean; onChange: (source: PolicySource) => void };

function PolicyForm({ source, canWrite, onChange }: FormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <>
      <p>
        {source.decides[language]}
        <br />
        <span className="soft">
          {t("knowledge.policies.inputs")} {source.inputs.map(({ called }) => called[language]).join(" · ")}.{" "}
          {t("knowledge.policies.inputsHint")} {t("knowledge.policies.rulesHint")}
        </span>
      </p>
      {source.rules.map((rule, at) => (
        <RuleCard
          key={rule.key}
          number={at + 1}
          rule={rule}
          inputs={source.inputs}
          canWrite={canWrite}
          onChange={(next) =>
            onChange({ ...source, rules: source.rules.map((one, place) => (place === at ? next : one)) })
          }
        />
      ))}
      {source.default ? (
        <fieldset className="policy-rule">
          <legend>{t("knowledge.policies.otherwise")}</legend>
          <OutcomeFields
            outcome={source.default}
            canWrite={canWrite}
            onChange={(next) => onChange({ ...source, default: next })}
          />
        </fieldset>
      ) : null}
    </>
  );
}
