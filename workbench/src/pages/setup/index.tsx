/**
 * The set-up: the first owner (with the one-time token from the console), then short steps that all have defaults and can
 * be left and found again: trade, shop, channels, a large model (to be skipped), done. Public, because nobody can sign in before it.
 */
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { usePageTitle } from "../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { WordMark } from "../../components/WordMark.tsx";
import { queryKeys } from "../../live/queries.ts";
import { meQuery } from "../../live/session.ts";
import { ChannelStep } from "./ChannelStep.tsx";
import { DoneStep } from "./DoneStep.tsx";
import { IndustryStep } from "./IndustryStep.tsx";
import { LanguageSwitch } from "./LanguageSwitch.tsx";
import { ModelStep } from "./ModelStep.tsx";
import { OwnerStep } from "./OwnerStep.tsx";
import { ShopStep } from "./ShopStep.tsx";
import { readStep, type StepName, stepNames, writeStep } from "./steps.ts";

export default function SetupPage() {
  const { t } = useTranslation();
  usePageTitle(t("setup.title"));
  const state = useQuery({
    queryKey: queryKeys.setupState,
    queryFn: () => call(routes.setupState),
    retry: 2,
  });
  const me = useQuery({ ...meQuery, enabled: state.data?.hasOwner === true });
  const isWaiting = state.isPending || (state.data?.hasOwner === true && me.isPending);
  return (
    <div className="setup">
      <header className="setup-head">
        <WordMark />
        <LanguageSwitch />
      </header>
      {isWaiting ? (
        <main className="setup-body">
          <BlockSkeleton />
        </main>
      ) : state.error ? (
        <ErrorState error={state.error} onRetry={state.refetch} />
      ) : me.data ? (
        <Wizard />
      ) : (
        <main className="setup-body">
          <OwnerStep hasOwner={state.data?.hasOwner ?? false} />
        </main>
      )}
    </div>
  );
}

function Wizard() {
  const navigate = useNavigate();
  const [step, setStep] = useState<StepName>(readStep);
  const number = stepNames.indexOf(step);
  const go = (by: 1 | -1) => {
    const next = stepNames[number + by];
    if (!next) return void navigate({ to: "/launch" });
    writeStep(next);
    setStep(next);
    window.scrollTo(0, 0);
  };
  const props = { now: number + 1, onNext: () => go(1), onBack: () => go(-1) };
  return (
    <main className={step === "shop" || step === "done" ? "setup-body setup-two" : "setup-body"}>
      {step === "industry" ? (
        <IndustryStep {...props} />
      ) : step === "shop" ? (
        <ShopStep {...props} />
      ) : step === "channel" ? (
        <ChannelStep {...props} />
      ) : step === "model" ? (
        <ModelStep {...props} />
      ) : (
        <DoneStep {...props} />
      )}
    </main>
  );
}
