// Business hours: several blocks a day, holidays and special days, in the shop's own time zone.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { BusinessHours } from "@yingda/contract";
import { Button, DatePicker, Input, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { call, routes } from "../../api.ts";
import { Field } from "../../components/Field.tsx";
import { Icon } from "../../components/Icon.tsx";
import { Page, Section } from "../../components/Page.tsx";
import { BlockSkeleton, ErrorState } from "../../components/states.tsx";
import { useAct } from "../../components/use-act.ts";
import { queryKeys } from "../../live/queries.ts";
import { DayBlocks } from "./DayBlocks.tsx";
import { isDayGood, presets } from "./week-rules.ts";

const zones = [
  "Asia/Shanghai",
  "Asia/Hong_Kong",
  "Asia/Taipei",
  "Asia/Singapore",
  "Asia/Tokyo",
  "Asia/Urumqi",
  "Europe/London",
  "Europe/Paris",
  "America/New_York",
  "America/Los_Angeles",
  "Australia/Sydney",
  "UTC",
];

export default function HoursPage() {
  const { t } = useTranslation();
  const hours = useQuery({ queryKey: queryKeys.hours, queryFn: () => call(routes.getHours) });
  return (
    <Page title={t("hours.title")} lead={t("hours.lead")} width="narrow">
      {hours.isPending ? (
        <BlockSkeleton rows={10} />
      ) : hours.error ? (
        <ErrorState error={hours.error} onRetry={hours.refetch} />
      ) : (
        <HoursForm hours={hours.data} />
      )}
    </Page>
  );
}

function HoursForm({ hours }: { hours: BusinessHours }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const act = useAct();
  const [draft, setDraft] = useState(hours);
  const isGood = draft.week.every(isDayGood) && draft.holidays.every((day) => isDayGood(day.blocks));
  const isChanged = JSON.stringify(draft) !== JSON.stringify(hours);
  const save = () =>
    act.run(async () => {
      queries.setQueryData(queryKeys.hours, await call(routes.setHours, { body: draft }));
    }, t("hours.saved"));
  const setDay = (at: number, day: BusinessHours["week"][number]) =>
    setDraft({ ...draft, week: draft.week.with(at, day) });
  const setHoliday = (at: number, day: BusinessHours["holidays"][number]) =>
    setDraft({ ...draft, holidays: draft.holidays.with(at, day) });
  return (
    <>
      <Section>
        <Field label={t("hours.zone")}>
          {(control) => (
            <Select
              id={control.id}
              showSearch
              value={draft.timeZone}
              onChange={(timeZone) => setDraft({ ...draft, timeZone })}
              options={[...new Set([draft.timeZone, ...zones])].map((zone) => ({ value: zone, label: zone }))}
            />
          )}
        </Field>
        <div className="row-line">
          <span className="soft">{t("hours.preset")}</span>
          {(["presetShop", "presetOffice", "presetAlways"] as const).map((name) => (
            <Button
              key={name}
              size="small"
              onClick={() => setDraft({ ...draft, week: structuredClone(presets[name]) })}
            >
              {t(`hours.${name}`)}
            </Button>
          ))}
        </div>
        <ul className="plain-list">
          {draft.week.map((day, at) => {
            const name = t(`hours.days.${String(at) as "0"}`);
            return (
              <li key={name}>
                <DayBlocks name={name} blocks={day} onChange={(next) => setDay(at, next)}>
                  {at < 6 ? (
                    <Button
                      type="text"
                      size="small"
                      onClick={() =>
                        setDraft({
                          ...draft,
                          week: draft.week.map((other, index) => (index > at ? structuredClone(day) : other)),
                        })
                      }
                    >
                      {t("hours.copyDown")}
                    </Button>
                  ) : null}
                </DayBlocks>
              </li>
            );
          })}
        </ul>
      </Section>
      <Section
        title={t("hours.holidays")}
        lead={t("hours.holidaysLead")}
        actions={
          <Button
            icon={<Icon name="plus" size={16} />}
            onClick={() =>
              setDraft({
                ...draft,
                holidays: [
                  ...draft.holidays,
                  { on: dayjs().add(1, "day").format("YYYY-MM-DD"), name: "", blocks: [] },
                ],
              })
            }
          >
            {t("hours.addHoliday")}
          </Button>
        }
      >
        <ul className="plain-list">
          {draft.holidays.map((holiday, at) => (
            <li key={`${String(at)}-${holiday.on}`} className="stack">
              <div className="row-line">
                <DatePicker
                  aria-label={t("hours.holidayOn")}
                  allowClear={false}
                  value={dayjs(holiday.on)}
                  onChange={(date) => date && setHoliday(at, { ...holiday, on: date.format("YYYY-MM-DD") })}
                />
                <Input
                  aria-label={t("hours.holidayName")}
                  placeholder={t("hours.holidayName")}
                  maxLength={60}
                  style={{ inlineSize: 180 }}
                  value={holiday.name}
                  onChange={(event) => setHoliday(at, { ...holiday, name: event.target.value })}
                />
                <Button
                  type="text"
                  icon={<Icon name="trash" size={16} />}
                  aria-label={`${t("common.remove")} ${holiday.name || holiday.on}`}
                  onClick={() => setDraft({ ...draft, holidays: draft.holidays.toSpliced(at, 1) })}
                />
              </div>
              <DayBlocks
                name={holiday.name || holiday.on}
                blocks={holiday.blocks}
                onChange={(blocks) => setHoliday(at, { ...holiday, blocks })}
              />
            </li>
          ))}
        </ul>
      </Section>
      <div className="spread">
        <span role="status" className={isGood ? "soft" : "problem"}>
          {isGood ? (isChanged ? t("common.unsaved") : "") : t("hours.bad")}
        </span>
        <Button
          type="primary"
          disabled={!isGood || !isChanged}
          loading={act.isBusy}
          onClick={() => void save()}
        >
          {t("common.save")}
        </Button>
      </div>
    </>
  );
}
