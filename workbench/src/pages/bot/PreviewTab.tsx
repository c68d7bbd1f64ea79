// What the three settings would have done with past questions: sums side by side, and the questions that differ.

import { Link } from "@tanstack/react-router";
import {
  type Boldness,
  boldnesses,
  boldnessOf,
  boldnessThresholds,
  type Foreseen,
  type Inbox,
  type PastQuestion,
  previewedQuestions,
} from "@yingda/contract";
import { Button, Progress, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Section } from "../../components/Page.tsx";
import { EmptyState, ErrorState } from "../../components/states.tsx";
import { useChangeInbox } from "../channels/use-change-inbox.ts";
import { usePreview } from "./use-preview.ts";

const kinds = ["answer", "ask-back", "person"] as const satisfies readonly Foreseen["kind"][];

export function PreviewTab({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation();
  const { state, questions, error, start, stop } = usePreview(inbox.id);
  const isRunning = state === "running";
  const changed = questions.filter(({ byBoldness: { cautious, balanced, bold } }) =>
    [balanced, bold].some((one) => one.kind !== cautious.kind || one.question !== cautious.question),
  );
  return (
    <Section title={t("bot.tabs.preview")} lead={t("bot.preview.lead", { count: previewedQuestions })}>
      <div className="row-line">
        {isRunning ? (
          <Button onClick={stop}>{t("bot.preview.stop")}</Button>
        ) : (
          <Button type="primary" onClick={start}>
            {t(state === "idle" ? "bot.preview.start" : "bot.preview.again")}
          </Button>
        )}
        {isRunning ? (
          <span className="soft" role="status">
            {t("bot.preview.running", { done: questions.length, count: previewedQuestions })}
          </span>
        ) : null}
      </div>
      {isRunning ? (
        <Progress
          aria-label={t("bot.tabs.preview")}
          percent={Math.round((questions.length / previewedQuestions) * 100)}
          showInfo={false}
        />
      ) : null}
      {state === "failed" ? <ErrorState error={error} onRetry={start} /> : null}
      {state === "done" && questions.length === 0 ? (
        <EmptyState isSmall icon="inbox" title={t("bot.preview.empty")} text={t("bot.preview.emptyText")} />
      ) : null}
      {questions.length > 0 ? (
        <>
          <p className="soft">{t("bot.preview.count", { count: questions.length })}</p>
          <Figures inbox={inbox} questions={questions} />
          {changed.length > 0 ? (
            <Changes questions={changed} />
          ) : isRunning ? null : (
            <p>{t("bot.preview.same")}</p>
          )}
        </>
      ) : null}
    </Section>
  );
}

function Figures({ inbox, questions }: { inbox: Inbox; questions: PastQuestion[] }) {
  const { t } = useTranslation();
  const change = useChangeInbox(inbox);
  const current = boldnessOf(inbox.bot.thresholds);
  const take = (name: Boldness) =>
    void change.run({ bot: { ...inbox.bot, thresholds: boldnessThresholds[name] } });
  return (
    <div className="bot-figures">
      {boldnesses.map((name) => (
        <div key={name} className="bot-figure">
          <div className="spread">
            <strong>{t(`bot.boldness.${name}`)}</strong>
            {name === current ? (
              <Tag>{t("bot.preview.current")}</Tag>
            ) : (
              <Button size="small" loading={change.isBusy} onClick={() => take(name)}>
                {t("bot.preview.use")}
              </Button>
            )}
          </div>
          <dl>
            {kinds.map((kind) => (
              <Count key={kind} label={t(`bot.preview.${kind}`)}>
                {questions.filter(({ byBoldness }) => byBoldness[name].kind === kind).length}
              </Count>
            ))}
          </dl>
        </div>
      ))}
    </div>
  );
}

function Count({ label, children }: { label: string; children: number }) {
  return (
    <>
      <dt className="soft">{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Changes({ questions }: { questions: PastQuestion[] }) {
  const { t } = useTranslation();
  return (
    <div className="bot-changes">
      <h3>{t("bot.preview.changes")}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">{t("bot.preview.question")}</th>
            {boldnesses.map((name) => (
              <th key={name} scope="col">
                {t(`bot.boldness.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {questions.map(({ messageId, conversationId, text, byBoldness }) => (
            <tr key={messageId}>
              <td>
                <Link to={`/inbox/${conversationId}`} title={t("bot.preview.open")}>
                  {text}
                </Link>
              </td>
              {boldnesses.map((name) => (
                <td key={name}>
                  {t(`bot.preview.${byBoldness[name].kind}`)}
                  {byBoldness[name].question === null ? null : (
                    <span className="soft"> · {byBoldness[name].question}</span>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
