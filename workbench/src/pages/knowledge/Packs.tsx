// Industry packs, each switched on or off.
import { useQuery } from "@tanstack/react-query";
import { Switch } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";

export function Packs({ onChanged }: { onChanged: () => Promise<unknown> }) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const packs = useQuery({ queryKey: queryKeys.packs, queryFn: () => call(routes.listPacks) });
  if (packs.isPending) return <BlockSkeleton />;
  if (packs.error) return <ErrorState error={packs.error} onRetry={packs.refetch} />;
  return (
    <>
      <p className="soft">{t("knowledge.packsLead")}</p>
      <ul className="plain-list">
        {packs.data.map((pack) => {
          const name = i18n.language === "en" ? pack.nameEn : pack.name;
          return (
            <li key={pack.slug} className="spread">
              <div>
                <strong>{name}</strong>
                <div className="soft">{t("setup.faqCount", { count: pack.faqCount })}</div>
              </div>
              <Switch
                aria-label={name}
                checked={pack.isOn}
                loading={act.isBusy}
                onChange={(isOn) =>
                  void act.run(async () => {
                    await call(routes.switchPack, { params: { slug: pack.slug }, body: { isOn } });
                    await onChanged();
                  }, t("common.saved"))
                }
              />
            </li>
          );
        })}
      </ul>
    </>
  );
}
