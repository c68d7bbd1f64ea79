// Chats to rehearse out of the shop's own record: which ones, a look at what they would be, then taken behind.
import { useQuery } from "@tanstack/react-query";
import { type Channel, channels, type PastOutcome, pastOutcomes, type RecordPreview } from "@yingda/contract";
import { Button, DatePicker, Drawer, Select } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { MaskedWords } from "./MaskedWords.tsx";

const amounts = [20, 50, 100, 200, 500] as const;
const firstDays = 30;

interface Chosen {
  from: Dayjs;
  /** The last day that counts. */
  to: Dayjs;
  channel: Channel | null;
  tag: string | null;
  outcome: PastOutcome;
  most: number;
  pick: "newest" | "even";
}

export function RecordDrawer({ onClose, onTaken }: { onClose: () => void; onTaken: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const act = useAct();
  const [chosen, setChosen] = useState<Chosen>(() => ({
    from: dayjs().subtract(firstDays, "day"),
    to: dayjs(),
    channel: null,
    tag: null,
    outcome: "all",
    most: 100,
    pick: "newest",
  }));
  const [seen, setSeen] = useState<RecordPreview | null>(null);
  const change = (next: Partial<Chosen>) => {
    setChosen({ ...chosen, ...next });
    setSeen(null);
  };
  const body = {
    ...chosen,
    from: chosen.from.startOf("day").toISOString(),
    to: chosen.to.add(1, "day").startOf("day").toISOString(),
  };
  const look = () => act.run(async () => setSeen(await call(routes.previewRecord, { body })));
  const take = () =>
    act.run(async () => {
      await call(routes.importRecord, { body });
      await onTaken();
      onClose();
    });
  return (
    <Drawer open title={t("rehearsal.record.title")} size={640} mask={{ closable: false }} onClose={onClose}>
      <div className="stack">
        <p className="soft">{t("rehearsal.record.lead")}</p>
        <Choices chosen={chosen} onChange={change} />
        <div className="row-line">
          <Button loading={act.isBusy} onClick={() => void look()}>
            {t("rehearsal.look")}
          </Button>
          <Button
            type="primary"
            loading={act.isBusy}
            disabled={seen === null || seen.taken === 0}
            onClick={() => void take()}
          >
            {t("rehearsal.record.take")}
          </Button>
        </div>
        {seen ? <Seen preview={seen} /> : null}
      </div>
    </Drawer>
  );
}

function Choices({ chosen, onChange }: { chosen: Chosen; onChange: (next: Partial<Chosen>) => void }) {
  const { t } = useTranslation();
  const tags = useQuery({
    queryKey: [...queryKeys.rehearsal, "tags"],
    queryFn: ({ signal }) => call(routes.listTags, { signal }),
  });
  const all = t("rehearsal.record.all");
  return (
    <div className="rehearsal-choices">
      <Field label={t("rehearsal.record.from")}>
        {(control) => (
          <DatePicker
            {...control}
            allowClear={false}
            maxDate={chosen.to}
            value={chosen.from}
            onChange={(from) => from && onChange({ from })}
          />
        )}
      </Field>
      <Field label={t("rehearsal.record.to")}>
        {(control) => (
          <DatePicker
            {...control}
            allowClear={false}
            minDate={chosen.from}
            value={chosen.to}
            onChange={(to) => to && onChange({ to })}
          />
        )}
      </Field>
      <Field label={t("rehearsal.record.outcome")}>
        {(control) => (
          <Select
            {...control}
            value={chosen.outcome}
            options={pastOutcomes.map((value) => ({ value, label: t(`rehearsal.record.outcomes.${value}`) }))}
            onChange={(outcome) => onChange({ outcome })}
          />
        )}
      </Field>
      <Field label={t("rehearsal.record.channel")}>
        {(control) => (
          <Select
            {...control}
            value={chosen.channel ?? ""}
            options={[
              { value: "", label: all },
              ...channels.map((value) => ({ value, label: t(`channels.${value}`) })),
            ]}
            onChange={(next) => onChange({ channel: channels.find((one) => one === next) ?? null })}
          />
        )}
      </Field>
      <Field label={t("rehearsal.record.tag")}>
        {(control) => (
          <Select
            {...control}
            value={chosen.tag ?? ""}
            options={[
              { value: "", label: all },
              ...(tags.data ?? []).map(({ name }) => ({ value: name, label: name })),
            ]}
            onChange={(tag) => onChange({ tag: tag === "" ? null : tag })}
          />
        )}
      </Field>
      <Field label={t("rehearsal.record.most")}>
        {(control) => (
          <Select
            {...control}
            value={chosen.most}
            options={amounts.map((value) => ({
              value,
              label: t("rehearsal.record.amount", { count: value }),
            }))}
            onChange={(most) => onChange({ most })}
          />
        )}
      </Field>
      <Field label={t("rehearsal.record.pick")}>
        {(control) => (
          <Select
            {...control}
            value={chosen.pick}
            options={(["newest", "even"] as const).map((value) => ({
              value,
              label: t(`rehearsal.record.picks.${value}`),
            }))}
            onChange={(pick) => onChange({ pick })}
          />
        )}
      </Field>
    </div>
  );
}

function Seen({ preview: { found, known, taken, sample } }: { preview: RecordPreview }) {
  const { t } = useTranslation();
  if (found === 0) return <p role="status">{t("rehearsal.record.nothing")}</p>;
  return (
    <div aria-live="polite">
      <p>{t("rehearsal.record.found", { found, known, taken })}</p>
      {sample.length > 0 ? <p className="soft">{t("rehearsal.record.sample")}</p> : null}
      <ul className="plain-list">
        {sample.map(({ conversationId, number, at, turns, masked }) => (
          <li className="rehearsal-case" key={conversationId}>
            <span className="soft">{`#${number} · ${dayjs(at).format("YYYY-MM-DD")}`}</span>
            <ul className="rehearsal-sample">
              {turns.map(({ customer, expect }, line) => (
                <li key={`${String(line)} ${customer}`}>
                  {customer}
                  {expect === null ? null : (
                    <span className="soft">
                      {" "}
                      {t("rehearsal.record.expects", {
                        outcome: t(`rehearsal.outcomes.${[expect.outcome].flat()[0] ?? "answered"}`),
                      })}
                    </span>
                  )}
                </li>
              ))}
            </ul>
            <MaskedWords masked={masked} />
          </li>
        ))}
      </ul>
    </div>
  );
}
