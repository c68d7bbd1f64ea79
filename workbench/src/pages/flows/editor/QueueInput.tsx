// Which queue a hand-over goes into: one that exists, or the usual one.
import { useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { queryKeys } from "../../../live/queries.ts";

type QueueProps = { value: string | null; isReadOnly: boolean; onChange: (queue: string | null) => void };

export function QueueInput({ value, isReadOnly, onChange }: QueueProps) {
  const { t } = useTranslation();
  const queues = useQuery({
    queryKey: queryKeys.queues,
    queryFn: ({ signal }) => call(routes.listQueues, { signal }),
  });
  const names = (queues.data ?? []).filter(({ isDefault }) => !isDefault).map(({ name }) => name);
  const known = value !== null && !names.includes(value) ? [...names, value] : names;
  return (
    <Field label={t("flows.step.queue")}>
      {(control) => (
        <Select
          {...control}
          disabled={isReadOnly}
          value={value ?? ""}
          onChange={(chosen: string) => onChange(chosen === "" ? null : chosen)}
          options={[
            { value: "", label: t("flows.step.queueUsual") },
            ...known.map((name) => ({ value: name, label: name })),
          ]}
        />
      )}
    </Field>
  );
}
