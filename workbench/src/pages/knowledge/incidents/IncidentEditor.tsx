// Writes a pinned statement: what is said, whom it concerns, from when and how long; with a look at what customers see.
import { useQuery } from "@tanstack/react-query";
import type { Incident, IncidentDraft, Spike } from "@yingda/contract";
import { Button, Drawer, Input, Select } from "antd";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../../api.ts";
import { Field } from "../../../components/Field.tsx";
import { useAct } from "../../../components/use-act.ts";
import { queryClient, queryKeys } from "../../../live/queries.ts";
import { useLeave } from "../editor/LeaveDialog.tsx";

const hourMs = 3_600_000;
const lasting = [1, 2, 4, 8, 12, 24, 48, 72, 168] as const;

type Form = Omit<IncidentDraft, "startsAt" | "endsAt"> & { startsAt: string; hours: number };

function formOf(incident: Incident | null, spike: Spike | null): Form {
  if (incident === null)
    return {
      title: "",
      text: "",
      textEn: "",
      words: [],
      faqs: spike ? [spike.faq] : [],
      startsAt: "",
      hours: 4,
    };
  const { title, text, textEn, words, faqs, startsAt, endsAt } = incident;
  const hours = Math.max(1, Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / hourMs));
  return { title, text, textEn, words, faqs, startsAt, hours };
}

/** For an input of type datetime-local: the person's own wall clock. */
function wallClock(instant: string): string {
  if (instant === "") return "";
  const at = new Date(instant);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function IncidentEditor({
  incident,
  spike,
  canWrite,
  onClose,
}: {
  incident: Incident | null;
  spike: Spike | null;
  canWrite: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const act = useAct();
  const [opened] = useState(() => formOf(incident, spike));
  const [form, setForm] = useState(opened);
  const set = (next: Partial<Form>) => setForm({ ...form, ...next });
  const leave = useLeave(canWrite && JSON.stringify(form) !== JSON.stringify(opened), onClose);
  const faqs = useQuery({
    queryKey: [...queryKeys.faqs, "names"],
    queryFn: () => call(routes.listFaqs, { query: {} }),
  });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const isDone = await act.run(async () => {
      const { hours, ...texts } = form;
      const startsAt = form.startsAt === "" ? new Date().toISOString() : form.startsAt;
      // whole hours are a choice: the end that was not chosen anew stays, so that what was ended does not begin again
      const isMoved = incident === null || startsAt !== incident.startsAt || hours !== opened.hours;
      const endsAt = isMoved
        ? new Date(Date.parse(startsAt) + hours * hourMs).toISOString()
        : incident.endsAt;
      const draft = { ...texts, startsAt, endsAt };
      if (incident === null) await call(routes.createIncident, { body: draft });
      else
        await call(routes.updateIncident, {
          params: { id: incident.id },
          body: { ...draft, version: incident.version },
        });
      await queryClient.invalidateQueries({ queryKey: queryKeys.incidents });
    }, t("knowledge.incidents.saved"));
    if (isDone) onClose();
  };
  const isComplete =
    form.title.trim() !== "" && form.text.trim() !== "" && form.words.length + form.faqs.length > 0;
  return (
    <Drawer open title={t("knowledge.incidents.edit")} size={560} onClose={leave.close} destroyOnHidden>
      {leave.dialog}
      <form onSubmit={(event) => void save(event)}>
        <Field label={t("knowledge.incidents.name")}>
          {(control) => (
            <Input
              {...control}
              maxLength={60}
              value={form.title}
              onChange={({ target }) => set({ title: target.value })}
            />
          )}
        </Field>
        {(["text", "textEn"] as const).map((name) => (
          <Field key={name} label={t(`knowledge.incidents.${name}`)}>
            {(control) => (
              <Input.TextArea
                {...control}
                rows={3}
                maxLength={1_000}
                value={form[name]}
                onChange={({ target }) => set({ [name]: target.value })}
              />
            )}
          </Field>
        ))}
        <Field label={t("knowledge.incidents.words")} hint={t("knowledge.incidents.wordsHint")}>
          {(control) => (
            <Select
              {...control}
              mode="tags"
              open={false}
              suffixIcon={null}
              tokenSeparators={[",", "，", "、", "\n"]}
              value={form.words}
              onChange={(words: string[]) => set({ words })}
            />
          )}
        </Field>
        <Field label={t("knowledge.incidents.faqs")}>
          {(control) => (
            <Select
              {...control}
              mode="multiple"
              loading={faqs.isPending}
              showSearch={{ optionFilterProp: "label" }}
              value={form.faqs}
              options={(faqs.data?.faqs ?? []).map(({ slug, question }) => ({
                value: slug,
                label: question,
              }))}
              onChange={(chosen: string[]) => set({ faqs: chosen })}
            />
          )}
        </Field>
        <div className="fields">
          <Field label={t("knowledge.incidents.startsAt")} hint={t("knowledge.incidents.now")}>
            {(control) => (
              <Input
                {...control}
                type="datetime-local"
                value={wallClock(form.startsAt)}
                onChange={({ target }) =>
                  set({ startsAt: target.value === "" ? "" : new Date(target.value).toISOString() })
                }
              />
            )}
          </Field>
          <Field label={t("knowledge.incidents.forHours")}>
            {(control) => (
              <Select
                {...control}
                value={form.hours}
                options={[...new Set([...lasting, form.hours])]
                  .sort((a, b) => a - b)
                  .map((count) => ({ value: count, label: t("knowledge.incidents.hours", { count }) }))}
                onChange={(hours: number) => set({ hours })}
              />
            )}
          </Field>
        </div>
        {form.text.trim() === "" ? null : (
          <>
            <p className="field-hint">{t("knowledge.incidents.preview")}</p>
            <p className="incident-sample">{form.text}</p>
          </>
        )}
        {canWrite ? (
          <Button type="primary" htmlType="submit" loading={act.isBusy} disabled={!isComplete}>
            {t("knowledge.incidents.add")}
          </Button>
        ) : null}
      </form>
    </Drawer>
  );
}
