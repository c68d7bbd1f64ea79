// Step 2: name, hours and the pack's three most important blanks, beside a preview that already answers.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Blank, BusinessHours } from "@yingda/contract";
import { Button, Input, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { setMe, useMe } from "../../live/session.ts";
import { Preview } from "./Preview.tsx";
import type { StepProps } from "./steps.ts";

const shownBlanks = 3; // more than three questions a screen and people stop reading

export function ShopStep(props: StepProps) {
  const blanks = useQuery({ queryKey: queryKeys.blanks, queryFn: () => call(routes.listBlanks) });
  const hours = useQuery({ queryKey: queryKeys.hours, queryFn: () => call(routes.getHours) });
  if (blanks.isPending || hours.isPending) return <BlockSkeleton rows={8} />;
  if (blanks.error ?? hours.error)
    return (
      <ErrorState
        error={blanks.error ?? hours.error}
        onRetry={() => Promise.all([blanks.refetch(), hours.refetch()])}
      />
    );
  if (!blanks.data || !hours.data) return null;
  return <ShopForm {...props} blanks={blanks.data} hours={hours.data} />;
}

function minute(time: Dayjs): number {
  return time.hour() * 60 + time.minute();
}

function atMinute(value: number): Dayjs {
  return dayjs().startOf("day").add(value, "minute");
}

function ShopForm({
  label,
  onNext,
  onBack,
  blanks,
  hours,
}: StepProps & { blanks: Blank[]; hours: BusinessHours }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const act = useAct();
  const asked = blanks.filter((blank) => blank.usedBy > 0).slice(0, shownBlanks);
  const first = hours.week.find((day) => day.length > 0)?.[0];
  const [name, setName] = useState(me.tenant.name);
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(asked.map((blank) => [blank.key, blank.value ?? ""])),
  );
  const [range, setRange] = useState<[Dayjs, Dayjs]>([
    atMinute(first?.opensMinute ?? 540),
    atMinute(first?.closesMinute ?? 1_260),
  ]);
  const [previewRound, setPreviewRound] = useState(0);

  const save = async () => {
    const filled = Object.fromEntries(
      Object.entries(values).map(([key, value]) => [key, value.trim() || null]),
    );
    const block = { opensMinute: minute(range[0]), closesMinute: minute(range[1]) || 1_440 };
    setMe(await call(routes.updateTenant, { body: { name: name.trim() || me.tenant.name } }));
    await call(routes.fillBlanks, { body: { values: filled } });
    if (block.closesMinute > block.opensMinute)
      await call(routes.setHours, { body: { ...hours, week: hours.week.map(() => [block]) } });
    await queries.invalidateQueries();
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (await act.run(save)) onNext();
  };

  return (
    <>
      <form onSubmit={(event) => void submit(event)}>
        <p className="setup-step">{label}</p>
        <h1>{t("setup.shopTitle")}</h1>
        <p className="soft">{t("setup.shopLead")}</p>
        <Field label={t("setup.shopName")}>
          {(control) => (
            <Input
              {...control}
              size="large"
              maxLength={80}
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
          )}
        </Field>
        <Field label={t("setup.opens")}>
          {(control) => (
            <TimePicker.RangePicker
              id={control.id}
              size="large"
              format="HH:mm"
              minuteStep={15}
              allowClear={false}
              needConfirm={false}
              value={range}
              onChange={(next) => next?.[0] && next[1] && setRange([next[0], next[1]])}
            />
          )}
        </Field>
        {asked.map((blank) => (
          <Field
            key={blank.key}
            label={i18n.language === "en" ? blank.labelEn : blank.label}
            hint={t("knowledge.blankSample", { sample: blank.sample })}
          >
            {(control) => (
              <Input
                {...control}
                size="large"
                maxLength={500}
                value={values[blank.key] ?? ""}
                onChange={(event) => setValues({ ...values, [blank.key]: event.target.value })}
                onBlur={() => void act.run(save).then(() => setPreviewRound((round) => round + 1))}
              />
            )}
          </Field>
        ))}
        <div className="setup-foot">
          <Button size="large" onClick={onBack}>
            {t("common.back")}
          </Button>
          <Button type="primary" size="large" htmlType="submit" loading={act.isBusy}>
            {t("common.next")}
          </Button>
        </div>
      </form>
      <Preview round={previewRound} />
    </>
  );
}
