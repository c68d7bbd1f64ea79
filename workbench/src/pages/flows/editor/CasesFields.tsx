// A condition: what it looks at, and its cases, each with one test or several that must all hold.
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
  const given = testsOf(one);
  const free = tests.filter((test) => !given.some((each) => fieldOf(each) === fieldOf(test)));
  const [another] = free;
  const name = t("flows.step.case", { number: at + 1 });
  /** All of them at once: a test that is exchanged for another goes, and the rest keeps its place. */
  const change = (next: Case) => set(["cases", at], next);
  return (
    <fieldset className="flow-option" aria-label={name}>
      <div className="spread">
        <strong>{name}</strong>
        {isReadOnly || !canRemove ? null : (
          <Button
            type="text"
            size="small"
            icon={<Icon name="trash" size={14} />}
            aria-label={`${t("common.remove")} ${name}`}
            onClick={() => set(["cases", at], undefined)}
          />
        )}
      </div>
      {given.length > 1 ? <p className="soft">{t("flows.step.allTests")}</p> : null}
      {given.map((test) => (
        <TestFields
          key={test}
          one={one}
          test={test}
          others={free}
          isReadOnly={isReadOnly}
          canRemove={given.length > 1}
          onChange={change}
        />
      ))}
      {isReadOnly || another === undefined ? null : (
        <Button
          type="text"
          size="small"
          icon={<Icon name="plus" size={14} />}
          onClick={() => change({ ...one, ...emptyTest(another) })}
        >
          {t("flows.step.addTest")}
        </Button>
      )}
    </fieldset>
  );
}

type TestProps = {
  one: Case;
  test: Test;
  /** What it may be exchanged for. */
  others: readonly Test[];
  canRemove: boolean;
  isReadOnly: boolean;
  onChange: (next: Case) => void;
};

function TestFields({ one, test, others, canRemove, isReadOnly, onChange }: TestProps) {
  const { t } = useTranslation();
  const rest = without(one, test);
  const offered = tests.filter((each) => fieldOf(each) === fieldOf(test) || others.includes(each));
  return (
    <div className="fields">
      <Field label={t("flows.step.test")}>
        {(control) => (
          <Select
            {...control}
            disabled={isReadOnly}
            value={test}
            onChange={(chosen: Test) => onChange({ ...rest, ...emptyTest(chosen) })}
            options={offered.map((value) => ({ value, label: t(`flows.step.tests.${value}`) }))}
          />
        )}
      </Field>
      {test === "is" ? (
        <TextInput
          label={t("flows.step.value")}
          value={(one.is ?? []).join(", ")}
          isReadOnly={isReadOnly}
          onChange={(text) => onChange({ ...rest, is: wordsOf(text) })}
        />
      ) : null}
      {test === "atLeast" || test === "atMost" ? (
        <NumberInput
          label={t("flows.step.value")}
          value={one[test]}
          isReadOnly={isReadOnly}
          onChange={(value) => onChange({ ...rest, [test]: value ?? 0 })}
        />
      ) : null}
      {isReadOnly || !canRemove ? null : (
        <Button
          type="text"
          size="small"
          icon={<Icon name="close" size={14} />}
          aria-label={`${t("common.remove")} ${t(`flows.step.tests.${test}`)}`}
          onClick={() => onChange(rest)}
        >
          {t("common.remove")}
        </Button>
      )}
    </div>
  );
}

/** "Known" and "not yet known" are two words of one field. */
function fieldOf(test: Test): keyof Case {
  return test === "isEmpty" ? "isFilled" : test;
}

function without(one: Case, test: Test): Case {
  const { [fieldOf(test)]: _, ...rest } = one;
  return rest;
}

/** The tests of a case, of which all must hold. */
function testsOf({ is, atLeast, atMost, isFilled }: Case): Test[] {
  return [
    is === undefined ? null : "is",
    atLeast === undefined ? null : "atLeast",
    atMost === undefined ? null : "atMost",
    isFilled === undefined ? null : isFilled ? "isFilled" : "isEmpty",
  ].filter((test): test is Test => test !== null);
}

function emptyTest(test: Test): Partial<Case> {
  if (test === "is") return { is: ["yes"] };
  if (test === "isFilled") return { isFilled: true };
  return test === "isEmpty" ? { isFilled: false } : { [test]: 0 };
}
