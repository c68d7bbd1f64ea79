// Past chats as text: pasted or from a file, looked at first, then added.
import type { PasteReply } from "@yingda/contract";
import { Button, Drawer, Input } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { textOfFile } from "../../components/text-of-file.ts";
import { useAct } from "../../components/use-act.ts";

export function PasteDrawer({ onClose, onAdded }: { onClose: () => void; onAdded: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const act = useAct();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [seen, setSeen] = useState<PasteReply | null>(null);
  const take = (next: string) => {
    setText(next);
    setSeen(null);
  };
  const look = () =>
    act.run(async () => setSeen(await call(routes.pasteRehearsal, { body: { text, isDryRun: true } })));
  const add = () =>
    act.run(async () => {
      await call(routes.pasteRehearsal, { body: { text } });
      await onAdded();
      onClose();
    }, t("rehearsal.added"));
  return (
    <Drawer open title={t("rehearsal.addTitle")} size={640} mask={{ closable: false }} onClose={onClose}>
      <div className="stack">
        <Field label={t("rehearsal.addTitle")} hint={t("rehearsal.addHint")}>
          {(control) => (
            <Input.TextArea
              {...control}
              rows={14}
              placeholder={t("rehearsal.addExample")}
              value={text}
              onChange={(event) => take(event.target.value)}
            />
          )}
        </Field>
        <input
          ref={file}
          type="file"
          hidden
          accept=".txt,.csv,.jsonl,text/plain"
          aria-label={t("rehearsal.addFile")}
          onChange={(event) => {
            const picked = event.target.files?.[0];
            event.target.value = "";
            if (picked) void textOfFile(picked).then(take);
          }}
        />
        <div className="row-line">
          <Button onClick={() => file.current?.click()}>{t("rehearsal.addFile")}</Button>
          <Button loading={act.isBusy} disabled={text.trim() === ""} onClick={() => void look()}>
            {t("rehearsal.look")}
          </Button>
          <Button
            type="primary"
            loading={act.isBusy}
            disabled={seen === null || seen.conversations === 0}
            onClick={() => void add()}
          >
            {t("rehearsal.confirm")}
          </Button>
        </div>
        {seen ? (
          <div aria-live="polite">
            <p>{t("rehearsal.found", { conversations: seen.conversations, lines: seen.lines })}</p>
            <ul>
              {seen.problems.map(({ line, code }) => (
                <li className="problem" key={line}>
                  {t(`rehearsal.problems.${code}`, { line })}
                </li>
              ))}
            </ul>
            <ol>
              {seen.sample.map((lines) => (
                <li key={lines.join("\n")}>{lines.join(" / ")}</li>
              ))}
            </ol>
          </div>
        ) : null}
      </div>
    </Drawer>
  );
}
