// Which day is meant when the year, the month or the week was not said: the one coming, or, where the words speak of the
// past, the one gone by. Shared by the Chinese and English finders of dates.

import { dayNumber, isRealDate, mondayOf, partsOfDay } from "./calendar.ts";

/** A date of this year that lies at most so many days back is taken for this year's. */
const latelyDays = 90;

/** Year of a month and day without one. */
export function nearestYear(today: number, month: number, day: number, isPast: boolean): number {
  const thisYear = partsOfDay(today).year;
  const years = [thisYear - 1, thisYear, thisYear + 1];
  const distanceTo = (year: number) => dayNumber(year, month, day) - today;
  if (isPast) return years.filter((year) => distanceTo(year) <= 0).at(-1) ?? thisYear;
  return years.find((year) => distanceTo(year) >= -latelyDays) ?? thisYear;
}

/** Day number of "the 5th"; null when no month near has such a day. */
export function nearestDayOfMonth(today: number, day: number, isPast: boolean): number | null {
  if (day < 1 || day > 31) return null;
  const { year, month } = partsOfDay(today);
  const days = [-2, -1, 0, 1, 2].flatMap((shift) => {
    const index = year * 12 + month - 1 + shift;
    const inYear = Math.floor(index / 12);
    const inMonth = (index % 12) + 1;
    return isRealDate(inYear, inMonth, day) ? [dayNumber(inYear, inMonth, day)] : [];
  });
  if (isPast) return days.filter((candidate) => candidate <= today).at(-1) ?? null;
  return days.find((candidate) => candidate >= today) ?? null;
}

/**
 * Day number of a weekday (Monday 1 to Sunday 7): the next one, today included; with `isPast` the last one before today,
 * for whoever means today says "today".
 */
export function nearestWeekday(today: number, weekday: number, isPast: boolean): number {
  const thisWeeks = mondayOf(today) + weekday - 1;
  if (isPast) return thisWeeks < today ? thisWeeks : thisWeeks - 7;
  return thisWeeks >= today ? thisWeeks : thisWeeks + 7;
}

/** Saturday of "the weekend": this week's; with `isPast` the last one of which a day has gone by. */
export function nearestWeekend(today: number, isPast: boolean): number {
  const saturday = mondayOf(today) + 5;
  return isPast && saturday >= today ? saturday - 7 : saturday;
}
