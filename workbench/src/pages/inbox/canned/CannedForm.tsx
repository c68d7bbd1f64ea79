// One quick reply: title, shortcut, text, for everybody or oneself.

import { useQueryClient } from "@tanstack/react-query";
import type { CannedReply } from "@yingda/contract";
import { Button, Checkbox, Input } from "antd";
import { type FormEvent, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { errorText } from "../../../components/error-text.ts";
import { queryKeys } from "../../../live/queries.ts";

type Draft = { title: string; shortcut: string; text: string; isShared: boolean };
const emptyDraft: Draft = { title: "", shortcut: "", text: "", isShared: true };

function draftOf(reply: CannedReply | null): Draft {
  if (!reply) return emptyDraft;
  const { title, shortcut, text, isShared } = reply;
  return { title, shortcut, text, isShared };
}

export function CannedForm({ reply, onDone }: { reply: CannedReply | null; onDone: () => void }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const id = useId();
  const [draft, setDraft] = useState<Draft>(() => draftOf(reply));
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const set = (change: Partial<Draft>) => setDraft({ ...draft, ...change });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    if (draft.title.trim() === "" || draft.text.trim() === "") {
      setProblem(t("inbox.canned.needed"));
      return;
    }
    setBusy(true);
    try {
      if (reply) await call(routes.updateCannedReply, { params: { id: reply.id }, body: draft });
      else await call(routes.createCannedReply, { body: draft });
      await client.invalidateQueries({ queryKey: queryKeys.cannedReplies });
      onDone();
    } catch (error) {
      setProblem(errorText(error, t));
      setBusy(false);
    }
  };
  return (
    <form className="form-stack" onSubmit={(event) => void save(event)}>
      <label htmlFor={id}>{t("inbox.canned.name")}</label>
      <Input
        id={id}
        value={draft.title}
        maxLength={60}
        autoFocus
        onChange={(event) => set({ title: event.target.value })}
      />
      <label htmlFor={`${id}-text`}>{t("inbox.canned.text")}</label>
      <Input.TextArea
        id={`${id}-text`}
        value={draft.text}
        rows={5}
        maxLength={4_000}
        showCount
        onChange={(event) => set({ text: event.target.value })}
      />
      <label htmlFor={`${id}-shortcut`}>
        {t("inbox.canned.shortcut")} <span className="soft">{t("common.optional")}</span>
      </label>
      <Input
        id={`${id}-shortcut`}
        value={draft.shortcut}
        maxLength={30}
        prefix="/"
        aria-describedby={`${id}-hint`}
        onChange={(event) => set({ shortcut: event.target.value.replaceAll(/[\s/]/g, "") })}
      />
      <p id={`${id}-hint`} className="soft">
        {t("inbox.canned.shortcutHint")}
      </p>
      <Checkbox checked={draft.isShared} onChange={(event) => set({ isShared: event.target.checked })}>
        {t("inbox.canned.shared")}
      </Checkbox>
      {problem ? (
        <p className="problem" role="alert">
          {problem}
        </p>
      ) : null}
      <div className="form-row">
        <Button type="primary" htmlType="submit" loading={isBusy}>
          {t("common.save")}
        </Button>
        <Button onClick={onDone}>{t("common.cancel")}</Button>
      </div>
    </form>
  );
}
