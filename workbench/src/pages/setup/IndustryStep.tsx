// Step 1: the trade. A pack brings its questions and answers; "other" starts empty; the demo fills in an imaginary shop.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Icon } from "../../components/Icon.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { meQuery, useMe } from "../../live/session.ts";
import { StepMark } from "./StepMark.tsx";
import type { StepProps } from "./steps.ts";

export function IndustryStep({ now, onNext }: StepProps) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const act = useAct();
  const demo = useAct();
  const packs = useQuery({ queryKey: queryKeys.packs, queryFn: () => call(routes.listPacks) });
  const isBusy = act.isBusy || demo.isBusy;

  const choose = async (slug: string) => {
    const isDone = await act.run(() => call(routes.switchPack, { params: { slug }, body: { isOn: true } }));
    await queries.invalidateQueries();
    if (isDone) onNext();
  };
  const fillDemo = async () => {
    const isDone = await demo.run(() => call(routes.startDemo));
    await queries.invalidateQueries();
    await queries.fetchQuery({ ...meQuery, staleTime: 0 });
    if (isDone) onNext();
  };

  return (
    <section aria-busy={isBusy}>
      <StepMark now={now} />
      <h1>{t("setup.industryTitle")}</h1>
      <p className="soft">{t("setup.industryLead")}</p>
      {packs.isPending ? (
        <BlockSkeleton />
      ) : packs.error ? (
        <ErrorState error={packs.error} onRetry={packs.refetch} />
      ) : (
        <div className="cards">
          {packs.data.map((pack) => (
            <button
              key={pack.slug}
              type="button"
              className="choice-card"
              disabled={isBusy}
              aria-pressed={pack.isOn}
              onClick={() => void choose(pack.slug)}
            >
              <span className="choice-icon">
                <Icon name="tag" size={22} />
              </span>
              <strong>{i18n.language === "en" ? pack.nameEn : pack.name}</strong>
              <span className="soft">{t("setup.faqCount", { count: pack.faqCount })}</span>
            </button>
          ))}
          <button type="button" className="choice-card" disabled={isBusy} onClick={onNext}>
            <span className="choice-icon">
              <Icon name="plus" size={22} />
            </span>
            <strong>{t("setup.other")}</strong>
            <span className="soft">{t("setup.otherText")}</span>
          </button>
          {me.tenant.hasDemo ? null : (
            <button type="button" className="choice-card" disabled={isBusy} onClick={() => void fillDemo()}>
              <span className="choice-icon">
                <Icon name="eye" size={22} />
              </span>
              <strong>{t("setup.demo")}</strong>
              <span className="soft" role={demo.isBusy ? "status" : undefined}>
                {demo.isBusy ? t("setup.demoBusy") : t("setup.demoText")}
              </span>
            </button>
          )}
        </div>
      )}
      <div className="setup-foot">
        <span />
        <Button onClick={onNext} disabled={isBusy}>
          {t("setup.skip")}
        </Button>
      </div>
    </section>
  );
}
