// "Try it": ask like a customer, see the answer and why. Nothing is recorded; several questions stay together as one talk.

import { useQuery } from "@tanstack/react-query";
import type { AskReply } from "@yingda/contract";
import { Button, Input, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { TraceSteps } from "../../components/TraceSteps.tsx";
import { useAct } from "../../components/use-act.ts";
import { Decided, type OpenCandidate } from "./Decided.tsx";
import { draftsQuery } from "./editor/queries.ts";
import { TryCase, usualCase } from "./TryCase.tsx";
import { TryContents } from "./TryContents.tsx";

type Asked = { question: string; reply: AskReply };
/** The first, and up to two more that it might have been. */
function isWorthShowing({ confidence }: { confidence: number }, index: number): boolean {
  return index === 0 || (index < 3 && confidence >= 0.01);
}
const newTalk = () => Math.random().toString(36).slice(2);
type Availability = "open" | "queueing" | "closed" | "nobody";

export type TryItProps = { onAdd: ((question: string) => void) | null; onOpen: OpenCandidate };

export function TryIt({ onAdd, onOpen }: TryItProps) {
  const { t, i18n } = useTranslation();
  const act = useAct();
  const [talk, setTalk] = useState(newTalk);
  const [text, setText] = useState("");
  const [availability, setAvailability] = useState<Availability>("open");
  const [asked, setAsked] = useState<Asked[]>([]);
  const [area, setArea] = useState<"live" | "test">("live");
  const drafts = useQuery(draftsQuery);
  const hasDrafts = (drafts.data?.length ?? 0) > 0;
  const [situation, setSituation] = useState(usualCase);
  const ask = async (question: string) => {
    if (!question) return;
    await act.run(async () => {
      const locale = i18n.language === "en" ? "en" : "zh-CN";
      const { at, ...who } = situation;
      const when = at === "" ? {} : { at: new Date(at).toISOString() };
      const reply = await call(routes.tryIt, {
        body: {
          ...who,
          ...when,
          text: question,
          availability,
          conversation: `${talk}-${area}`,
          locale,
          area,
        },
      });
      setAsked((before) => [...before, { question, reply }]);
      setText((now) => (now.trim() === question ? "" : now)); // the next one may be typed already
    });
  };
  return (
    <div className="stack">
      <p className="soft">{t("knowledge.tryEmpty")}</p>
      {hasDrafts || area === "test" ? (
        <Radio.Group
          aria-label={t("faqWork.area.label")}
          optionType="button"
          value={area}
          onChange={(event) => setArea(event.target.value)}
          options={[
            { value: "live", label: t("faqWork.area.live") },
            { value: "test", label: t("faqWork.area.test") },
          ]}
        />
      ) : null}
      <TryCase
        value={situation}
        onChange={(next) => {
          setSituation(next);
          setTalk(newTalk()); // another customer remembers nothing of the first
        }}
      />
      <div role="log" aria-live="polite" className="stack">
        {asked.map(({ question, reply }, index) => (
          <article key={`${String(index)}-${question}`} className="stack">
            <p className="try-asked">{question}</p>
            <div className="try-answer">
              <TryContents reply={reply} onAsk={(label) => void ask(label)} />
              {reply.candidates.length > 0 ? (
                <details open={index === asked.length - 1}>
                  <summary>{t("knowledge.candidates")}</summary>
                  <ul className="knowledge-candidates">
                    {reply.candidates.filter(isWorthShowing).map((one) => (
                      <li key={one.faq}>
                        <strong>{one.question}</strong>{" "}
                        <span className="soft">
                          {t("knowledge.confidence", { percent: Math.round(one.confidence * 100) })}
                        </span>
                        <Decided candidate={one} onOpen={onOpen} />
                      </li>
                    ))}
                  </ul>
                </details>
              ) : null}
              <details open={index === asked.length - 1}>
                <summary>{t("knowledge.why")}</summary>
                <TraceSteps reply={reply} />
              </details>
              {onAdd && reply.outcome !== "answer" && reply.outcome !== "small-talk" ? (
                <Button size="small" onClick={() => onAdd(question)}>
                  {t("knowledge.addFromTry")}
                </Button>
              ) : null}
            </div>
          </article>
        ))}
      </div>
      <form
        className="row-line"
        onSubmit={(event) => {
          event.preventDefault();
          void ask(text.trim());
        }}
      >
        <Input
          aria-label={t("knowledge.tryHint")}
          placeholder={t("knowledge.tryHint")}
          style={{ flex: 1, minInlineSize: 200 }}
          autoFocus
          maxLength={4_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Select
          aria-label={t("knowledge.tryAs")}
          value={availability}
          onChange={setAvailability}
          options={[
            { value: "open" as const, label: t("knowledge.tryOpen") },
            { value: "queueing" as const, label: t("knowledge.tryQueueing") },
            { value: "closed" as const, label: t("knowledge.tryClosed") },
            { value: "nobody" as const, label: t("knowledge.tryNobody") },
          ]}
        />
        <Button type="primary" htmlType="submit" loading={act.isBusy}>
          {t("knowledge.tryAsk")}
        </Button>
      </form>
    </div>
  );
}
