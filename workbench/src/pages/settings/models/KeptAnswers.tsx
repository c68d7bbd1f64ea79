// Answers of the model that are given again without a call; the owner may end them all.
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { useAct } from "../../../components/use-act.ts";
import { queryKeys } from "../../../live/queries.ts";

export function KeptAnswers({ count }: { count: number }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const empty = () =>
    act.run(async () => {
      await call(routes.emptyKeptAnswers);
      await queries.invalidateQueries({ queryKey: queryKeys.languageModels });
    }, t("models.keptEmptied"));
  return (
    <div className="spread models-kept">
      <span>
        {t("models.kept", { count })} <span className="soft">{t("models.keptHint")}</span>
      </span>
      <Button size="small" disabled={count === 0} loading={act.isBusy} onClick={() => void empty()}>
        {t("models.keptEmpty")}
      </Button>
    </div>
  );
}
