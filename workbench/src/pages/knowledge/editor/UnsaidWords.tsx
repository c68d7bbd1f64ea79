// Tells while an answer is written that the shop forbids a word of it: such an answer is held for a person.
import { useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { queryKeys } from "../../../live/queries.ts";
import { type FaqForm, unsaidIn } from "./form.ts";

export function UnsaidWords({ form }: { form: FaqForm }) {
  const { t } = useTranslation();
  const words = useQuery({ queryKey: queryKeys.words, queryFn: () => call(routes.getWords) });
  const found = unsaidIn(form, words.data?.neverSay ?? []);
  if (found.length === 0) return null;
  return (
    <Alert
      type="warning"
      showIcon
      style={{ marginBlockEnd: 16 }}
      title={t("faqWork.unsaid", { words: found.join("”“") })}
    />
  );
}
