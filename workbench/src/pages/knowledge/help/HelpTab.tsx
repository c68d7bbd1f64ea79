// The public help centre: on or off, its title, and which FAQs anybody may read. Nothing is public that is not chosen here.
import { useQuery } from "@tanstack/react-query";
import type { Faq, HelpSettings } from "@yingda/contract";
import { Button, Checkbox, Input, Switch } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { CopyField } from "../../../components/CopyField.tsx";
import { Field } from "../../../components/Field.tsx";
import { Section } from "../../../components/Page.tsx";
import { ErrorState, RowSkeletons } from "../../../components/states.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import type { TabProps } from "../tab.tsx";
import "../products/products.css";

export function HelpTab({ canWrite }: TabProps) {
  const settings = useQuery({
    queryKey: queryKeys.help,
    queryFn: ({ signal }) => call(routes.getHelpSettings, { signal }),
  });
  const faqs = useQuery({
    queryKey: ["product-faqs"],
    queryFn: ({ signal }) => call(routes.listFaqs, { signal }),
  });
  if (settings.isPending || faqs.isPending)
    return (
      <Section>
        <RowSkeletons count={4} />
      </Section>
    );
  const error = settings.error ?? faqs.error;
  if (error) return <ErrorState error={error} onRetry={settings.error ? settings.refetch : faqs.refetch} />;
  return (
    <HelpForm
      key={settings.data?.version}
      settings={settings.data as HelpSettings}
      faqs={faqs.data?.faqs ?? []}
      canWrite={canWrite}
    />
  );
}

type FormProps = { settings: HelpSettings; faqs: readonly Faq[]; canWrite: boolean };

function HelpForm({ settings, faqs, canWrite }: FormProps) {
  const { t } = useTranslation();
  const act = useAct();
  const [draft, setDraft] = useState(settings);
  const change = (changes: Partial<HelpSettings>) => setDraft((before) => ({ ...before, ...changes }));
  const save = () =>
    act.run(async () => {
      const known = new Set(faqs.map(({ slug }) => slug));
      const body = { ...draft, faqs: draft.faqs.filter((slug) => known.has(slug)) };
      queryClient.setQueryData(queryKeys.help, await call(routes.setHelpSettings, { body }));
    }, t("knowledge.helpCentre.saved"));
  const title = (language: "zh" | "en") => (
    <Field label={t(language === "zh" ? "knowledge.helpCentre.name" : "knowledge.helpCentre.nameEn")}>
      {(control) => (
        <Input
          {...control}
          maxLength={120}
          readOnly={!canWrite}
          value={draft.title[language]}
          onChange={(event) => change({ title: { ...draft.title, [language]: event.target.value } })}
        />
      )}
    </Field>
  );
  return (
    <Section>
      <div className="stack">
        <p className="soft">
          {t("knowledge.helpCentre.lead")} {t("knowledge.helpCentre.productsHint")}
        </p>
        <div className="row-line">
          <Switch
            aria-label={t("knowledge.helpCentre.isOn")}
            checked={draft.isOn}
            disabled={!canWrite}
            onChange={(isOn) => change({ isOn })}
          />
          {t("knowledge.helpCentre.isOn")}
        </div>
        {settings.isOn ? <Addresses /> : null}
        <div className="product-pair">
          {title("zh")}
          {title("en")}
        </div>
        <div>
          <div className="row-line">
            <Switch
              aria-label={t("knowledge.helpCentre.isIndexed")}
              checked={draft.isIndexed}
              disabled={!canWrite || !draft.isOn}
              onChange={(isIndexed) => change({ isIndexed })}
            />
            {t("knowledge.helpCentre.isIndexed")}
          </div>
          <p className="field-hint">{t("knowledge.helpCentre.isIndexedHint")}</p>
        </div>
        <PublicFaqs
          faqs={faqs}
          chosen={new Set(draft.faqs)}
          canWrite={canWrite}
          onChange={(slugs) => change({ faqs: slugs })}
        />
        {canWrite ? (
          <div className="row-line">
            <Button type="primary" loading={act.isBusy} onClick={() => void save()}>
              {t("common.save")}
            </Button>
          </div>
        ) : null}
      </div>
    </Section>
  );
}

function Addresses() {
  const { t } = useTranslation();
  const inboxes = useQuery({ queryKey: queryKeys.inboxes, queryFn: () => call(routes.listInboxes) });
  const [web] = (inboxes.data ?? []).filter(({ channel, isOn }) => channel === "web" && isOn);
  if (web === undefined) return null;
  const address = `${location.origin}/h/${web.publicKey}`;
  return (
    <div>
      <CopyField value={address} label={t("knowledge.helpCentre.address")} />
      <a href={address} target="_blank" rel="noopener noreferrer">
        {t("knowledge.helpCentre.open")}
      </a>
    </div>
  );
}

type PublicProps = {
  faqs: readonly Faq[];
  chosen: ReadonlySet<string>;
  canWrite: boolean;
  onChange: (slugs: string[]) => void;
};

function PublicFaqs({ faqs, chosen, canWrite, onChange }: PublicProps) {
  const { t } = useTranslation();
  const categories = [...new Set(faqs.map(({ category }) => category))];
  const take = (slugs: readonly string[], isTaken: boolean) => {
    const next = new Set(chosen);
    for (const slug of slugs) {
      if (isTaken) next.add(slug);
      else next.delete(slug);
    }
    onChange(faqs.map(({ slug }) => slug).filter((slug) => next.has(slug)));
  };
  const count = faqs.filter(({ slug }) => chosen.has(slug)).length;
  return (
    <section aria-label={t("knowledge.helpCentre.faqs")}>
      <p className="product-label">
        {t("knowledge.helpCentre.faqs")} ({t("knowledge.helpCentre.chosen", { count })})
      </p>
      <p className="field-hint">{t("knowledge.helpCentre.faqsHint")}</p>
      {faqs.length === 0 ? <p className="soft">{t("knowledge.helpCentre.noFaqs")}</p> : null}
      {categories.map((category) => {
        const own = faqs.filter((faq) => faq.category === category);
        const taken = own.filter(({ slug }) => chosen.has(slug)).length;
        return (
          <details key={category} className="help-category">
            <summary>
              {category || t("knowledge.helpCentre.uncategorised")} {taken}/{own.length}
            </summary>
            <Checkbox
              checked={taken === own.length}
              indeterminate={taken > 0 && taken < own.length}
              disabled={!canWrite}
              onChange={(event) =>
                take(
                  own.map(({ slug }) => slug),
                  event.target.checked,
                )
              }
            >
              <strong>{t("knowledge.helpCentre.all")}</strong>
            </Checkbox>
            {own.map(({ slug, question }) => (
              <Checkbox
                key={slug}
                checked={chosen.has(slug)}
                disabled={!canWrite}
                onChange={(event) => take([slug], event.target.checked)}
              >
                {question}
              </Checkbox>
            ))}
          </details>
        );
      })}
    </section>
  );
}
