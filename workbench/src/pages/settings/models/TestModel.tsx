// One small real call with what stands in the form: how long it has been running, then the answer or the true error.
import type { LanguageModelDraft, LanguageModelId, LanguageModelTest } from "@yingda/contract";
import { Alert, Button } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { spanText } from "../../../components/time-words.ts";
import { useAct } from "../../../components/use-act.ts";

type Tested = { draft: string; result: LanguageModelTest };

export function TestModel({
  draft,
  id,
  size,
}: {
  draft: LanguageModelDraft | null;
  /** The stored model whose key is used when none was typed. */
  id: LanguageModelId | null;
  size?: "large";
}) {
  const { t } = useTranslation();
  const act = useAct();
  const [tested, setTested] = useState<Tested | null>(null);
  const seconds = useSeconds(act.isBusy);
  const now = JSON.stringify(draft);
  const test = () =>
    act.run(async () => {
      setTested(null);
      const result = await call(routes.testLanguageModel, {
        body: { choice: draft as LanguageModelDraft, id },
      });
      setTested({ draft: now, result });
    });
  const result = tested?.draft === now ? tested.result : null;
  return (
    <div className="models-test">
      <Button
        {...(size ? { size } : {})}
        disabled={draft === null}
        loading={act.isBusy}
        onClick={() => void test()}
      >
        {t("models.test")}
      </Button>
      <div role="status">
        {act.isBusy ? <span className="soft number">{t("models.testing", { seconds })}</span> : null}
        {result ? <Outcome result={result} /> : null}
      </div>
    </div>
  );
}

function Outcome({ result }: { result: LanguageModelTest }) {
  const { t } = useTranslation();
  if (result.kind === "works")
    return (
      <Alert
        className="models-outcome"
        type="success"
        showIcon
        title={t("models.works", { reply: result.reply, seconds: (result.tookMs / 1_000).toFixed(1) })}
      />
    );
  const { code, said, status, retryAfterMs } = result;
  const wait = retryAfterMs === null ? "" : ` ${spanText(retryAfterMs, t)}`;
  return (
    <Alert
      className="models-outcome"
      type="error"
      showIcon
      title={`${t(`errors.${code}`)}${wait}`}
      description={
        said || status !== null ? (
          <span className="models-said">
            {t("models.said", { said: said || "—", status: status === null ? "" : `HTTP ${String(status)}` })}
          </span>
        ) : undefined
      }
    />
  );
}

/** Whole seconds since `isRunning` became true. */
function useSeconds(isRunning: boolean): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    if (!isRunning) return setSeconds(0);
    const timer = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(timer);
  }, [isRunning]);
  return seconds;
}
