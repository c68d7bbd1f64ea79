// A condition: what it looks at, and its cases, each with one test. A case of several tests is shown and kept; the YAML
// changes it.
import { useQuery } from "@tanstack/react-query";
import type { FlowStep } from "@yingda/contract";
import { AutoComplete, Button, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../../components/Field.tsx";
import { Icon } from "../../../components/Icon.tsx";
import { flowToolsQuery } from "../flow-queries.ts";
import { useFlowName } from "../use-flow-name.ts";
import { NumberInput, TextInput, wordsOf } from "./fields.tsx";
import type { FieldsProps } from "./StepFields.tsx";
import { caseWords } from "./step-title.ts";
import { useEditor } from "./use-editor.ts";

type Condition = Extract<FlowStep, { kind: "condition" }>;
type Case = Condition["cases"][number];
const tests = ["is", "atLeast", "atMost", "isFilled", "isEmpty"] as const;
type Test = (typeof tests)[number];

export function CasesFields({ step, set, isReadOnly }: FieldsProps<Condition>) {
  const { t } = useTranslation();
  const { flow } = useEditor();
  const nameOf = useFlowName();
  const tools = useQuery(flowToolsQuery).data ?? [];
  const values = [
    ...flow.slots.map(({ id, label }) => ({ value: id, label: nameOf(label) || id })),
    ...flow.steps.flatMap((each) =>
      (each.kind === "lookup" || each.kind === "do") && each.saveAs !== undefined
        ? (tools.find(({ name }) => name === each.tool)?.output ?? []).map((field) => ({
            value: `${each.saveAs ?? ""}.${field}`,
            label: `${each.saveAs ?? ""}.${field}`,
          }))
        : [],
    ),
  ];
  return (
    <>
      <Field label={t("flows.step.conditionOn")}>
        {(control) => (
          <AutoComplete
            {...control}
            key={step.value}
            disabled={isReadOnly}
            defaultValue={step.value}
            onSelect={(value: string) => set(["value"], value)}
            onBlur={(event) => {
              const { value } = event.target as HTMLInputElement;
              if (value !== step.value) set(["value"], value);
            }}
            options={values}
          />
        )}
      </Field>
      {step.cases.map((one, at) => (
        <CaseFields
          // a case has no name of its own
          key={`${String(at)}-${caseWords(one, t)}`}
          one={one}
          at={at}
          canRemove={step.cases.length > 1}
          set={set}
          isReadOnly={isReadOnly}
        />
      ))}
      {isReadOnly ? null : (
        <Button
          size="small"
          icon={<Icon name="plus" size={14} />}
          onClick={() => set(["cases", step.cases.length], { is: "yes" })}
        >
          {t("flows.step.addCase")}
        </Button>
      )}
    </>
  );
}

type CaseProps = {
  one: Case;
  at: number;
  canRemove: boolean;
  set: FieldsProps["set"];
  isReadOnly: boolean;
};

function CaseFields({ one, at, canRemove, set, isReadOnly }: CaseProps) {
  const { t } = useTranslation();
  const test = testOf(one);
  const change = (next: Record<string, unknown>) =>
    set(["cases", at], { ...next, ...(one.next === undefined ? {} : { next: one.next }) });
  return (
    <div className="flow-option">
      <div className="spread">
        <strong>{t("flows.step.case", { number: at + 1 })}</strong>
        {isReadOnly || !canRemove ? null : (
          <Button
            type="text"
            size="small"
            icon={<Icon name="trash" size={14} />}
            aria-label={`${t("common.remove")} ${t("flows.step.case", { number: at + 1 })}`}
            onClick={() => set(["cases", at], undefined)}
          />
        )}
      </div>
      {test === null ? (
        <p>{caseWords(one, t)}</p>
      ) : (
        <div className="fields">
          <Field label={t("flows.step.test")}>
            {(control) => (
              <Select
                {...control}
                disabled={isReadOnly}
                value={test}
                onChange={(chosen: Test) => change(emptyTest(chosen))}
                options={tests.map((value) => ({ value, label: t(`flows.step.tests.${value}`) }))}
              />
            )}
          </Field>
          {test === "is" ? (
            <TextInput
              label={t("flows.step.value")}
              value={(one.is ?? []).join(", ")}
              isReadOnly={isReadOnly}
              onChange={(text) => change({ is: wordsOf(text) })}
            />
          ) : null}
          {test === "atLeast" || test === "atMost" ? (
            <NumberInput
              label={t("flows.step.value")}
              value={one[test]}
              isReadOnly={isReadOnly}
              onChange={(value) => change({ [test]: value ?? 0 })}
            />
          ) : null}
        </div>
      )}
    </div>
  );
}

/** The one test of a case; null where it has several or none. */
function testOf({ is, atLeast, atMost, isFilled }: Case): Test | null {
  const given = [
    is === undefined ? null : "is",
    atLeast === undefined ? null : "atLeast",
    atMost === undefined ? null : "atMost",
    isFilled === undefined ? null : isFilled ? "isFilled" : "isEmpty",
  ].filter((test): test is Test => test !== null);
  return given.length === 1 ? (given[0] ?? null) : null;
}

function emptyTest(test: Test): Record<string, unknown> {
  if (test === "is") return { is: ["yes"] };
  if (test === "isFilled") return { isFilled: true };
  return test === "isEmpty" ? { isFilled: false } : { [test]: 0 };
}
