// What a line should lead to: just what it did, anything but that answer, or another outcome.
import { type Expectation, type Expected, expectations, type RehearsalLine } from "@yingda/contract";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

type ExpectProps = {
  line: RehearsalLine;
  wanted: Expected | null;
  onChange: (wanted: Expected | null) => void;
};

/** Everything but an answer. */
const other: Expectation[] = ["asked-back", "handed-over", "refused"];

export function ExpectSelect({ line, wanted, onChange }: ExpectProps) {
  const { t } = useTranslation();
  const isAnswer = line.got === "answered" && line.faq !== null;
  const choices: { value: string; label: string; means: Expected | null }[] = [
    { value: "none", label: t("rehearsal.wantedNone"), means: null },
    {
      value: "this",
      label: t("rehearsal.wantedThis"),
      means: { outcome: line.got, ...(isAnswer && line.faq !== null ? { faq: line.faq } : {}) },
    },
    ...(line.got === "answered"
      ? [{ value: "other", label: t("rehearsal.wantedOther"), means: { outcome: other } }]
      : []),
    ...expectations
      .filter((key) => key !== line.got)
      .map((key) => ({
        value: key as string,
        label: t(`rehearsal.outcomes.${key}`),
        means: { outcome: key } as Expected,
      })),
  ];
  const now = choices.find(({ means }) => JSON.stringify(means) === JSON.stringify(wanted));
  return (
    <Select
      size="small"
      aria-label={`${t("rehearsal.wanted")} ${line.customer}`}
      className="rehearsal-wanted"
      value={now?.value ?? "kept"}
      options={[
        ...choices.map(({ value, label }) => ({ value, label })),
        ...(now === undefined && wanted !== null ? [{ value: "kept", label: said(wanted) }] : []),
      ]}
      onChange={(value) => {
        const choice = choices.find((one) => one.value === value);
        if (choice) onChange(choice.means);
      }}
    />
  );

  function said({ outcome, faq }: Expected): string {
    const outcomes = [outcome].flat().map((key) => t(`rehearsal.outcomes.${key}`));
    return [outcomes.join(" / "), faq].filter(Boolean).join(" · ");
  }
}
