// Who asks and when, for trying answers that are said only to some: channel, the customer's tags, the time.
import { type Channel, channels } from "@yingda/contract";
import { Input, Select } from "antd";
import { useTranslation } from "react-i18next";
import { Field } from "../../components/Field.tsx";

/** `at`: as a field of type datetime-local has it; "" is now. */
export type Case = { channel: Channel; contactTags: string[]; at: string };
export const usualCase: Case = { channel: "web", contactTags: [], at: "" };

export function TryCase({ value, onChange }: { value: Case; onChange: (next: Case) => void }) {
  const { t } = useTranslation();
  const set = (change: Partial<Case>) => onChange({ ...value, ...change });
  return (
    <details>
      <summary>{t("faqWork.tryCase.title")}</summary>
      <div className="fields">
        <Field label={t("faqWork.more.channels")}>
          {({ id }) => (
            <Select
              id={id}
              value={value.channel}
              options={channels.map((name) => ({ value: name, label: t(`channels.${name}`) }))}
              onChange={(channel) => set({ channel })}
            />
          )}
        </Field>
        <Field label={t("faqWork.more.contactTags")}>
          {({ id }) => (
            <Select
              id={id}
              mode="tags"
              open={false}
              suffixIcon={null}
              maxCount={20}
              value={value.contactTags}
              onChange={(contactTags: string[]) => set({ contactTags })}
            />
          )}
        </Field>
        <Field label={t("faqWork.tryCase.at")} hint={t("faqWork.tryCase.now")}>
          {(control) => (
            <Input
              {...control}
              type="datetime-local"
              value={value.at}
              onChange={(event) => set({ at: event.target.value })}
            />
          )}
        </Field>
      </div>
    </details>
  );
}
