// A customer's question put to the rules as they stand in the editor: what was heard, what would be said, and why.
import type { PolicySource, PolicyTrialReply } from "@yingda/contract";
import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Section } from "../../../components/Page.tsx";
import { useAct } from "../../../components/use-act.ts";
import { useLanguage } from "./use-language.ts";

export function PolicyTrial({ source }: { source: PolicySource | string }) {
  const { t } = useTranslation();
  const act = useAct();
  const [text, setText] = useState("");
  const [reply, setReply] = useState<PolicyTrialReply | null>(null);
  const ask = () =>
    act.run(async () => setReply(await call(routes.tryPolicy, { body: { source, text: text.trim() } })));
  return (
    <Section title={t("knowledge.policies.try")} lead={t("knowledge.policies.tryHint")}>
      <form
        className="row-line policy-trial"
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== "") void ask();
        }}
      >
        <Input
          aria-label={t("knowledge.policies.try")}
          placeholder={t("knowledge.policies.tryExample")}
          maxLength={500}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" loading={act.isBusy} disabled={text.trim() === ""}>
          {t("knowledge.policies.tryAsk")}
        </Button>
      </form>
      <div aria-live="polite">{reply ? <TrialReply reply={reply} /> : null}</div>
    </Section>
  );
}

function TrialReply({ reply }: { reply: PolicyTrialReply }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (reply.kind === "problems")
    return (
      <>
        <p className="problem">{t("knowledge.policies.problems")}</p>
        <ul>
          {reply.problems.map(({ path, words }) => (
            <li key={`${path} ${words.en}`}>
              <code>{path}</code> {words[language]}
            </li>
          ))}
        </ul>
      </>
    );
  return (
    <>
      <p className="soft">
        {reply.read.map(({ called, quote }) => (
          <span key={called.en}>{t("knowledge.policies.tryRead", { called: called[language], quote })} </span>
        ))}
        {reply.unclear.map((called) => (
          <span key={called.en}>{t("knowledge.policies.tryUnclear", { called: called[language] })} </span>
        ))}
      </p>
      {reply.kind === "missing" ? (
        <p>
          {t("knowledge.policies.tryMissing")} <strong>{reply.question[language]}</strong>
        </p>
      ) : (
        <>
          <p>
            {t("knowledge.policies.tryDecided")} <strong>{reply.words[language]}</strong>
          </p>
          <p className="soft">{reply.cites[language]}</p>
          <ul aria-label={t("knowledge.policies.computed")}>
            {reply.computation.map(({ words }) => (
              <li key={words.en}>{words[language]}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
