// Step 2: name, hours and the three blanks that the suggested questions need, beside a preview that already answers.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Blank, BusinessHours } from "@yingda/contract";
import { Button, Input, TimePicker } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { type FormEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { setMe, useMe } from "../../live/session.ts";
import { firstBlanks, hoursBlanks } from "./first-blanks.ts";
import { Preview } from "./Preview.tsx";
import { StepMark } from "./StepMark.tsx";
import type { StepProps } from "./steps.ts";

/** Opening hours of most shops; offered while none have been set. */
const usualMinutes = { opensMinute: 9 * 60, closesMinute: 21 * 60 };

export function ShopStep(props: StepProps) {
  const blanks = useQuery({ queryKey: queryKeys.blanks, queryFn: () => call(routes.listBlanks) });
  const hours = useQuery({ queryKey: queryKeys.hours, queryFn: () => call(routes.getHours) });
  const packs = useQuery({ queryKey: queryKeys.packs, queryFn: () => call(routes.listPacks) });
  const faqs = useQuery({ queryKey: queryKeys.faqs, queryFn: () => call(routes.listFaqs) });
  const all = [blanks, hours, packs, faqs];
  const failed = all.find((one) => one.error);
  if (failed)
    return <ErrorState error={failed.error} onRetry={() => Promise.all(all.map((one) => one.refetch()))} />;
  if (!blanks.data || !hours.data || !packs.data || !faqs.data) return <BlockSkeleton rows={8} />;
  return (
    <ShopForm
      {...props}
      blanks={blanks.data}
      asked={firstBlanks(packs.data, faqs.data.faqs, blanks.data)}
      hours={hours.data}
    />
  );
}

function isAlways(hours: BusinessHours): boolean {
  return hours.week.every(([block]) => block?.opensMinute === 0 && block.closesMinute === 1_440);
}

function words(range: [Dayjs, Dayjs]): string {
  return range.map((time) => time.format("H:mm")).join("-");
}

/** Whether somebody has been here before: the name's blank is filled with the name. */
function isNamed(blanks: readonly Blank[]): boolean {
  return blanks.some(({ isShopName, value }) => isShopName && value !== null);
}

function minute(time: Dayjs): number {
  return time.hour() * 60 + time.minute();
}

function atMinute(value: number): Dayjs {
  return dayjs().startOf("day").add(value, "minute");
}

function ShopForm({
  now,
  onNext,
  onBack,
  blanks,
  asked,
  hours,
}: StepProps & { blanks: Blank[]; asked: Blank[]; hours: BusinessHours }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const me = useMe();
  const act = useAct();
  // not `act.isBusy`: leaving a field saves, and a button that goes busy under the finger swallows the click
  const [isSubmitting, setSubmitting] = useState(false);
  const first = isAlways(hours) ? usualMinutes : hours.week.find((day) => day.length > 0)?.[0];
  const [name, setName] = useState(me.tenant.isSetUp || isNamed(blanks) ? me.tenant.name : "");
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(asked.map((blank) => [blank.key, blank.value ?? ""])),
  );
  const [range, setRange] = useState<[Dayjs, Dayjs]>([
    atMinute(first?.opensMinute ?? usualMinutes.opensMinute),
    atMinute(first?.closesMinute ?? usualMinutes.closesMinute),
  ]);
  const [previewRound, setPreviewRound] = useState(0);
  const [isFirst] = useState(!isNamed(blanks));
  const typed = JSON.stringify([name, values, words(range)]);
  const saved = useRef(isFirst ? "" : typed);
  const saving = useRef(Promise.resolve(true));

  const save = async () => {
    const shopName = name.trim() || me.tenant.name;
    const ofHours = hoursBlanks(blanks);
    const filled: Record<string, string | null> = Object.fromEntries(
      blanks.flatMap(({ key, isShopName }) => {
        const value = isShopName ? shopName : ofHours.includes(key) ? words(range) : values[key];
        return value === undefined ? [] : [[key, value.trim() || null]];
      }),
    );
    for (const blank of blanks) if (blank.isShopName) filled[blank.key] = name.trim() || null;
    const block = { opensMinute: minute(range[0]), closesMinute: minute(range[1]) || 1_440 };
    setMe(await call(routes.updateTenant, { body: { name: shopName } }));
    await call(routes.fillBlanks, { body: { values: filled } });
    if (block.closesMinute > block.opensMinute)
      await call(routes.setHours, { body: { ...hours, week: hours.week.map(() => [block]) } });
    await call(routes.dressShop);
    await queries.invalidateQueries();
  };
  /** Saves what was changed when a field is left, so that the preview answers with it. */
  const saveChanges = () => {
    if (typed !== saved.current) {
      saved.current = typed;
      // one after the other: two at once would refuse each other
      saving.current = saving.current.then(async () => {
        const isDone = await act.run(save);
        if (isDone) setPreviewRound((round) => round + 1);
        else saved.current = "";
        return isDone;
      });
    }
    return saving.current;
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setSubmitting(true);
    const isSaved = await saveChanges();
    setSubmitting(false);
    if (isSaved) onNext();
  };

  return (
    <>
      <form onSubmit={(event) => void submit(event)} onBlur={() => name.trim() && void saveChanges()}>
        <StepMark now={now} />
        <h1>{t("setup.shopTitle")}</h1>
        <p className="soft">{t("setup.shopLead")}</p>
        <Field label={t("setup.shopName")}>
          {(control) => (
            <Input
              {...control}
              size="large"
              maxLength={80}
              placeholder={t("setup.shopNameExample")}
              autoFocus
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
        {asked.length > 0 ? <p className="soft">{t("setup.blanksLead")}</p> : null}
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
              />
            )}
          </Field>
        ))}
        <div className="setup-foot">
          <Button size="large" onClick={onBack}>
            {t("common.back")}
          </Button>
          <Button type="primary" size="large" htmlType="submit" loading={isSubmitting}>
            {t("common.next")}
          </Button>
        </div>
      </form>
      <Preview round={previewRound} />
    </>
  );
}
