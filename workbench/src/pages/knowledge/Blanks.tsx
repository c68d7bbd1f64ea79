// The blanks of the packs: filled here once, used in every answer that names them.
import { useQuery } from "@tanstack/react-query";
import type { Blank } from "@yingda/contract";
import { Button, Input } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { BlockSkeleton, EmptyState, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";

export function Blanks({ onSaved }: { onSaved: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const blanks = useQuery({ queryKey: queryKeys.blanks, queryFn: () => call(routes.listBlanks) });
  if (blanks.isPending) return <BlockSkeleton rows={8} />;
  if (blanks.error) return <ErrorState error={blanks.error} onRetry={blanks.refetch} />;
  if (blanks.data.length === 0)
    return <EmptyState isSmall icon="knowledge" title={t("common.none")} text={t("knowledge.blanksLead")} />;
  return <BlankForm blanks={blanks.data} onSaved={onSaved} />;
}

function BlankForm({ blanks, onSaved }: { blanks: Blank[]; onSaved: () => Promise<unknown> }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  /** What was typed and is not saved; all else is shown as the shop now has it. */
  const [typed, setTyped] = useState<Record<string, string>>({});
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const filled = Object.fromEntries(
      Object.entries(typed).map(([key, value]) => [key, value.trim() || null]),
    );
    await act.run(async () => {
      await call(routes.fillBlanks, { body: { values: filled } });
      await onSaved();
      setTyped({});
    }, t("knowledge.blanksSaved"));
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p className="soft">{t("knowledge.blanksLead")}</p>
      {blanks.map((blank) => (
        <Field
          key={blank.key}
          label={i18n.language === "en" ? blank.labelEn : blank.label}
          hint={`${t("knowledge.blankSample", { sample: blank.sample })} · ${t("knowledge.blankUsed", { count: blank.usedBy })}`}
        >
          {(control) => (
            <Input
              {...control}
              maxLength={500}
              value={typed[blank.key] ?? blank.value ?? ""}
              onChange={(event) => setTyped({ ...typed, [blank.key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Button type="primary" htmlType="submit" loading={act.isBusy}>
        {t("common.save")}
      </Button>
    </form>
  );
}
