// What of a person was replaced, in words: "3 phone numbers, 1 address". Nothing where nothing was.
import { type MaskedCounts, maskedKinds } from "@yingda/contract";
import { useTranslation } from "react-i18next";

export function MaskedWords({ masked }: { masked: MaskedCounts }) {
  const { t } = useTranslation();
  const parts = maskedKinds.flatMap((kind) => {
    const count = masked[kind] ?? 0;
    return count === 0 ? [] : [t(`rehearsal.masked.${kind}`, { count })];
  });
  if (parts.length === 0) return null;
  return <p className="soft">{t("rehearsal.replaced", { what: parts.join(t("rehearsal.and")) })}</p>;
}
