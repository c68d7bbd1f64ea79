// Talks to the draft as a customer would, by the engine that customers meet; shows what was gathered and where the flow
// stands. A talk can be kept as a test dialogue.
import type { FlowTrialEvent, FlowTrialReply } from "@yingda/contract";
import { Button, Checkbox, Input, Select } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Icon } from "../../../components/Icon.tsx";
import { showToast } from "../../../components/toast.ts";
import { useAct } from "../../../components/use-act.ts";
import { addDialogue, type TalkLine } from "./dialogue-text.ts";
import { TrialLine } from "./TrialLine.tsx";
import { TrialTool } from "./TrialTool.tsx";
import { useEditor } from "./use-editor.ts";

const events = ["time-passes", "asked-something-else", "asked-for-human"] as const;
const eventNames = {
  "time-passes": "timePasses",
  "asked-something-else": "somethingElse",
  "asked-for-human": "human",
} as const;

export function TrialPane() {
  const { t, i18n } = useTranslation();
  const editor = useEditor();
  const act = useAct();
  const [talk, setTalk] = useState<TalkLine[]>([]);
  const [reply, setReply] = useState<FlowTrialReply | null>(null);
  const [begunAt, setBegunAt] = useState("");
  const [text, setText] = useState("");
  const [isToolAuto, setToolAuto] = useState(true);
  const [locale, setLocale] = useState<"zh" | "en">(i18n.language === "en" ? "en" : "zh");
  const isOver = reply !== null && reply.run === null;
  const last = talk.at(-1);
  const openTool =
    !isOver && talk.findLast((line) => line.kind === "tool") !== undefined ? lastOpenTool(talk) : null;

  const send = (event: FlowTrialEvent, heard: TalkLine | null) =>
    act.run(async () => {
      const isNew = reply === null;
      const now = await call(routes.tryFlow, {
        body: { yaml: editor.written.yaml, run: reply?.run ?? null, event, locale, isToolAuto },
      });
      if (isNew) setBegunAt(new Date().toISOString());
      setTalk((before) => [...before, ...(heard === null ? [] : [heard]), ...now.lines]);
      setReply(now);
      editor.setPath(now.path.length > 0 ? now.path : now.step === null ? [] : [now.step]);
      setText("");
    });
  const say = (words: string) => {
    const said = words.trim();
    if (said !== "") void send({ kind: "said", text: said }, { kind: "customer", text: said });
  };
  const restart = () => {
    setTalk([]);
    setReply(null);
    editor.setPath([]);
  };
  const record = () => {
    const first = talk.find((line) => line.kind === "customer");
    const name = first?.kind === "customer" ? first.text.slice(0, 40) : "";
    const recorded = { name, locale, at: begunAt, talk };
    const dialogues = addDialogue(editor.written.dialogues, editor.detail.id, recorded);
    if (dialogues === null) {
      showToast("error", t("flows.dialogues.unreadable", { detail: "" }));
      editor.setView("dialogues");
      return;
    }
    editor.setDialogues(dialogues);
    showToast("success", t("flows.trial.recorded"));
  };
  return (
    <div className="flow-trial">
      <p className="soft">{t("flows.trial.lead")}</p>
      <div className="row-line">
        <Checkbox checked={isToolAuto} onChange={(event) => setToolAuto(event.target.checked)}>
          {t("flows.trial.auto")}
        </Checkbox>
        <Select
          size="small"
          aria-label={t("flows.trial.language")}
          value={locale}
          disabled={reply !== null}
          onChange={setLocale}
          options={[
            { value: "zh" as const, label: t("flows.step.zh") },
            { value: "en" as const, label: t("flows.step.en") },
          ]}
        />
        <Button size="small" disabled={talk.length === 0} onClick={restart}>
          {t("flows.trial.restart")}
        </Button>
      </div>
      <div role="log" aria-live="polite" className="flow-talk">
        {talk.length === 0 ? <p className="soft">{t("flows.trial.begin")}</p> : null}
        {talk.map((line, at) =>
          line.kind === "timer" && at < talk.length - 1 ? null : (
            <TrialLine
              key={`${String(at)}-${line.kind}`}
              line={line}
              onChoose={line === last || isLastSaid(talk, at) ? say : null}
            />
          ),
        )}
      </div>
      {openTool ? (
        <TrialTool
          tool={openTool.tool}
          onAnswer={(answer) => void send({ kind: "tool", ...answer }, null)}
          isBusy={act.isBusy}
        />
      ) : isOver ? null : (
        <form
          className="row-line"
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            say(text);
          }}
        >
          <Input
            aria-label={t("flows.trial.hint")}
            placeholder={t("flows.trial.hint")}
            style={{ flex: 1, minInlineSize: 140 }}
            maxLength={2_000}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <Button type="primary" htmlType="submit" loading={act.isBusy}>
            {t("flows.trial.send")}
          </Button>
        </form>
      )}
      {reply !== null && !isOver && openTool === null ? (
        <section className="row-line" aria-label={t("flows.trial.events")}>
          {events.map((kind) => (
            <Button
              key={kind}
              size="small"
              disabled={act.isBusy}
              onClick={() => void send({ kind }, { kind: "event", event: kind })}
            >
              {t(`flows.trial.${eventNames[kind]}`)}
            </Button>
          ))}
        </section>
      ) : null}
      {reply !== null && reply.slots.length > 0 ? (
        <section aria-label={t("flows.trial.slots")}>
          <h3>{t("flows.trial.slots")}</h3>
          <dl className="flow-slots">
            {reply.slots.map(({ id, label, value }) => (
              <div key={id}>
                <dt>{label || id}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {reply !== null && reply.trace.length > 0 ? (
        <details>
          <summary>{t("flows.trial.why")}</summary>
          <ol className="flow-trace">
            {reply.trace.map(({ step, code, values }, at) => (
              <li key={`${String(at)}-${code}`}>
                <code>{step}</code> {code}{" "}
                <span className="soft">
                  {Object.entries(values)
                    .map(([name, value]) => `${name}=${String(value)}`)
                    .join(" ")}
                </span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      {talk.length > 1 && editor.canWrite && openTool === null ? (
        <Button icon={<Icon name="check" size={14} />} onClick={record}>
          {t("flows.trial.record")}
        </Button>
      ) : null}
    </div>
  );
}

/** Choices of the latest words can be pressed, those before cannot. */
function isLastSaid(talk: readonly TalkLine[], at: number): boolean {
  return talk.findLastIndex(({ kind }) => kind === "said") === at && talk.at(-1)?.kind === "timer";
}

function lastOpenTool(talk: readonly TalkLine[]): Extract<TalkLine, { kind: "tool" }> | null {
  const tools = talk.filter((line): line is Extract<TalkLine, { kind: "tool" }> => line.kind === "tool");
  const last = tools.at(-1);
  return last !== undefined && last.answer === undefined && last.fails === undefined ? last : null;
}
