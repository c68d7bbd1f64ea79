// One line of a trial: somebody's words, a tool's question and answer, or what happened.
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { spanText } from "../../../components/time-words.ts";
import type { TalkLine } from "./dialogue-text.ts";

export function TrialLine({ line, onChoose }: { line: TalkLine; onChoose: ((text: string) => void) | null }) {
  const { t } = useTranslation();
  switch (line.kind) {
    case "customer":
      return <p className="flow-said flow-said-customer">{line.text}</p>;
    case "said":
      return (
        <div className="flow-said">
          <p>{line.text}</p>
          {line.choices.length > 0 ? (
            <div className="row-line">
              {line.choices.map(({ value, label }) => (
                <Button
                  key={value}
                  size="small"
                  disabled={onChoose === null}
                  onClick={() => onChoose?.(label)}
                >
                  {label}
                </Button>
              ))}
            </div>
          ) : null}
        </div>
      );
    case "tool":
      return (
        <div className="flow-event">
          <strong>{t("flows.trial.tool", { tool: line.tool })}</strong>
          {Object.entries(line.input).map(([name, value]) => (
            <span key={name}>
              {name}: {shown(value)}
            </span>
          ))}
          {line.fails === undefined ? null : <em>{t(`flows.trial.toolFails.${line.fails}`)}</em>}
          {Object.entries(line.answer ?? {}).map(([name, value]) => (
            <span key={`answer-${name}`} className="soft">
              → {name}: {shown(value)}
            </span>
          ))}
        </div>
      );
    case "event":
      return (
        <p className="flow-event">
          {t(
            line.event === "time-passes"
              ? "flows.trial.timePasses"
              : line.event === "asked-for-human"
                ? "flows.trial.human"
                : "flows.trial.somethingElse",
          )}
        </p>
      );
    case "hand-over":
      return (
        <div className="flow-event">
          <strong>{t("flows.trial.handOver")}</strong>
          <span className="flow-summary">{line.summary}</span>
        </div>
      );
    case "ticket":
      return (
        <div className="flow-event">
          <strong>{t("flows.trial.ticket")}</strong>
          <span className="flow-summary">{line.summary}</span>
        </div>
      );
    case "timer":
      return (
        <p className="flow-timer">{t("flows.trial.timer", { time: spanText(line.seconds * 1_000, t) })}</p>
      );
    case "ended":
      return (
        <p className="flow-event">
          {t("flows.trial.ended", { outcome: t(`flows.trial.outcomes.${line.outcome as "done"}`) })}
        </p>
      );
    default:
      return line satisfies never;
  }
}

/** Money and lists in a few words. */
function shown(value: unknown): string {
  if (typeof value === "string" || typeof value === "number") return String(value);
  return (JSON.stringify(value) ?? "").slice(0, 200);
}
