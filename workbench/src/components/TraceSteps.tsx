/**
 * The bot's reasons in plain words: outcome, how sure it was, and each step that mattered. Shared by the inbox ("why did
 * it say this?") and the knowledge page ("try it"). Codes come from the server's brain; a code this build does not know
 * is left out rather than shown raw.
 */
import type { RouteReply, routes } from "@yingda/contract";
import i18next, { type TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import "../styles/trace.css";

type Entry = RouteReply<typeof routes.getTrace>["trace"][number];
export type TraceReply = {
  outcome: string;
  faq: string | null;
  confidence: number;
  trace: readonly Entry[];
  tookMs: number;
};

/** A sentence under `trace.<group>.<code>`; null when this build has none. */
function sentence(
  group: "because" | "step" | "outcome",
  code: string,
  values: Entry["because"]["values"],
  t: TFunction,
): string | null {
  const key = `trace.${group}.${code}`;
  const shown: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(values))
    shown[name] =
      typeof value === "number" && !Number.isInteger(value) ? percent(value) : inWords(name, value, t);
  return i18next.exists(key) ? t(key as "trace.title", shown) : null;
}

const moods = ["negative", "neutral", "positive"] as const;

/** Values that are codes themselves are put into words. */
function inWords(name: string, value: string | number, t: TFunction): string | number {
  const mood = name === "mood" ? moods.find((one) => one === value) : undefined;
  return mood ? t(`trace.moods.${mood}`) : value;
}

function percent(share: number): string {
  return `${String(Math.round(share * 100))}%`;
}

export function TraceSteps({ reply }: { reply: TraceReply }) {
  const { t } = useTranslation();
  const [isFull, setFull] = useState(false);
  const acted = reply.trace.filter((entry) => entry.decided !== "pass");
  const shown = isFull ? reply.trace : acted;
  return (
    <div className="trace">
      <p className="trace-outcome">
        <strong>{sentence("outcome", reply.outcome, {}, t) ?? reply.outcome}</strong>
        {reply.faq ? <code>{reply.faq}</code> : null}
      </p>
      <Confidence share={reply.confidence} />
      <ol className="trace-steps">
        {shown.map((entry, index) => (
          <Step key={`${entry.step}-${String(index)}`} entry={entry} />
        ))}
      </ol>
      <p className="state-fine number">
        {t("trace.took", { ms: reply.tookMs < 10 ? reply.tookMs.toFixed(1) : Math.round(reply.tookMs) })}
      </p>
      {acted.length < reply.trace.length ? (
        <button
          type="button"
          className="plain text-button"
          aria-expanded={isFull}
          onClick={() => setFull(!isFull)}
        >
          {isFull ? t("trace.fewer") : t("trace.all")}
        </button>
      ) : null}
    </div>
  );
}

/** How sure it was, as a bar with its words. */
function Confidence({ share }: { share: number }) {
  const { t } = useTranslation();
  return (
    <div className="trace-confidence">
      <span className="trace-bar" aria-hidden="true">
        <span style={{ inlineSize: percent(share) }} />
      </span>
      <span className="number">{t("trace.confidence", { share: percent(share) })}</span>
    </div>
  );
}

function Step({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const reason = sentence("because", entry.because.code, entry.because.values, t);
  return (
    <li className={entry.decided === "pass" ? "trace-step trace-pass" : "trace-step"}>
      <strong>{sentence("step", entry.step, {}, t) ?? entry.step}</strong>
      {reason ? <span>{reason}</span> : null}
      {entry.saw ? <span className="soft trace-saw">{t("trace.saw", { what: entry.saw })}</span> : null}
    </li>
  );
}
