// Everything of an FAQ that a shop with three of them never needs: folded, each under its name.
import { useQuery } from "@tanstack/react-query";
import { type Faq, type FaqExtras, mostRelated } from "@yingda/contract";
import { Button, Collapse, Input, Select, Switch } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";
import { ContentsField } from "./ContentsField.tsx";
import type { FaqForm } from "./form.ts";
import { VariantsField } from "./VariantsField.tsx";

type Props = {
  faq: Faq | null;
  form: FaqForm;
  canWrite: boolean;
  onChange: (change: Partial<FaqForm>) => void;
  onConfirmed: (faq: Faq) => void;
};

export function MoreFields({ faq, form, canWrite, onChange, onConfirmed }: Props) {
  const { t } = useTranslation();
  const { extras } = form;
  const set = (change: Partial<FaqExtras>) => onChange({ extras: { ...extras, ...change } });
  const area = (label: string, text: string, change: (next: string) => void, hint = "", lang?: "en") => (
    <Field label={label} hint={hint}>
      {(control) => (
        <Input.TextArea
          {...control}
          {...(lang ? { lang } : {})}
          className="grow"
          rows={2}
          maxLength={4_000}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  );
  const items = [
    {
      key: "contents",
      label: counted(t("faqWork.more.contents"), extras.contents.length),
      children: (
        <>
          <p className="field-hint">{t("faqWork.more.contentsHint")}</p>
          <ContentsField value={extras.contents} onChange={(contents) => set({ contents })} />
        </>
      ),
    },
    {
      key: "negatives",
      label: t("knowledge.negatives"),
      children: area(
        t("knowledge.negatives"),
        form.negatives,
        (negatives) => onChange({ negatives }),
        t("knowledge.negativesHint"),
      ),
    },
    {
      key: "variants",
      label: counted(t("faqWork.more.variants"), extras.variants.length),
      children: <VariantsField value={extras.variants} onChange={(variants) => set({ variants })} />,
    },
    {
      key: "related",
      label: counted(t("faqWork.more.related"), extras.related.length),
      children: <RelatedFields faq={faq} extras={extras} onChange={set} />,
    },
    {
      key: "english",
      label: t("knowledge.english"),
      children: (
        <>
          <Field label={t("knowledge.questionEn")}>
            {(control) => (
              <Input
                {...control}
                lang="en"
                maxLength={500}
                value={form.questionEn}
                onChange={(event) => onChange({ questionEn: event.target.value })}
              />
            )}
          </Field>
          {area(t("knowledge.answerEn"), form.answerEn, (answerEn) => onChange({ answerEn }), "", "en")}
        </>
      ),
    },
    {
      key: "spoken",
      label: t("faqWork.more.spoken"),
      children: (
        <>
          {area(
            t("faqWork.more.spoken"),
            extras.spoken,
            (spoken) => set({ spoken }),
            t("faqWork.more.spokenHint"),
          )}
          {area(t("faqWork.more.spokenEn"), extras.spokenEn, (spokenEn) => set({ spokenEn }), "", "en")}
        </>
      ),
    },
    {
      key: "life",
      label: t("faqWork.more.life"),
      children: (
        <LifeFields faq={faq} extras={extras} canWrite={canWrite} onChange={set} onConfirmed={onConfirmed} />
      ),
    },
  ];
  return <Collapse ghost items={items} />;
}

function counted(label: string, count: number): string {
  return count === 0 ? label : `${label} · ${String(count)}`;
}

type ExtrasProps = { faq: Faq | null; extras: FaqExtras; onChange: (change: Partial<FaqExtras>) => void };

function RelatedFields({ faq, extras, onChange }: ExtrasProps) {
  const { t } = useTranslation();
  const faqs = useQuery({
    queryKey: [...queryKeys.faqs, "", ""],
    queryFn: ({ signal }) => call(routes.listFaqs, { query: {}, signal }),
  });
  const options = (faqs.data?.faqs ?? [])
    .filter(({ slug }) => slug !== faq?.slug && !slug.startsWith("small-talk."))
    .map(({ slug, question }) => ({ value: slug, label: question }));
  return (
    <>
      <Field label={t("faqWork.more.related")} hint={t("faqWork.more.relatedHint")}>
        {({ id }) => (
          <Select
            id={id}
            mode="multiple"
            maxCount={mostRelated}
            optionFilterProp="label"
            value={extras.related}
            onChange={(related) => onChange({ related })}
            options={options}
          />
        )}
      </Field>
      <Field label={t("faqWork.more.offersRelated")}>
        {({ id }) => (
          <span>
            <Switch
              id={id}
              checked={extras.offersRelated}
              onChange={(offersRelated) => onChange({ offersRelated })}
            />
          </span>
        )}
      </Field>
    </>
  );
}

function LifeFields({
  faq,
  extras,
  canWrite,
  onChange,
  onConfirmed,
}: ExtrasProps & { canWrite: boolean; onConfirmed: (faq: Faq) => void }) {
  const { t } = useTranslation();
  const members = useQuery({ queryKey: queryKeys.members, queryFn: () => call(routes.listMembers) });
  return (
    <>
      <div className="fields">
        <Field label={t("faqWork.more.owner")}>
          {({ id }) => (
            <Select
              id={id}
              allowClear
              placeholder={t("faqWork.more.nobody")}
              value={extras.ownerId}
              onChange={(ownerId) => onChange({ ownerId: ownerId ?? null })}
              options={(members.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
            />
          )}
        </Field>
        <Field label={t("faqWork.more.expiresOn")} hint={t("faqWork.more.expiresHint")}>
          {(control) => (
            <Input
              {...control}
              type="date"
              value={extras.expiresOn ?? ""}
              onChange={(event) => onChange({ expiresOn: event.target.value || null })}
            />
          )}
        </Field>
      </div>
      {faq ? <Checked faq={faq} canWrite={canWrite} onConfirmed={onConfirmed} /> : null}
    </>
  );
}

/** A date that is near is moved on by as long as most prices and rules hold. */
const extendDays = 180;

export function Checked({
  faq,
  canWrite,
  onConfirmed,
}: {
  faq: Faq;
  canWrite: boolean;
  onConfirmed: (faq: Faq) => void;
}) {
  const { t } = useTranslation();
  const act = useAct();
  const confirm = () =>
    act.run(
      async () =>
        onConfirmed(await call(routes.confirmFaq, { params: { id: faq.id }, body: { extendDays } })),
      t("faqWork.more.confirmed"),
    );
  return (
    <p className="row-line">
      <span className="soft">
        {faq.checkedOn ? t("faqWork.more.checkedOn", { on: faq.checkedOn }) : t("faqWork.more.neverChecked")}
      </span>
      {canWrite ? (
        <Button size="small" loading={act.isBusy} onClick={() => void confirm()}>
          {t("faqWork.more.stillRight")}
        </Button>
      ) : null}
    </p>
  );
}
