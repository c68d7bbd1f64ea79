// What an FAQ said before, with what changed word by word, and the way back.
import { useQuery } from "@tanstack/react-query";
import type { Faq, FaqVersion } from "@yingda/contract";
import { Button, Drawer, Tag } from "antd";
import type { ChangeObject } from "diff";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { EmptyState, ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { Time } from "../../../components/Time.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";

type Props = { faq: Faq; canPublish: boolean; onClose: () => void; onRolledBack: (faq: Faq) => void };

export function History({ faq, canPublish, onClose, onRolledBack }: Props) {
  const { t } = useTranslation();
  const act = useAct();
  const versions = useQuery({
    queryKey: [...queryKeys.faqs, { versions: faq.id }],
    queryFn: ({ signal }) => call(routes.listFaqVersions, { params: { id: faq.id }, signal }),
  });
  const rollBack = (to: number) =>
    act.run(
      async () => {
        const body = { to, version: faq.version };
        onRolledBack(await call(routes.rollBackFaq, { params: { id: faq.id }, body }));
      },
      t("faqWork.versions.rolledBack", { number: to }),
    );
  return (
    <Drawer open title={t("faqWork.versions.title")} size={560} onClose={onClose}>
      {versions.isPending ? (
        <RowSkeletons />
      ) : versions.error ? (
        <ErrorState error={versions.error} onRetry={versions.refetch} />
      ) : versions.data.length === 0 ? (
        <EmptyState icon="info" title={t("faqWork.versions.first")} />
      ) : (
        <ol className="plain-list">
          {versions.data.map((version, at) => (
            <li key={version.version} className="faq-version">
              <div className="row-line">
                <strong>{t("faqWork.versions.number", { number: version.version })}</strong>
                {version.isLive ? <Tag color="success">{t("faqWork.versions.live")}</Tag> : null}
                <span className="soft">
                  {version.by?.name} <Time at={version.at} />
                </span>
                {canPublish && !version.isLive ? (
                  <Button size="small" loading={act.isBusy} onClick={() => void rollBack(version.version)}>
                    {t("faqWork.versions.rollBack")}
                  </Button>
                ) : null}
              </div>
              <Changes now={version} before={versions.data[at + 1]} />
            </li>
          ))}
        </ol>
      )}
    </Drawer>
  );
}

const fields = [
  "question",
  "answer",
  "phrasings",
  "negatives",
  "questionEn",
  "answerEn",
  "category",
  "tags",
  "isOn",
  "extras",
] as const;

function Changes({ now, before }: { now: FaqVersion; before: FaqVersion | undefined }) {
  const { t } = useTranslation();
  if (before === undefined) return <p className="faq-diff">{now.body.answer}</p>;
  const changed = fields.filter((field) => textOf(now, field) !== textOf(before, field));
  if (changed.length === 0) return <p className="soft">{t("faqWork.versions.same")}</p>;
  return changed.map((field) => (
    <div key={field}>
      <span className="soft">{t(`faqWork.versions.fields.${field}`)}</span>
      <Diff before={textOf(before, field)} after={textOf(now, field)} />
    </div>
  ));
}

function textOf({ body }: FaqVersion, field: (typeof fields)[number]): string {
  const value = body[field];
  if (Array.isArray(value)) return value.join("\n");
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}

/** Word by word: Chinese words are found by the browser's own segmenter. */
function Diff({ before, after }: { before: string; after: string }) {
  const [parts, setParts] = useState<ChangeObject<string>[] | null>(null);
  useEffect(() => {
    let isGone = false;
    void import("diff").then(({ diffWordsWithSpace }) => {
      const intlSegmenter = new Intl.Segmenter("zh", { granularity: "word" });
      if (!isGone) setParts(diffWordsWithSpace(before, after, { intlSegmenter }));
    });
    return () => {
      isGone = true;
    };
  }, [before, after]);
  return (
    <p className="faq-diff">
      {parts === null
        ? after
        : parts.map((part, at) => {
            const key = `${String(at)}-${part.value.slice(0, 8)}`;
            if (part.added) return <ins key={key}>{part.value}</ins>;
            return part.removed ? <del key={key}>{part.value}</del> : <span key={key}>{part.value}</span>;
          })}
    </p>
  );
}
